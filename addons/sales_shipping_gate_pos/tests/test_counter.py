# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import Command
from odoo.addons.sales_policy.tests.neighbours import NeighboursAtWork
from odoo.addons.sales_shipping_gate.tests.common import GateCommon
from odoo.tests import tagged


@tagged("post_install", "-at_install")
class TestCounter(NeighboursAtWork, GateCommon):
    """What is sold over the counter leaves with the customer; nobody else gets the counter's pass (SHP-3)."""

    def test_goods_leave_over_the_counter(self):
        kind = self.warehouse.pos_type_id or self.warehouse.out_type_id
        config = self.env["pos.config"].create({"name": "Counter"})
        session = self.env["pos.session"].create({"config_id": config.id, "user_id": self.env.uid})
        order = self.env["pos.order"].create(
            {
                "session_id": session.id,
                "company_id": self.company.id,
                "pricelist_id": config.pricelist_id.id,
                "amount_tax": 0,
                "amount_total": 100,
                "amount_paid": 0,
                "amount_return": 0,
                "lines": [
                    Command.create(
                        {
                            "product_id": self.lathe.id,
                            "qty": 1,
                            "price_unit": 100,
                            "price_subtotal": 100,
                            "price_subtotal_incl": 100,
                        }
                    )
                ],
            }
        )
        Picking = self.env["stock.picking"]
        picking = Picking._create_picking_from_pos_order_lines(self.customers.id, order.lines, kind)
        self.assertEqual((picking.state, self.with_customers()), ("done", 1))
        self.assertNotIn("shipping_gate_pass", picking.env.context)

    def test_cashier_sells_over_the_counter(self):
        self.sell_over_the_counter(self.bank, self.lathe, self.customer)
        self.assertEqual(self.with_customers(), 1)

    def test_delivery_beside_the_counter_is_held(self):
        order = self.sold()
        picking = self.delivery(order).with_context(shipping_gate_pass="PASS")
        self.assertHeld(lambda: self.ship(picking))
