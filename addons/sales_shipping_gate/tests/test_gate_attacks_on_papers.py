# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import Command
from odoo.addons.sales_policy.tests.attack import REFUSED
from odoo.exceptions import UserError
from odoo.tests import tagged

from .stock_attack import StockAttackCommon


@tagged("post_install", "-at_install")
class TestGateAttacksOnPapers(StockAttackCommon):
    """Goods that leave under the name of other goods, of a paid order, or of an owner (SHP-3)."""

    def test_more_than_ordered(self):
        order = self.sold()
        self.paid(order)
        self.assertHeld(lambda: self.ship(self.delivery(order), quantity=2))
        self.ship(self.delivery(order))
        move = order.order_line.move_ids
        self.attack("stock.move", "write", move.ids, {"quantity": 5})
        self.attack("stock.move.line", "write", move.move_line_ids.ids, {"quantity": 5})
        line = {
            "product_id": self.lathe.id,
            "quantity": 1,
            "move_id": move.id,
            "picking_id": move.picking_id.id,
            "location_id": self.stock.id,
            "location_dest_id": self.customers.id,
        }
        self.attack("stock.move.line", "create", [line])
        self.assertEqual(self.with_customers(), 1)

    def test_delivery_that_is_relinked_to_a_paid_order(self):
        paid = self.sold()
        self.paid(paid)
        self.ship(self.delivery(paid))

        def relink_move():
            self.move.with_user(self.worker).sale_line_id = paid.order_line
            self.ship(self.picking)

        def relink_picking():
            self.picking.with_user(self.worker).sale_id = paid
            self.ship(self.picking)

        def relink_done():
            order = self.sold()
            self.paid(order)
            self.ship(self.delivery(order))
            order.order_line.move_ids.with_user(self.worker).sale_line_id = self.unpaid.order_line

        for step in (relink_move, relink_picking, relink_done):
            self.assertHeld(step)

    def test_other_goods_on_the_line_of_a_paid_order(self):
        gold = self.goods("Gold")
        order = self.sold()
        self.paid(order)
        picking = self.delivery(order)

        def swap():
            picking.with_user(self.worker).move_ids.write({"product_id": gold.id})
            self.ship(picking)

        def add():
            self.env["stock.move"].with_user(self.worker).create(
                {
                    "product_id": gold.id,
                    "product_uom_qty": 1,
                    "picking_id": picking.id,
                    "location_id": self.stock.id,
                    "location_dest_id": self.customers.id,
                }
            )
            self.ship(picking)

        for step in (swap, add):
            self.assertHeld(step, gold)
        self.company.shipping_gate_unlinked = False
        self.assertHeld(add, gold)

    def test_memory_of_the_gate_is_out_of_reach(self):
        for user in self.people:
            self.assertRefused(REFUSED, user, "stock.move", "write", self.move.ids, {"shipping_passed_qty": 9})
            self.assertRefused(
                REFUSED, user, "sale.order.line", "write", self.unpaid.order_line.ids, {"shipping_spared_qty": 9}
            )
            self.assertRefused(
                REFUSED, user, "sale.order", "write", self.unpaid.ids, {"shipping_gate_mark": "released"}
            )

    def test_consumables_are_gated_too(self):
        gravel = self.goods("Gravel", quantity=0, is_storable=False)
        order = self.sold(product=gravel)
        with self.assertRaises(UserError), self.cr.savepoint():
            self.ship(self.delivery(order))
        self.env.invalidate_all()
        self.assertNotEqual(order.order_line.move_ids.state, "done")

    def test_batch_is_no_way_round(self):
        batch = self.env["stock.picking.batch"].create({"picking_ids": self.picking.ids})
        batch.action_confirm()
        self.move.picked = True
        self.assertHeld(lambda: batch.with_user(self.stock_manager).action_done())

    def test_goods_do_not_become_the_customers_by_a_word(self):
        owner = self.customer.id

        def own_line():
            self.line.with_user(self.worker).write({"owner_id": owner, "picked": True})
            # Past the button, which looks at the order only.
            self.move.with_user(self.worker)._action_done()

        def own_by_hand():
            picking = (
                self.env["stock.picking"]
                .with_user(self.worker)
                .create(
                    {
                        "picking_type_id": self.warehouse.out_type_id.id,
                        "location_id": self.stock.id,
                        "location_dest_id": self.customers.id,
                        "move_line_ids": [
                            Command.create(
                                {
                                    "product_id": self.lathe.id,
                                    "quantity": 1,
                                    "owner_id": owner,
                                    "location_id": self.stock.id,
                                    "location_dest_id": self.customers.id,
                                }
                            )
                        ],
                    }
                )
            )
            picking.move_ids.picked = True
            picking.move_ids._action_done()

        for step in (own_line, own_by_hand):
            self.assertHeld(step)

    def test_return_to_a_vendor_is_of_what_came_from_the_vendor(self):
        gold = self.goods("Gold")
        receipt = self.env["stock.picking"].create(
            {
                "picking_type_id": self.warehouse.in_type_id.id,
                "location_id": self.suppliers.id,
                "location_dest_id": self.stock.id,
                "move_ids": [
                    Command.create(
                        {
                            "product_id": self.lathe.id,
                            "product_uom_qty": 2,
                            "location_id": self.suppliers.id,
                            "location_dest_id": self.stock.id,
                        }
                    )
                ],
            }
        )
        receipt.action_confirm()
        self.ship(receipt)

        def give_back(product, quantity):
            values = {"location_id": self.stock.id, "location_dest_id": self.suppliers.id}
            move = {"product_id": product.id, "product_uom_qty": quantity, **values}
            picking = (
                self.env["stock.picking"]
                .with_user(self.worker)
                .create(
                    {
                        "picking_type_id": self.warehouse.out_type_id.id,
                        "move_ids": [Command.create({**move, "origin_returned_move_id": receipt.move_ids.id})],
                        **values,
                    }
                )
            )
            picking.action_confirm()
            self.ship(picking)
            return picking

        for product, quantity in ((gold, 1), (self.lathe, 3)):
            with self.assertRaises(UserError), self.cr.savepoint():
                give_back(product, quantity)
            self.env.invalidate_all()
        self.assertEqual(give_back(self.lathe, 2).state, "done")

    def test_dropshipment_counts_as_with_the_customer(self):
        order = self.sold()
        self.paid(order)

        def drop(quantity):
            values = {"location_id": self.suppliers.id, "location_dest_id": self.customers.id}
            picking = self.env["stock.picking"].create(
                {
                    "picking_type_id": self.warehouse.in_type_id.id,
                    "move_ids": [
                        Command.create(
                            {
                                "product_id": self.lathe.id,
                                "product_uom_qty": quantity,
                                "sale_line_id": order.order_line.id,
                                **values,
                            }
                        )
                    ],
                    **values,
                }
            )
            picking.action_confirm()
            self.ship(picking)

        self.assertHeld(lambda: drop(2))
        drop(1)
        self.assertHeld(lambda: self.ship(self.delivery(order)))
