# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

import logging

from odoo.tests import tagged

from .common import GateCommon


@tagged("post_install", "-at_install")
class TestGateSweep(GateCommon):
    """Many orders open together: goods are set going by themselves, and nobody is buried in messages."""

    def many(self, number, **values):
        return self.env["sale.order"].union(*(self.sold(**values) for _n in range(number)))

    def open_all(self):
        self.env["sales.shipping.policy"].create({"name": "All free", "requirement": "none"})

    def sweep(self):
        """Run the scheduled job."""
        with self.enter_registry_test_mode():
            self.env.ref("sales_shipping_gate.ir_cron_gate_sweep").method_direct_trigger()
        self.env.invalidate_all()

    def told(self, user):
        return self.env["mail.message"].search(
            [("message_type", "=", "user_notification"), ("partner_ids", "in", user.partner_id.ids)], order="id"
        )

    def test_everybody_is_told_once(self):
        self.company.shipping_hold_level = "reservation"
        orders = self.many(3)
        before = self.told(self.li), self.told(self.clerk)
        self.open_all()
        self.sweep()
        self.assertEqual(set(orders.picking_ids.mapped("state")), {"assigned"})
        for user, earlier in zip((self.li, self.clerk), before, strict=True):
            message = self.told(user) - earlier
            self.assertEqual(message.mapped("subject"), ["3 orders may be shipped"])
            for order in orders:
                self.assertIn(order.name, message.body)
                self.assertIn(f'data-oe-id="{order.id}"', message.body)
                self.assertIn("The gate is open", order.message_ids[0].body)

    def test_long_list_is_cut(self):
        orders = self.many(3)
        text = orders._gate_opened_text({}, shown=2)
        self.assertIn("and 1 more", text)
        self.assertNotIn(orders[2].name, text)

    def test_one_delivery_that_cannot_be_made_keeps_no_other_and_is_tried_again(self):
        self.company.shipping_hold_level = "delivery"
        elsewhere = self.env["stock.warehouse"].create({"name": "Suzhou", "code": "SZ"})
        elsewhere.delivery_route_id.rule_ids.active = False
        good, bad = self.many(2), self.sold(warehouse_id=elsewhere.id)
        later = self.sold()
        self.open_all()
        with self.assertLogs("odoo.addons.sales_shipping_gate.models.sale_order_sweep", logging.INFO) as log:
            self.sweep()
        self.assertEqual([bad.name in line for line in log.output], [True])
        self.assertEqual(set((good | later).picking_ids.mapped("state")), {"assigned"})
        self.assertFalse(bad.picking_ids)
        self.assertEqual(bad.shipping_gate_state, "released")
        self.assertIn(bad, self.env["sale.order"].search([("shipping_gate_state", "=", "released")]))
        self.env["stock.quant"]._update_available_quantity(self.lathe, elsewhere.lot_stock_id, 10)
        elsewhere.delivery_route_id.with_context(active_test=False).rule_ids.active = True
        self.sweep()
        self.assertEqual(bad.picking_ids.state, "assigned")

    def test_tolerance_that_was_raised_is_seen(self):
        self.company.shipping_hold_level = "reservation"
        little, more, unpaid = self.sold(), self.sold(quantity=9), self.sold()
        for order in little | more:
            self.pay(self.bill(order), 1.0)
        self.company.shipping_tolerance = 100
        self.assertNotIn(little, self.env["sale.order"].search([("shipping_gate_state", "=", "held")]))
        self.sweep()
        self.assertEqual(little.picking_ids.state, "assigned")
        self.assertEqual((more | unpaid).picking_ids.mapped("state"), ["confirmed", "confirmed"])

    def test_held_orders_without_money_are_not_judged_again(self):
        order, paid = self.sold(), self.sold()
        self.paid(paid)
        self.settle()

        def look():
            self.assertIn(order, self.env["sale.order"].search([("shipping_gate_state", "=", "held")]))

        look()
        few = self.queries(look)
        more = self.many(6)
        self.settle()
        self.assertEqual(self.queries(look), few)
        self.assertFalse(self.env["sale.order"]._gate_candidates() & (order | more))
