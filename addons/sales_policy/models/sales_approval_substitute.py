# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError


class SalesApprovalSubstitute(models.Model):
    """Who decides for whom while the decider is absent."""

    _name = "sales.approval.substitute"
    _description = "Substitute"
    _order = "date_from desc, id desc"
    _rec_name = "absent_id"

    absent_id = fields.Many2one(
        "res.users",
        "Absent Person",
        required=True,
        index=True,
        default=lambda self: self.env.user,
        ondelete="restrict",
    )
    user_id = fields.Many2one(
        "res.users", "Substitute", required=True, index=True, ondelete="restrict", domain="[('share', '=', False)]"
    )
    date_from = fields.Datetime("From", required=True, default=fields.Datetime.now)
    date_to = fields.Datetime("Until", required=True)
    reason = fields.Char()

    _period_order = models.Constraint("CHECK (date_to > date_from)", "The absence has to end after it begins.")
    _two_people = models.Constraint("CHECK (absent_id != user_id)", "Nobody can be their own substitute.")

    @api.constrains("user_id")
    def _check_internal(self):
        if self.user_id.filtered("share"):
            raise ValidationError(self.env._("Only somebody inside the company can be a substitute."))

    @api.model_create_multi
    def create(self, vals_list):
        substitutes = super().create(vals_list)
        substitutes._check_may_arrange()
        return substitutes

    def write(self, vals):
        self._check_may_arrange()
        result = super().write(vals)
        self._check_may_arrange()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_if_allowed(self):
        self._check_may_arrange()

    def _check_may_arrange(self):
        """Let people name their own substitute, and a policy officer anybody but the officer.

        :raises AccessError: for everybody else
        """
        if self.env.su:
            return
        officer = self.env.user.has_group("sales_policy.group_policy_officer")
        for substitute in self:
            if substitute.absent_id != self.env.user and not (officer and substitute.user_id != self.env.user):
                raise AccessError(
                    self.env._(
                        "Only %(absent)s or a policy officer can name a substitute, and nobody can appoint themselves.",
                        absent=substitute.absent_id.name,
                    )
                )

    @api.model
    def _absent_for(self, user):
        """Return the people for whom a user may decide now, as superuser."""
        now = fields.Datetime.now()
        rows = self.sudo().search([("user_id", "=", user.id), ("date_from", "<=", now), ("date_to", ">", now)])
        return rows.absent_id.filtered("active")

    @api.model
    def _substitutes_of(self, users):
        """Return who stands in for these people now.

        :return: dict of res.users to res.users (as superuser); who has no substitute is absent
        """
        now = fields.Datetime.now()
        rows = self.sudo().search([("absent_id", "in", users.ids), ("date_from", "<=", now), ("date_to", ">", now)])
        return {absent: some.user_id.filtered("active") for absent, some in rows.grouped("absent_id").items()}
