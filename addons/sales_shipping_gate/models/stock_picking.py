# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.addons.sales_policy.tools import fingerprint
from odoo.exceptions import AccessError, UserError

from .sale_order import GENERAL_MANAGER, STATES


class StockPicking(models.Model):
    _inherit = "stock.picking"

    shipping_gate_state = fields.Selection(
        STATES, compute="_compute_shipping_gate", search="_search_shipping_gate_state", compute_sudo=True
    )
    shipping_gate_reason = fields.Char("Why Held", compute="_compute_shipping_gate", compute_sudo=True)

    @api.depends("state", "move_ids.sale_line_id", "location_dest_id")
    def _compute_shipping_gate(self):
        orders = self.move_ids.sale_line_id.order_id
        verdicts = orders._gate_verdicts()
        usable = self.env["sales.shipping.release"]._usable(orders) if verdicts else {}
        unlinked = self.filtered(lambda picking: picking._gate_needs_manager())
        released = unlinked._gate_released()
        for picking in self:
            lines = picking.move_ids.sale_line_id.filtered(lambda line: not line.shipping_spared_qty)
            mine = lines.order_id.filtered(lambda order: order in verdicts)
            held = mine.filtered(
                lambda order: not verdicts[order].is_open and not (order in usable and verdicts[order].is_releasable)
            )
            if picking.state in ("done", "cancel") or not (mine or picking in unlinked):
                picking.shipping_gate_state, picking.shipping_gate_reason = "not_applicable", False
            elif held:
                picking.shipping_gate_state = "held"
                picking.shipping_gate_reason = " ".join(
                    f"{order.name}: {order._gate_explain(verdicts[order])}" for order in held
                )
            elif mine:
                picking.shipping_gate_state, picking.shipping_gate_reason = "released", False
            else:
                picking.shipping_gate_state = "released" if picking in released else "held"
                picking.shipping_gate_reason = picking not in released and self.env._(
                    "Held: this delivery is not for an order. The general manager has to release it."
                )

    @api.model_create_multi
    def create(self, vals_list):
        self._gate_check_state(vals_list)
        return super().create(vals_list)

    def write(self, vals):
        self._gate_check_state([vals])
        return super().write(vals)

    def button_validate(self):
        # Says it before wizards open; what decides is the constraint on the moves.
        if self.env["res.company"]._gate_watched():
            held = self._gate_doubtful().filtered(
                lambda picking: picking.shipping_gate_state == "held" and not picking._gate_leaves_orders_out()
            )
            if held:
                raise UserError("\n".join(f"{picking.name}: {picking.shipping_gate_reason}" for picking in held))
        return super().button_validate()

    def action_shipping_release_unlinked(self):
        """Release deliveries made by hand, for the general manager; a reason is asked for."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Release Delivery"),
            "res_model": "sales.shipping.decide",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_kind": "unlinked", "default_picking_ids": self.ids},
        }

    def _gate_check_state(self, vals_list):
        """Refuse to call a transfer done: it is done when its moves are."""
        claimed = any(vals.get("state") == "done" for vals in vals_list)
        if claimed and not self.env.su and self.env["res.company"]._gate_watched():
            raise AccessError(self.env._("A transfer is done when its goods have moved. Validate it instead."))

    def _gate_doubtful(self):
        """Return those of these deliveries that have to be judged: not all of their orders are marked as released."""
        pickings = self.sudo()
        exits = pickings.location_dest_id._gate_exits()
        doubtful = pickings.filtered(
            lambda picking: (
                picking.location_dest_id in exits
                and any(move.sale_line_id.order_id.shipping_gate_mark != "released" for move in picking.move_ids)
            )
        )
        return doubtful.with_env(self.env)

    def _gate_leaves_orders_out(self):
        """Return whether nothing is picked for some of the orders of this delivery: the others may be paid."""
        self.ensure_one()
        moves = self.sudo().move_ids
        picked = moves.filtered(lambda move: move.picked and move.quantity)
        return bool(picked and moves.sale_line_id.order_id - picked.sale_line_id.order_id)

    def _gate_needs_manager(self):
        self.ensure_one()
        company = self.company_id
        moves = self.move_ids.filtered(lambda move: not move.sale_line_id and move.state not in ("done", "cancel"))
        return (
            company.shipping_gate_enabled
            and company.shipping_gate_unlinked
            and bool(
                moves.location_dest_id._gate_exits()
                and not self.location_id._gate_exits()
                and not all(move._gate_is_purchase_return() or move._gate_is_foreign_property() for move in moves)
            )
        )

    def _gate_include(self):
        """Hold these open deliveries although they were under way when the gate was switched on."""
        moves = self.move_ids.filtered(lambda move: move.state not in ("done", "cancel"))
        moves.sale_line_id.write({"shipping_spared_qty": 0})
        moves.shipping_passed_qty = 0
        moves._gate_held_moves()._do_unreserve()
        moves.sale_line_id.order_id._gate_sweep(before=())

    def _gate_digest(self):
        """Return the fingerprint of what a general manager releases: where to, what and how much of it at most."""
        self.ensure_one()
        facts = [self.partner_id.id, self.location_dest_id.id]
        facts += sorted((move.product_id.id, move.product_uom_qty, move.product_uom.id) for move in self.move_ids)
        return fingerprint(facts)

    def _gate_released(self):
        """Return those of these deliveries that a general manager released as they are now."""
        decisions = (
            self.env["sales.shipping.decision"]
            .sudo()
            .search([("picking_id", "in", self.ids), ("kind", "=", "unlinked")])
        )
        digests = {picking.id: picking._gate_digest() for picking in decisions.picking_id}
        standing = decisions.filtered(lambda decision: decision.fingerprint == digests[decision.picking_id.id])
        return self & self.browse(standing.picking_id.ids)

    def _gate_release_unlinked(self, reason):
        """Release deliveries made by hand, as they are now (SHP-3).

        :raises AccessError: for everybody but the general manager
        :raises UserError: without reason, or when one was made by the same person
        """
        self.check_access("read")
        if not self.env.user.has_group(GENERAL_MANAGER) or not self.env.user.active:
            raise AccessError(self.env._("Only the general manager can release a delivery without an order."))
        if not (reason or "").strip():
            raise UserError(self.env._("Please give a reason."))
        if self.filtered(lambda picking: picking.create_uid == self.env.user):
            raise UserError(self.env._("You made this delivery yourself, so somebody else releases it."))
        return (
            self.env["sales.shipping.decision"]
            .sudo()
            .create(
                [
                    {
                        "kind": "unlinked",
                        "picking_id": picking.id,
                        "order_name": picking.name,
                        "company_id": picking.company_id.id,
                        "currency_id": picking.company_id.currency_id.id,
                        "user_id": self.env.uid,
                        "reason": reason.strip(),
                        "partner_name": picking.partner_id.display_name,
                        "fingerprint": picking._gate_digest(),
                    }
                    for picking in self.sudo()
                ]
            )
        )
