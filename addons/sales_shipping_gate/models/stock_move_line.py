# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, models
from odoo.exceptions import UserError


class StockMoveLine(models.Model):
    """Where stock move lines meet the gate: every employee may write them, also on done transfers."""

    _name = "stock.move.line"
    _inherit = ["stock.move.line", "sales.closed.mixin"]
    # Stock moves by it, and the gate counts by it.
    _sales_kept_by_server = frozenset({"quantity_product_uom"})

    @api.model_create_multi
    def create(self, vals_list):
        self._sales_check_kept(vals_list)
        return super().create(vals_list)

    def write(self, vals):
        """Change stock move lines.

        :raises UserError: when goods that have left would become another move's, or another sum than moves (SHP-3)
        """
        self._sales_check_kept([vals])
        if "move_id" in vals:
            self.filtered(lambda line: line.move_id.id != vals["move_id"]).move_id._gate_check_gone()
        return super().write(vals)

    @api.constrains(
        "state",
        "product_id",
        "product_uom_id",
        "quantity",
        "location_id",
        "location_dest_id",
        "owner_id",
        "move_id",
        "picking_id",
    )
    def _gate_constrain(self):
        moves = self.move_id
        moves.filtered(lambda move: move.state == "done")._gate_check()
        self._gate_check_written(moves)

    def _gate_check_written(self, moves):
        """Refuse quantities written by hand on a delivery for which nothing may be reserved."""
        waiting = moves.filtered(lambda move: move.state not in ("done", "cancel", "draft") and move.quantity)
        held = waiting._gate_held_moves()
        for move in held:
            if any(line.quantity or line.picked for line in self & move.move_line_ids):
                order = move.sale_line_id.order_id
                raise UserError(
                    self.env._(
                        "%(order)s: nothing can be reserved. %(reason)s",
                        order=order.name,
                        reason=order.sudo().shipping_gate_reason,
                    )
                )

    def _gate_is_purchase_return(self):
        return self.move_id._gate_is_purchase_return()
