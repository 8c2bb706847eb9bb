# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import fields, models


class SalesPenaltyReason(models.TransientModel):
    """Ask for the reason of a step that stops a case or lets it go on (PEN-5)."""

    _name = "sales.penalty.reason"
    _description = "Reason"

    penalty_ids = fields.Many2many("sales.penalty", string="Cases", required=True, readonly=True)
    step = fields.Selection([("drop", "Drop"), ("halt", "Halt"), ("resume", "Let Go On")], required=True, readonly=True)
    reason = fields.Text(required=True)

    def action_apply(self):
        """Take the step; the cases check who may do so."""
        self.ensure_one()
        take = {
            "drop": self.penalty_ids._drop_by_hand,
            "halt": self.penalty_ids._halt,
            "resume": self.penalty_ids._resume,
        }[self.step]
        take(self.reason)
        return {"type": "ir.actions.act_window_close"}
