# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models

from .sales_shipping_request import ISSUED


class SaleOrder(models.Model):
    """What people still have to do before goods of an order leave, beside the money (SHP-1, 2)."""

    _inherit = "sale.order"

    shipping_request_ids = fields.One2many("sales.shipping.request", "order_id", "Shipping Requests")
    shipping_request_count = fields.Integer("Requests", compute="_compute_shipping_request_count", compute_sudo=True)

    @api.depends("shipping_request_ids")
    def _compute_shipping_request_count(self):
        counts = dict(
            self.env["sales.shipping.request"]._read_group([("order_id", "in", self.ids)], ["order_id"], ["__count"])
        )
        for order in self:
            order.shipping_request_count = counts.get(order._origin, 0)

    def action_shipping_request(self):
        """Open a new shipping request for everything of this order that is undelivered."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Shipping Request"),
            "res_model": "sales.shipping.request",
            "views": [(False, "form")],
            "context": {"default_order_id": self.id},
        }

    def action_view_shipping_requests(self):
        """Open the shipping requests of this order."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("sales_shipping_gate.sales_shipping_request_action")
        return {**action, "domain": [("order_id", "=", self.id)], "context": {"default_order_id": self.id}}

    def _gate_conditions(self):
        """Return what people still have to do before goods of these orders may leave, as sentences.

        :return: dict of sale.order to list of str; orders for which nothing is left to do are absent
        """
        return self._shipping_request_reasons()

    def _gate_with_conditions(self, verdicts):
        """Return verdicts that are held as long as people have something left to do."""
        reasons = self.browse([order.id for order in verdicts])._gate_conditions()
        return {
            order: verdict._replace(is_open=False, reasons=tuple(reasons[order])) if reasons.get(order) else verdict
            for order, verdict in verdicts.items()
        }

    def _gate_explain(self, verdict):
        # What somebody has to do beside the money is said after it, or instead of it where the money is in.
        money = [] if verdict.reasons and verdict.is_paid else [super()._gate_explain(verdict)]
        return " ".join([*money, *verdict.reasons])

    def _shipping_request_reasons(self):
        """Return for each order that needs a shipping request and has none for the next goods who holds it."""
        orders = self.sudo().filtered("company_id.shipping_request_required")
        if not orders:
            return {}
        lines = orders.order_line._shipping_goods()
        out, issued = lines._shipping_out(), lines._shipping_asked(ISSUED)
        waiting = self.env["sales.shipping.request"].sudo()
        waiting = waiting.search([("order_id", "in", orders.ids), ("state", "in", ("submitted", "checked"))])
        waiting = waiting.grouped("order_id")
        reasons = {}
        for order, mine in lines.grouped("order_id").items():
            undelivered = [
                line
                for line in mine
                if line.product_uom_id.compare(line.product_uom_qty, max(out[line], line.shipping_spared_qty)) > 0
            ]
            if undelivered and not any(
                line.product_uom_id.compare(issued[line], out[line]) > 0 for line in undelivered
            ):
                request = waiting.get(order, self.env["sales.shipping.request"])[:1]
                reasons[order] = [request._waiting_for() or order._shipping_ask_text()]
        return reasons

    def _shipping_payable(self):
        """Return those of these orders whose goods may leave as far as money goes, special releases included."""
        orders = self.sudo()
        verdicts = orders._gate_verdicts()
        usable = self.env["sales.shipping.release"]._usable(orders) if verdicts else {}

        def pays(order):
            verdict = verdicts.get(order)
            if not verdict:
                return order.state == "sale"
            return verdict.is_paid or (verdict.code != "hold" and order in usable)

        return orders.filtered(pays)

    def _shipping_ask_text(self):
        return self.env._("Held: no shipping request has been issued. The salesperson asks for the shipment.")

    def _gate_sweep(self, before=("held", False)):
        # A request that waited for nothing but the money is issued when it comes.
        self.env["sales.shipping.request"]._issue_paid(self)
        return super()._gate_sweep(before=before)
