# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, models
from odoo.fields import Domain

from .sales_confidentiality_agreement import BINDING

TRAINING = "sales.confidentiality.training"


class SalesConfidentialityClearance(models.Model):
    """What people must have signed and learned for any clearance to count (CON-3, CON-4, CON-6)."""

    _inherit = "sales.confidentiality.clearance"

    @api.model
    def _conditions(self):
        return [
            *super()._conditions(),
            ("agreement", self.env._("valid agreement signed"), self._users_bound),
            ("statement", self.env._("device and clean-desk statement signed"), self._users_stated),
            ("training", self.env._("exams of the role passed"), self.env[TRAINING]._users_trained),
        ]

    @api.model
    def _revoke_all(self, user):
        """End all clearances that a person holds, now."""
        held = self.search([("user_id", "=", user.id)])
        held.action_revoke()

    @api.model
    def _users_bound(self, users):
        """Return those who signed what binds them, as each of their companies demands."""
        return self._users_signed(users, "confidentiality_agreement_needed", BINDING)

    @api.model
    def _users_stated(self, users):
        return self._users_signed(users, "confidentiality_statement_needed", ("statement",))

    @api.model
    def _users_signed(self, users, setting, kinds):
        # Every company of a person counts, not the one the person has chosen for now.
        demanding = users.company_ids.filtered(setting)
        if not demanding:
            return users
        agreements = self.env["sales.confidentiality.agreement"].sudo()
        rows = agreements._read_group(
            agreements._valid_domain()
            & Domain("kind", "in", kinds)
            & Domain("company_id", "in", demanding.ids)
            & Domain("user_id", "in", users.ids),
            ["user_id", "company_id"],
        )
        signed = {(user.id, company.id) for user, company in rows}
        return users.filtered(
            lambda user: all((user.id, company.id) in signed for company in user.company_ids & demanding)
        )
