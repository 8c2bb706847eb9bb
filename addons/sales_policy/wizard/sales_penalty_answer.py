# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models


class SalesPenaltyAnswer(models.TransientModel):
    """The small form in which a person answers a case about themselves (PEN-5)."""

    _name = "sales.penalty.answer"
    _description = "Answer"

    penalty_id = fields.Many2one("sales.penalty", "Case", required=True, readonly=True, ondelete="cascade")
    is_mine = fields.Boolean(related="penalty_id.is_mine", related_sudo=False)
    facts = fields.Text(related="penalty_id.facts", related_sudo=False)
    hearing_deadline = fields.Datetime(related="penalty_id.hearing_deadline", related_sudo=False)
    body = fields.Text("Statement", required=True)

    @api.model_create_multi
    def create(self, vals_list):
        wizards = super().create(vals_list)
        wizards.penalty_id.check_access("read")
        return wizards

    def action_send(self):
        """Record the answer; the case checks who may do so."""
        self.ensure_one()
        if self.is_mine:
            self.penalty_id._answer(self.body)
        else:
            self.penalty_id._take_down(self.body)
        return {"type": "ir.actions.act_window_close"}
