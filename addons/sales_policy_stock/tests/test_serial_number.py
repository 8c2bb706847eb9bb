# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import Command
from odoo.addons.sales_policy.tests.money import MoneyCommon
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged


@tagged("post_install", "-at_install")
class TestSerialNumber(MoneyCommon):
    """Each serial number of exclusive goods goes to the first deposit (OWN-6)."""

    def setUp(self):
        super().setUp()
        self.machine = self.env["product.product"].create(
            {
                "name": "Machining centre",
                "list_price": 1000.0,
                "is_storable": True,
                "tracking": "serial",
                "sales_sold_once": True,
            }
        )
        self.first, self.second = self.env["stock.lot"].create(
            [{"name": name, "product_id": self.machine.id} for name in ("SN-1", "SN-2")]
        )

    def offer(self, lot=None, user=None):
        line = {"product_id": self.machine.id, "product_uom_qty": 1, "sales_lot_id": lot and lot.id}
        return self.order(self.customer, user or self.li, order_line=[Command.create(line)])

    def taken(self):
        claims = self.env["sales.exclusive.claim"].sudo().search([("released_on", "=", False)])
        return {claim.unit_name: claim.order_id for claim in claims}

    def test_each_serial_number_has_its_own_winner(self):
        mine, theirs, other = self.offer(self.first), self.offer(self.first, self.wang), self.offer(self.second)
        self.online(theirs, 10.0)
        self.online(other, 10.0)
        self.assertEqual(self.taken(), {"Machining centre SN-1": theirs, "Machining centre SN-2": other})
        with self.assertRaisesRegex(UserError, "SN-1 is sold once and taken"), self.cr.savepoint():
            mine.with_user(self.li).action_confirm()
        other.with_user(self.li).action_confirm()
        self.assertEqual(other.state, "sale")

    def test_loser_goes_on_with_another_serial_number(self):
        mine, theirs = self.offer(self.first), self.offer(self.first, self.wang)
        self.online(theirs, 10.0)
        mine.order_line.sales_lot_id = self.second
        self.settle()
        mine.with_user(self.li).action_confirm()
        self.assertEqual(mine.state, "sale")
        with self.assertRaisesRegex(UserError, "taken"), self.cr.savepoint():
            mine.order_line.sales_lot_id = self.first

    def test_serial_number_is_named_before_confirming(self):
        order = self.offer()
        for method, arguments in (("action_confirm", []), ("write", [{"state": "sale"}])):
            self.assertRefused(UserError, self.li, "sale.order", method, order.ids, *arguments)
        order.order_line.sales_lot_id = self.first
        order.with_user(self.li).action_confirm()

    def test_winner_that_changes_the_serial_number_frees_the_old_one(self):
        order = self.offer(self.first)
        self.online(order, 10.0)
        order.order_line.sales_lot_id = self.second
        self.settle()
        self.assertEqual(self.taken(), {"Machining centre SN-2": order})

    def test_serial_number_belongs_to_the_goods_and_counts_once(self):
        lathe = self.env["product.product"].create({"name": "Lathe"})
        with self.assertRaisesRegex(ValidationError, "no serial number of"), self.cr.savepoint():
            self.offer(self.first).order_line.product_id = lathe
        order = self.offer(self.first)
        with self.assertRaisesRegex(ValidationError, "sold once"), self.cr.savepoint():
            order.order_line = [
                Command.create({"product_id": self.machine.id, "product_uom_qty": 1, "sales_lot_id": self.first.id})
            ]
        with self.assertRaisesRegex(ValidationError, "sold once"), self.cr.savepoint():
            order.order_line.product_uom_qty = 2
