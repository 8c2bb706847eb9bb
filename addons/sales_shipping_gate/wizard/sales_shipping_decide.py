# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import fields, models


class SalesShippingDecide(models.TransientModel):
    """Say why something is decided about shipments."""

    _name = "sales.shipping.decide"
    _description = "Decide About a Shipment"

    kind = fields.Selection(
        [
            ("confirmation", "Confirm the money"),
            ("hold", "Hold"),
            ("hold_end", "End the hold"),
            ("unlinked", "Release the delivery"),
        ],
        required=True,
    )
    order_ids = fields.Many2many("sale.order")
    picking_ids = fields.Many2many("stock.picking")
    reason = fields.Char(required=True)

    def action_apply(self):
        """Record the decision; order and delivery check who may."""
        self.ensure_one()
        if self.kind == "unlinked":
            self.picking_ids._gate_release_unlinked(self.reason)
        else:
            self.order_ids._gate_decide(self.kind, self.reason)
        return {"type": "ir.actions.act_window_close"}
