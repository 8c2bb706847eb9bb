# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from typing import NamedTuple

from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from .sale_order import FINANCE, GENERAL_MANAGER

GIVERS = (FINANCE, GENERAL_MANAGER, "sales_policy.group_policy_officer")
TERMS = {"country_id", "property_payment_term_id", "credit_limit", "use_partner_credit_limit"}
PAYER = {"parent_id", "is_company"}


def gives_terms(env):
    """Tell whether the user of an environment may give customers terms."""
    return env.su or any(env.user.has_group(group) for group in (*GIVERS, "base.group_system"))


class Terms(NamedTuple):
    """What shipping policies look at on a customer, as far as one of them names it."""

    payment_term: int
    country: int
    credit_limit: float


class ResPartner(models.Model):
    """Who sells to a customer does not give it the terms on which goods leave: finance does (SHP-3)."""

    _inherit = "res.partner"

    @api.model_create_multi
    def create(self, vals_list):
        partners = super().create(vals_list)
        partners._shipping_check_terms({})
        return partners

    def write(self, vals):
        before = {} if self.env.su or not (TERMS | PAYER) & vals.keys() else self._shipping_terms()
        payers = self._shipping_payers() if PAYER & vals.keys() and not gives_terms(self.env) else self.browse()
        result = super().write(vals)
        if before:
            self._shipping_check_terms(before)
        (payers - payers._shipping_payers())._shipping_check_no_orders()
        return result

    def _shipping_payers(self):
        """Return those of these contacts that pay for themselves."""
        return self.filtered(lambda partner: partner.sudo().commercial_partner_id == partner)

    def _shipping_check_no_orders(self):
        """Refuse that customers with orders become contacts of another company, on whose terms these would leave.

        :raises AccessError: for everybody but finance, the general manager, policy officers and administrators
        """
        if not self or not self.env["res.company"]._gate_watched():
            return
        mine = Domain("partner_id", "in", self.ids) | Domain("partner_invoice_id", "in", self.ids)
        order = self.env["sale.order"].sudo().search(mine & Domain("state", "=", "sale"), limit=1)
        if order:
            raise AccessError(
                self.env._(
                    "%(order)s would leave on the terms of another company. Please ask finance to change who pays for "
                    "%(customer)s.",
                    order=order.name,
                    customer=", ".join(self.mapped("display_name")),
                )
            )

    def _shipping_terms(self):
        """Return the terms of each contact that pays for itself, None for the others.

        :return: dict of res.partner to Terms or None; empty where no policy looks at customers
        """
        if not any(self.env["sales.shipping.policy"]._named_terms()):
            return {}
        return {
            partner: partner._shipping_terms_of() if partner.commercial_partner_id == partner else None
            for partner in self.sudo()
        }

    def _shipping_terms_of(self):
        """Return the terms of one contact; of no contact, those that everybody has where nothing was entered."""
        named = self.env["sales.shipping.policy"]._named_terms()

        def value(name):
            # What a client, or a person for themselves, has set as default is not what everybody has.
            return self[name] if self else self._fields[name].get_company_dependent_fallback(self)

        term = value("property_payment_term_id").id
        return Terms(
            # Where invoices must not be overdue, every term says when they are.
            term if named.is_by_due_date or term in named.payment_terms else 0,
            self.country_id.id or 0 if named.is_by_country else 0,
            value("credit_limit") or 0.0 if named.is_by_limit else 0.0,
        )

    def _shipping_check_terms(self, before):
        """Refuse other terms than before, unless somebody gives them who may.

        The country of a customer is filled in by whoever enters the customer. A contact that begins to pay for
        itself does not keep the terms of its company.

        :param before: what ``_shipping_terms`` returned; new contacts are not in it
        :raises AccessError: for everybody but finance, the general manager, policy officers and administrators
        """
        if gives_terms(self.env):
            return
        given = self._shipping_terms()
        blank = given and self.sudo().browse()._shipping_terms_of()
        for partner, terms in given.items():
            was = before.get(partner) or blank
            if terms and terms != was._replace(country=was.country or terms.country):
                raise AccessError(
                    self.env._(
                        "Payment terms, country and credit limit of %(customer)s decide when goods may leave. "
                        "Please ask finance to change them.",
                        customer=partner.display_name,
                    )
                )
