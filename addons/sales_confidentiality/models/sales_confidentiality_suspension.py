# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class SalesConfidentialitySuspension(models.Model):
    """A time in which all clearances of a person sleep, for instance while a leak is looked into (CON-9)."""

    _name = "sales.confidentiality.suspension"
    _description = "Suspension of Clearances"
    _inherit = ["mail.thread", "sales.confidentiality.live.mixin"]
    _order = "date_from desc, id desc"
    _rec_name = "user_id"

    user_id = fields.Many2one("res.users", "Person", required=True, index=True, ondelete="restrict")
    date_from = fields.Datetime("From", required=True, default=fields.Datetime.now)
    date_to = fields.Datetime("Until", tracking=True, help="Leave empty until it is lifted.")
    reason = fields.Text(required=True)
    suspended_by = fields.Many2one("res.users", readonly=True, ondelete="restrict")

    _period_order = models.Constraint(
        "CHECK (date_to IS NULL OR date_to >= date_from)", "The suspension has to end after it begins."
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Suspend people in the name of the current user, from now on at the earliest."""
        vals_list = [{**vals, "suspended_by": self.env.uid} for vals in vals_list]
        if not self.env.su:
            vals_list = [{**vals, "date_from": self._not_before(vals.get("date_from"))} for vals in vals_list]
        return super().create(vals_list)

    def write(self, vals):
        """Change the end only, and not afterwards: what a person was suspended for, and since when, stays on file."""
        if set(vals) - {"date_to"} and not self.env.su:
            raise UserError(self.env._("Only the end of a suspension can change. Lift it and enter a new one."))
        self._check_not_own()
        now = fields.Datetime.now()
        if not self.env.su and any(suspension.date_to and suspension.date_to <= now for suspension in self):
            raise UserError(self.env._("A suspension that has ended stays on file. Enter a new one."))
        if vals.get("date_to") and not self.env.su:
            vals = {**vals, "date_to": self._not_before(vals["date_to"])}
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_begun(self):
        self._check_not_own()
        if any(suspension.date_from <= fields.Datetime.now() for suspension in self):
            raise UserError(self.env._("A suspension that has begun stays on file. Lift it instead."))

    def _check_not_own(self):
        if not self.env.su and any(suspension.user_id == self.env.user for suspension in self):
            raise AccessError(self.env._("Nobody lifts their own suspension. Ask another confidentiality officer."))

    @api.model
    def _not_before(self, moment):
        now = fields.Datetime.now()
        return max(fields.Datetime.to_datetime(moment) or now, now)

    def action_lift(self):
        """End these suspensions now."""
        self.check_access("write")
        now = fields.Datetime.now()
        for suspension in self.filtered(lambda suspension: not suspension.date_to or suspension.date_to > now):
            # What has not begun yet never does.
            suspension.date_to = max(now, suspension.date_from)
        return True
