# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo.addons.sales_policy.tests.attack import REFUSED
from odoo.exceptions import UserError
from odoo.tests import tagged

from .shipping import ShippingCommon

MODEL = "sales.shipping.request"


@tagged("post_install", "-at_install")
class TestShortage(ShippingCommon):
    """Short goods are told to those who must know; the requester answers for the customer (SHP-2, SHP-5)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.shipping_production_user_id = cls.stock_manager
        cls.press = cls.goods("Press", quantity=3)

    def short(self, quantity=5):
        """Return an issued request for more than there is, reported as short."""
        order = self.sold(quantity, product=self.press)
        self.paid(order)
        request = self.checked(order)
        self.delivery(order).action_assign()
        self.report()
        return request

    def report(self):
        self.settle()
        with self.enter_registry_test_mode():
            self.env.ref("sales_shipping_gate.ir_cron_shipping_shortages").method_direct_trigger()
        self.env.invalidate_all()

    def test_shortage_is_told_once_to_requester_clerk_and_production(self):
        request = self.short()
        self.assertIn("Press: 2 Units short, nothing is on its way", request.shortage)
        self.report()
        for user in self.li | self.clerk:
            self.assertEqual(self.told(request, user).count("goods are short"), 1)
        self.assertEqual(request.activity_ids.user_id, self.stock_manager)
        self.assertEqual([step for step, _user in self.steps(request)].count("shortage"), 1)
        self.assertEqual(request.state, "released")

    def test_shortage_is_over_when_goods_come(self):
        request = self.short()
        self.env["stock.quant"]._update_available_quantity(self.press, self.stock, 2)
        self.delivery(request.sudo().order_id).action_assign()
        self.report()
        self.assertFalse(request.shortage)

    def test_what_is_there_leaves_and_the_rest_follows_on_a_checked_request(self):
        request = self.short()
        order = request.sudo().order_id
        request.with_user(self.li).action_split()
        self.settle()
        rest = order.shipping_request_ids - request
        self.assertEqual((request.line_ids.quantity, rest.line_ids.quantity), (3, 2))
        self.assertEqual((request.state, rest.state, rest.requester_id), ("released", "submitted", self.li))
        self.ship(self.delivery(order), quantity=3)
        self.assertEqual(request.state, "shipped")
        self.env["stock.quant"]._update_available_quantity(self.press, self.stock, 2)
        self.assertHeld(lambda: self.ship(self.delivery(order)), self.press)
        rest.with_user(self.clerk).action_check()
        self.settle()
        self.ship(self.delivery(order))
        self.assertEqual(rest.state, "shipped")
        self.assertEqual(self.with_customers(self.press), 5)

    def test_customer_who_waits_is_noted(self):
        request = self.short()
        request.with_user(self.li).action_wait_for_goods()
        self.assertEqual(self.steps(request)[-1], ("answered", self.li))
        self.assertIn("waits", self.told(request, self.clerk))

    def test_nothing_there_cannot_be_split(self):
        self.env["stock.quant"]._update_available_quantity(self.press, self.stock, -3)
        request = self.short()
        with self.assertRaises(UserError):
            request.with_user(self.li).action_split()

    def test_answers_are_for_those_who_ask(self):
        request, full = self.short(), self.checked(self.sold())
        for user in self.wang | self.worker | self.stock_manager | self.employee | self.fu:
            for method in ("action_split", "action_wait_for_goods", "_report_shortages"):
                self.assertRefused(REFUSED, user, MODEL, method, request.ids)
        for user in self.li | self.clerk:
            self.assertRefused(REFUSED, user, MODEL, "write", request.ids, {"shortage": False})
            self.assertRefused(REFUSED, user, MODEL, "action_split", full.ids)
