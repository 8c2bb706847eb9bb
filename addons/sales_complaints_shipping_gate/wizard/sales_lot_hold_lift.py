# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import fields, models


class SalesLotHoldLift(models.TransientModel):
    """Why a lot may leave again."""

    _name = "sales.lot.hold.lift"
    _description = "Lift a Lot Hold"

    hold_ids = fields.Many2many("sales.lot.hold", string="Holds", required=True, readonly=True)
    reason = fields.Text("Why It May Leave Again", required=True)

    def action_apply(self):
        """Lift the holds; they check who may do so."""
        self.ensure_one()
        self.hold_ids._lift(self.reason)
        return {"type": "ir.actions.act_window_close"}
