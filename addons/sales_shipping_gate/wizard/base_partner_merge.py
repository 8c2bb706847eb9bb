# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, models
from odoo.exceptions import AccessError

from ..models.res_partner_terms import gives_terms


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    """Whoever merges customers does not put the orders of one on the terms of the other (SHP-3)."""

    _inherit = "base.partner.merge.automatic.wizard"

    @api.model
    def _update_foreign_keys(self, src_partners, dst_partner):
        """Refuse a merge after which goods would leave on other terms than before.

        :raises AccessError: for everybody but finance, the general manager, policy officers and administrators
        """
        companies = self._shipping_watching()
        if companies:
            policies = self.env["sales.shipping.policy"]._in_force()
            standing = self._shipping_standing(dst_partner, policies, companies)
            for source in src_partners:
                if self._shipping_standing(source, policies, companies) != standing:
                    self._shipping_check_named(source, policies)
                    people = self.env["res.partner"].with_context(active_test=False).sudo()
                    people.search([("id", "child_of", source.id)]).with_env(self.env)._shipping_check_no_orders()
        return super()._update_foreign_keys(src_partners, dst_partner)

    @api.model
    def _update_reference_fields(self, src_partners, dst_partner):
        # Terms that the customer has not got yet are taken over here, in SQL, in all companies.
        before = {company: dst_partner.with_company(company)._shipping_terms() for company in self._shipping_watching()}
        result = super()._update_reference_fields(src_partners, dst_partner)
        dst_partner.invalidate_recordset()
        for company, terms in before.items():
            dst_partner.with_company(company)._shipping_check_terms(terms)
        return result

    def _shipping_watching(self):
        """Return the companies whose gate is on, none for those who give terms."""
        companies = self.env["res.company"].sudo()
        return companies if gives_terms(self.env) else companies.search([("shipping_gate_enabled", "=", True)])

    def _shipping_standing(self, partner, policies, companies):
        """Return what some policies look at on the customer to whom a contact belongs."""
        customer = partner.sudo().commercial_partner_id
        return (
            customer in policies.partner_ids.commercial_partner_id,
            customer.category_id & policies.category_ids,
            [customer.with_company(company)._shipping_terms_of() for company in companies],
        )

    def _shipping_check_named(self, partner, policies):
        """Refuse to pass on that a policy names a customer."""
        if named := policies.partner_ids & partner.sudo():
            raise AccessError(
                self.env._(
                    "A shipping policy names %(customer)s. Please ask finance to merge it.",
                    customer=named[0].display_name,
                )
            )
