# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, models
from odoo.exceptions import UserError

from .stock_move_gate import goes_out


class StockMoveLine(models.Model):
    """Where stock move lines meet the gate: every employee may write them, also on done transfers."""

    _name = "stock.move.line"
    _inherit = ["stock.move.line", "sales.closed.mixin"]
    # Stock moves by it, and the gate counts by it.
    _sales_kept_by_server = frozenset({"quantity_product_uom", "state"})

    @api.model_create_multi
    def create(self, vals_list):
        self._sales_check_kept(vals_list)
        return super().create(vals_list)

    def write(self, vals):
        """Change stock move lines.

        :raises UserError: when goods that have left would become another move's, or another sum than moves (SHP-3)
        """
        self._sales_check_kept([vals])
        if not self.env.su and self.env["res.company"]._gate_watched():
            self._gate_check_done_lines(vals)
            if self.env.context.get("skip_uom_conversion"):
                # With this key core moves no stock, whatever is written.
                self = self.with_context(skip_uom_conversion=False)
        if "move_id" in vals:
            self.filtered(lambda line: line.move_id.id != vals["move_id"]).move_id._gate_check_gone()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_gone(self):
        self.move_id._gate_check_gone()

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

    def _gate_check_done_lines(self, vals):
        """Refuse to make other goods of what has moved, and to send back on paper what came from a customer.

        :raises UserError: naming the goods and what to do instead
        """
        kept = {"move_id", "product_id", "owner_id"} & vals.keys()
        ways = {"location_id", "location_dest_id", "product_uom_id"} & vals.keys()
        if not (kept or ways or "quantity" in vals):
            return
        for line in self.sudo().filtered(lambda line: line.move_id.state == "done"):
            changed = any(line[name].id != (vals[name] or False) for name in kept)
            if line.location_id._gate_exits() and line.location_id.usage != "supplier":
                changed |= any(line[name].id != vals[name] for name in ways)
                changed |= "quantity" in vals and line.product_uom_id.compare(vals["quantity"], line.quantity) < 0
            if changed:
                raise UserError(line.move_id._gate_stays_text(line.product_id))

    def _gate_direction(self, exits):
        """Return whether this line brought goods of an order to its customer (1), back (-1), or neither (0).

        :param exits: stock.location, those outside of the company
        """
        self.ensure_one()
        if goes_out(self, exits):
            return 1
        move, source, target = self.move_id, self.location_id, self.location_dest_id
        # From a customer to the vendor is the return of a dropshipment.
        if source in exits and source.usage != "supplier" and (target not in exits or target.usage == "supplier"):
            # Only goods that left on this very line make room on it.
            return -1 if move.origin_returned_move_id.sale_line_id == move.sale_line_id else 0
        return 0

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
