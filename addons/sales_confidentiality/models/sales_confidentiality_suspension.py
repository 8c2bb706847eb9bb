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
        vals_list = [{**vals, "suspended_by": self.env.uid} for vals in vals_list]
        return super().create(vals_list)

    def write(self, vals):
        """Change the end only: what a person was suspended for, and since when, stays on file."""
        if set(vals) - {"date_to"} and not self.env.su:
            raise UserError(self.env._("Only the end of a suspension can change. Lift it and enter a new one."))
        if not self.env.su and any(suspension.user_id == self.env.user for suspension in self):
            raise AccessError(self.env._("Nobody lifts their own suspension. Ask another confidentiality officer."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_begun(self):
        if any(suspension.date_from <= fields.Datetime.now() for suspension in self):
            raise UserError(self.env._("A suspension that has begun stays on file. Lift it instead."))

    def action_lift(self):
        """End these suspensions now."""
        self.check_access("write")
        now = fields.Datetime.now()
        self.filtered(lambda suspension: not suspension.date_to or suspension.date_to > now).write({"date_to": now})
        return True
