# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools import lock_rows


class ResUsers(models.Model):
    _inherit = "res.users"

    sales_digest_date = fields.Date("Last Reminder Mail", readonly=True, copy=False, groups="base.group_system")
    sales_claim_count = fields.Integer("Registrations", readonly=True, copy=False, groups="base.group_system")

    def write(self, vals):
        """Take archived people off the waiting lists: their turn would protect a customer for nobody."""
        result = super().write(vals)
        if vals.get("active") is False:
            self.env["sales.ownership.waiting"].sudo().search(
                [("user_id", "in", self.ids), ("left", "=", False)]
            )._leave()
        return result

    def _sales_lock_claims(self):
        """Let one person's registrations follow one another, so that limits per person hold under load."""
        lock_rows(self, "sales_claim_count")

    @api.model
    def _sales_found(self, operator, value):
        """Return a condition on users as one on their ids: what is typed into a search box is a part of a name.

        :return: (operator, value)
        """
        if operator != "any":
            return operator, value
        return "in", self.with_context(active_test=False).search(value).ids

    def _sales_check_colleague(self, companies):
        """Refuse to credit or entitle others than active colleagues of some companies (OWN-3, OWN-8).

        :raises UserError: naming who is none
        """
        for user in self.sudo():
            if user.share or not user.active or companies - user.company_ids:
                raise UserError(
                    self.env._(
                        "%(person)s does not work for %(companies)s. Choose an active colleague.",
                        person=user.name,
                        companies=", ".join(companies.sudo().mapped("name")),
                    )
                )
