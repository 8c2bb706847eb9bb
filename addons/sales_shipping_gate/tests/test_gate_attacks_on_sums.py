# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import Command
from odoo.addons.sales_policy.tests.attack import REFUSED
from odoo.tests import tagged

from .common import GateCommon


@tagged("post_install", "-at_install")
class TestGateAttacksOnSums(GateCommon):
    """Stored sums from which the gate reckons, and which Odoo lets people write (SHP-3)."""

    def setUp(self):
        super().setUp()
        self.people = self.worker | self.stock_manager | self.li | self.manager | self.employee | self.clerk
        self.env.flush_all()

    def test_quantity_of_a_line_is_what_moves(self):
        order = self.sold()
        picking = self.delivery(order)
        picking.move_ids.picked = True
        for user in self.people:
            with self.cr.savepoint() as savepoint:
                try:
                    with self.cr.savepoint():
                        self.rpc(
                            user, "stock.move.line", "write", picking.move_line_ids.ids, {"quantity_product_uom": 0}
                        )
                except REFUSED:
                    pass
                self.env.invalidate_all()
                self.assertHeld(lambda: self.ship(picking))
                savepoint.rollback()
                self.env.invalidate_all()

    def test_sum_written_last_moves_nothing(self):
        order = self.sold(2)
        self.paid(order, 100.0)
        self.shipping_policy("value")
        picking = self.delivery(order)
        picking.move_ids.quantity = 1
        picking.move_ids.picked = True
        line = picking.move_line_ids
        for user in self.people:
            self.assertRefused(REFUSED, user, "stock.move.line", "write", line.ids, {"quantity_product_uom": 2})
            values = {**line.copy_data()[0], "quantity": 1, "quantity_product_uom": 2}
            self.assertRefused(REFUSED, user, "stock.move.line", "create", [values])
        values = {**line.copy_data()[0], "quantity": 1}
        context = {"default_quantity_product_uom": 5}
        [made] = self.rpc(self.worker, "stock.move.line", "create", [values], context=context)
        self.assertEqual(self.env["stock.move.line"].browse(made).quantity_product_uom, 1)

    def test_commercial_entity_is_not_written(self):
        self.shipping_policy("none", partner_ids=self.other_customer.ids)
        order = self.sold()
        for user in self.people:
            self.assertRefused(
                REFUSED,
                user,
                "res.partner",
                "write",
                self.customer.ids,
                {"commercial_partner_id": self.other_customer.id},
            )
        self.assertEqual(order.shipping_gate_state, "held")
        values = {"name": "Shop", "commercial_partner_id": self.other_customer.id}
        self.assertRefused(REFUSED, self.li, "res.partner", "create", [values])
        context = {"default_commercial_partner_id": self.other_customer.id}
        [shop] = self.rpc(self.li, "res.partner", "create", [{"name": "Shop"}], context=context)
        shop = self.env["res.partner"].browse(shop)
        self.assertEqual(shop.commercial_partner_id, shop)

    def test_order_is_not_born_with_sums(self):
        line = {"product_id": self.lathe.id, "product_uom_qty": 1, "tax_ids": False}
        context = {"default_price_total": 1, "default_amount_total": 1, "default_qty_invoiced": 1}
        values = {"partner_id": self.customer.id, "order_line": [Command.create(line)]}
        [order] = self.rpc(self.li, "sale.order", "create", [values], context=context)
        order = self.env["sale.order"].browse(order)
        self.assertEqual((order.amount_total, order.order_line.qty_invoiced), (100.0, 0.0))

    def test_what_has_left_is_not_written_down(self):
        order = self.sold()
        self.paid(order)
        self.ship(self.delivery(order))
        left = order.order_line.move_ids
        for user in self.people:
            for model, record, values in (
                ("stock.move.line", left.move_line_ids, {"quantity_product_uom": 0}),
                ("stock.move", left, {"move_line_ids": [(1, left.move_line_ids.id, {"quantity_product_uom": 0})]}),
            ):
                with self.cr.savepoint() as savepoint:
                    try:
                        with self.cr.savepoint():
                            self.rpc(user, model, "write", record.ids, values)
                    except REFUSED:
                        pass
                    self.env.invalidate_all()
                    self.assertEqual(order.order_line._gate_net_out()[order.order_line, self.lathe], 1)
                    savepoint.rollback()
                    self.env.invalidate_all()

    def test_credit_counts_what_left_whatever_the_order_is_told(self):
        self.shipping_policy("credit", credit_limit=150)
        order, other = self.sold(), self.sold()
        self.ship(self.delivery(order))
        for values in ({"qty_delivered": 0}, {"qty_invoiced": 1}, {"product_uom_qty": 1000}):
            for user in self.people:
                with self.cr.savepoint() as savepoint:
                    try:
                        with self.cr.savepoint():
                            self.rpc(user, "sale.order.line", "write", order.order_line.ids, values)
                            self.env.flush_all()
                    except REFUSED:
                        pass
                    self.env.invalidate_all()
                    self.assertHeld(lambda: self.ship(self.delivery(other)))
                    savepoint.rollback()
                    self.env.invalidate_all()
