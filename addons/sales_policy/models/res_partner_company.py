# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import fields, models
from odoo.exceptions import AccessError


class ResPartner(models.Model):
    """A customer that becomes part of another one takes its ownership along (OWN-2, OWN-4)."""

    _inherit = "res.partner"

    def write(self, vals):
        """Change contacts.

        :raises AccessError: when somebody would lose a customer by it, or get one that is open (OWN-2)
        """
        moving = self.sudo() if {"parent_id", "is_company"} & vals.keys() else self.browse()
        before = {partner: partner.commercial_partner_id for partner in moving}
        result = super().write(vals)
        for partner, former in before.items():
            if partner.commercial_partner_id != former:
                partner.with_env(self.env)._sales_change_company(former)
        return result

    def _sales_change_company(self, former):
        """Follow a contact that belongs to another company from now on, or is a company itself.

        :param former: commercial partner so far, as superuser
        """
        partner = self.sudo()
        company, group = partner.commercial_partner_id, former.sales_customer_group_id
        if partner == former:
            if partner._sales_open_memberships():
                self._sales_check_may_join(company)
                note = self.env._("%(contact)s now belongs to %(company)s", contact=partner.name, company=company.name)
                partner._sales_join(company, note)
        elif group and partner == company and partner.parent_id.commercial_partner_id == former:
            # A department of a customer is no customer of its own. Somebody who leaves is.
            self.env["sales.customer.membership"]._open({partner: group})

    def _sales_check_may_join(self, company):
        """Let a sales manager decide where the customer of a colleague, or an open one, becomes part of another."""
        if self.env.su or self.env.user.has_group("sales_team.group_sale_manager"):
            return
        partner = self.sudo()
        if partner._sales_running_rows().user_id - self.env.user or partner._sales_is_disputed_by(company):
            raise AccessError(
                self.env._(
                    "%(customer)s is protected for a colleague or open, and cannot be moved to another company. Ask a "
                    "sales manager.",
                    customer=self.display_name,
                )
            )

    def _sales_is_disputed_by(self, company):
        """Return whether somebody would lose or get a customer if this one became part of another (as superuser).

        :param company: commercial partner
        """
        Ownership = self.env["sales.ownership"]
        group, target = self._sales_open_memberships().group_id, company.sales_customer_group_id
        if target:
            return bool(group) and target != group and Ownership._is_disputed(group | target)
        return any(
            Ownership._refusal_of_same(company, row.user_id, row.company_id) for row in self._sales_running_rows()
        )

    def _sales_running_rows(self):
        Ownership = self.env["sales.ownership"].sudo()
        groups = self._sales_open_memberships().group_id
        return Ownership.search(Ownership._running_domain() & fields.Domain("group_id", "in", groups.ids))

    def _sales_open_memberships(self):
        return self.sales_membership_ids.filtered(lambda membership: not membership.date_end)

    def _sales_join(self, company, note):
        """Let this customer go on as part of another one, which takes over its customer group (as superuser).

        :param company: commercial partner
        :param str note: reason for the ledger
        """
        memberships = self._sales_open_memberships()
        own, group = memberships.group_id, company.sales_customer_group_id
        memberships._evidence_write({"date_end": fields.Datetime.now()})
        if own and not group:
            self.env["sales.customer.membership"]._open({company: own})
        elif own and own != group:
            group._absorb(own, note=note)
