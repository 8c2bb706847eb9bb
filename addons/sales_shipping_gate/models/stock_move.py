# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .sale_order_gate import Locked


class StockMove(models.Model):
    """Where stock moves meet the gate (SHP-3)."""

    _name = "stock.move"
    _inherit = ["stock.move", "sales.closed.mixin"]

    # How much of this move has passed the gate. Written by the gate only.
    shipping_passed_qty = fields.Float(groups=fields.NO_ACCESS, copy=False, digits="Product Unit")

    @api.constrains(
        "state", "product_id", "location_id", "location_dest_id", "quantity", "sale_line_id", "picking_id", "company_id"
    )
    def _gate_constrain(self):
        # No context key skips a constraint, and it holds for the superuser too.
        self._gate_check()

    def write(self, vals):
        """Change stock moves.

        :raises UserError: when goods that have left would be called back on paper (SHP-3)
        """
        if vals.get("state", "done") != "done":
            self._gate_check_gone()
        self._gate_check_done_by_hand(vals)
        subject = {"product_id", "sale_line_id"} & vals.keys()
        if subject:
            # What passed for one order has not passed for another, nor for other goods.
            passed = self.sudo().filtered("shipping_passed_qty")
            passed.filtered(
                lambda move: any(move[name].id != (vals[name] or False) for name in subject)
            ).shipping_passed_qty = 0
        return super().write(vals)

    def _action_done(self, cancel_backorder=False):
        # Wait for others here, before quantities change: later it would cost a retry of everything.
        gated = self.filtered(lambda move: move.company_id.shipping_gate_enabled and move.sale_line_id)
        orders = gated.sudo().sale_line_id.order_id
        orders._gate_lock()
        watched = self.env["res.company"]._gate_watched()
        moves = self.with_context(shipping_gate_locked=Locked(orders.ids)) if watched else self
        return super(StockMove, moves)._action_done(cancel_backorder=cancel_backorder).with_env(self.env)

    def _action_assign(self, force_qty=False):
        moves = self
        gated = self.filtered(lambda move: move.sale_line_id and move.company_id.shipping_gate_enabled)
        if gated:
            # Asked once for all: nothing opens while this call reserves.
            held = gated.sudo().sale_line_id._gate_held()
            moves = self.with_context(shipping_gate_held=held)
            if any(held.values()):
                moves -= moves._gate_held_moves()
        return super(StockMove, moves)._action_assign(force_qty=force_qty)

    def _gate_check_done_by_hand(self, vals):
        """Refuse to call moves done whose goods have not moved, and to change to what done ones belong.

        :raises AccessError: for everybody but the server's own steps, when a gate is on
        """
        kept = {"sale_line_id", "origin_returned_move_id", "picking_id"} & vals.keys()
        if self.env.su or not (kept or vals.get("state") == "done") or not self.env["res.company"]._gate_watched():
            return
        # Only ``_action_done`` puts such an object there: no client can send one.
        is_doing = type(self.env.context.get("shipping_gate_locked")) is Locked
        for move in self.sudo():
            places = move.move_line_ids.location_id | move.move_line_ids.location_dest_id
            if move.state != "done" and vals.get("state") == "done" and not is_doing and places._gate_exits():
                raise AccessError(self.env._("A transfer is done when its goods have moved. Validate it instead."))
            changed = move.state == "done" and any(move[name].id != (vals[name] or False) for name in kept)
            if changed and places._gate_exits():
                raise AccessError(move._gate_stays_text(move.product_id))

    def _gate_stays_text(self, product):
        """Return why what is done with a product on this move is not changed, and what to do instead."""
        self.ensure_one()
        return self.env._(
            "%(product)s has moved with %(document)s, and stays there. Make a return or another delivery.",
            product=product.display_name,
            document=self.picking_id.name or self.reference,
        )

    def _gate_check_gone(self):
        """Refuse to undo moves on which goods have left: the order would look as if they had not.

        :raises UserError: naming the goods and what to do instead
        """
        for move in self.filtered(lambda move: move.state == "done").sudo():
            if move.shipping_passed_qty and move.company_id.shipping_gate_enabled:
                raise UserError(
                    self.env._(
                        "%(product)s has left with %(document)s. Let it come back by a return.",
                        product=move.product_id.display_name,
                        document=move.picking_id.name or move.reference,
                    )
                )

    def _gate_held_moves(self):
        """Return those of these moves for which nothing may be reserved now."""
        gated = self.filtered(lambda move: move.sale_line_id and move.company_id.shipping_gate_enabled)
        held = gated.sale_line_id._gate_held_lines(("delivery", "reservation"))
        return gated.filtered(
            lambda move: (
                move.sale_line_id in held
                and move.state not in ("done", "cancel")
                and (move.location_final_id or move.location_dest_id)._gate_exits()
            )
        )
