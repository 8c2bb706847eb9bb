# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

FINANCE = "sales_shipping_gate.group_shipping_finance"
GENERAL_MANAGER = "sales_policy.group_general_manager"
CLERK = "sales_policy.group_sales_clerk"
SALES_MANAGER = "sales_team.group_sale_manager"
STATES = [("not_applicable", "No Gate"), ("held", "Held"), ("released", "Released")]


class SaleOrder(models.Model):
    """What people see of the gate on an order, and what they may decide about it (SHP-3)."""

    _inherit = "sale.order"

    shipping_decision_ids = fields.One2many("sales.shipping.decision", "order_id", "Shipping Decisions", readonly=True)
    shipping_release_ids = fields.One2many("sales.shipping.release", "order_id", "Special Releases")
    shipping_gate_state = fields.Selection(
        STATES, compute="_compute_shipping_gate", search="_search_shipping_gate_state", compute_sudo=True
    )
    shipping_gate_reason = fields.Char("Why Held", compute="_compute_shipping_gate", compute_sudo=True)
    shipping_gate_missing_amount = fields.Monetary("Money Missing", compute="_compute_shipping_gate", compute_sudo=True)
    shipping_hold = fields.Boolean("Held by Hand", compute="_compute_shipping_gate", compute_sudo=True)

    @api.depends("state", "amount_total", "partner_id", "shipping_decision_ids", "shipping_release_ids")
    def _compute_shipping_gate(self):
        verdicts = self._origin._gate_verdicts()
        for order in self:
            verdict = verdicts.get(order._origin)
            if not verdict:
                order.shipping_gate_state, order.shipping_gate_reason = "not_applicable", False
                order.shipping_gate_missing_amount, order.shipping_hold = 0, False
                continue
            order.shipping_gate_state = "released" if verdict.is_open else "held"
            order.shipping_gate_reason = order._gate_explain(verdict)
            order.shipping_gate_missing_amount = 0 if verdict.is_open else verdict.missing
            order.shipping_hold = verdict.code == "hold"

    def action_shipping_confirm_money(self):
        """Confirm for finance that the money for these orders is in; a reason is asked for."""
        return self._gate_action_decide("confirmation", self.env._("Confirm Money"))

    def action_shipping_hold(self):
        """Hold these orders by hand."""
        return self._gate_action_decide("hold", self.env._("Hold Shipment"))

    def action_shipping_end_hold(self):
        """End the hold of these orders."""
        return self._gate_action_decide("hold_end", self.env._("End Hold"))

    def action_shipping_ask_release(self):
        """Open a new special release for this order."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Special Release"),
            "res_model": "sales.shipping.release",
            "views": [(False, "form")],
            "context": {
                "default_order_id": self.id,
                "default_amount": max(self.shipping_gate_missing_amount, 0) or self.amount_total,
            },
        }

    def _gate_action_decide(self, kind, title):
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": "sales.shipping.decide",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_kind": kind, "default_order_ids": self.ids},
        }

    def _gate_may_ask(self, user):
        """Return whether a user may ask for a special release of this order."""
        self.ensure_one()
        return user in (self.user_id, self.sudo().credited_user_id) or any(
            user.has_group(group) for group in (CLERK, SALES_MANAGER)
        )

    def _gate_decide(self, kind, reason):
        """Record a finance confirmation, a hold or the end of a hold by the current user (SHP-3).

        :param str kind: "confirmation", "hold" or "hold_end"
        :param str reason: why; required
        :raises AccessError: when the role of the current user does not decide this
        :raises UserError: without reason, or for orders that are not confirmed
        """
        self.check_access("read")
        user = self.env.user
        roles = {
            "confirmation": (FINANCE,),
            "hold": (FINANCE, GENERAL_MANAGER, CLERK, SALES_MANAGER),
            "hold_end": (FINANCE, GENERAL_MANAGER, SALES_MANAGER),
        }[kind]
        if not user.active or not any(user.has_group(role) for role in roles):
            names = ", ".join(self.env.ref(role).sudo().name for role in roles)
            raise AccessError(self.env._("This is decided by: %(roles)s.", roles=names))
        if not (reason or "").strip():
            raise UserError(self.env._("Please give a reason."))
        not_confirmed = self.filtered(lambda order: order.state != "sale")
        if not_confirmed:
            raise UserError(self.env._("%(order)s is not confirmed. Confirm it first.", order=not_confirmed[0].name))
        if kind == "confirmation":
            own = self.filtered(lambda order: user in (order.user_id, order.create_uid, order.sudo().credited_user_id))
            if own:
                raise UserError(
                    self.env._("%(order)s is your own sale: somebody else confirms its money.", order=own[0].name)
                )
        self.sudo()._gate_lock()
        decisions = self.env["sales.shipping.decision"]._record(kind, self, reason.strip(), user)
        label = dict(decisions._fields["kind"]._description_selection(self.env))[kind]
        self.sudo()._message_log_batch({order.id: f"{label}: {reason.strip()}" for order in self})
        self._sales_money_moved(orders=self)
        return decisions
