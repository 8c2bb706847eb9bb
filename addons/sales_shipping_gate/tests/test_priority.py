# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from datetime import timedelta

from odoo import fields
from odoo.addons.sales_policy.tests.attack import REFUSED
from odoo.tests import tagged

from .common import GateCommon


@tagged("post_install", "-at_install")
class TestPriority(GateCommon):
    """Big before small, old before new, production before spare parts, far before near (SHP-11)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.shipping_priority_enabled = True
        cls.customer.shipping_class = "a"
        cls.other_customer.shipping_class = "c"

    def rank(self):
        self.env["stock.picking"]._shipping_rank(self.company)

    def score(self, order):
        return self.delivery(order).shipping_score

    def test_key_customer_stands_before_a_small_one(self):
        small, big = self.sold(partner=self.other_customer), self.sold()
        self.rank()
        self.assertGreater(self.score(big), self.score(small))
        self.assertIn("Key customer: 40", self.delivery(big).shipping_score_reason)
        queue = self.env["stock.picking"].search(
            [("id", "in", (small | big).picking_ids.ids)], order="shipping_score desc"
        )
        self.assertEqual(queue, self.delivery(big) + self.delivery(small))

    def test_old_customer_stands_before_a_new_one(self):
        self.customer.shipping_class = False
        old, new = self.sold(), self.sold(partner=self.third_customer)
        old.date_order = fields.Datetime.now() - timedelta(days=5 * 365.25 + 1)
        self.rank()
        self.assertEqual(self.score(old) - self.score(new), 7.5)
        self.assertIn("customer for 5 years: 7.5", self.delivery(old).shipping_score_reason)

    def test_production_stands_before_spare_parts(self):
        above, below = self.env["product.category"].create(
            [{"name": "OEM", "shipping_kind": "production"}, {"name": "Spares", "shipping_kind": "spare"}]
        )
        inherited = self.env["product.category"].create({"name": "Bearings", "parent_id": above.id})
        orders = [
            self.sold(product=self.goods(f"Goods {number}", categ_id=category))
            for number, category in enumerate((inherited.id, False, below.id))
        ]
        self.rank()
        first, second, third = (self.score(order) for order in orders)
        self.assertEqual((first - second, second - third), (10, 10))

    def test_far_stands_before_near_and_due_before_later(self):
        far, near = self.sold(), self.sold()
        near_address = self.env["res.partner"].create({"name": "Yard", "parent_id": self.customer.id})
        self.customer.shipping_transit_days = 5
        self.delivery(near).partner_id = near_address
        for order in far | near:
            self.delivery(order).move_ids.date_deadline = fields.Datetime.now() + timedelta(days=15)
        self.rank()
        self.assertEqual(self.score(far) - self.score(near), 5)
        self.delivery(near).move_ids.date_deadline = fields.Datetime.now()
        self.rank()
        self.assertEqual(self.score(near) - self.score(far), 2.5)

    def test_reservation_follows_the_score(self):
        press = self.goods("Press", quantity=0)
        small, big = self.sold(product=press, partner=self.other_customer), self.sold(product=press)
        self.env["stock.quant"]._update_available_quantity(press, self.stock, 1)
        self.env["stock.rule"].run_scheduler()
        self.assertEqual(self.delivery(big).state, "assigned")
        self.assertEqual(self.delivery(small).state, "confirmed")

    def test_weights_are_settings(self):
        order = self.sold()
        self.rank()
        before = self.score(order)
        self.company.shipping_weight_customer = 50
        self.rank()
        self.assertEqual(self.score(order), before + 10)

    def test_ranking_is_one_statement(self):
        for number in (2, 6):
            for _order in range(number):
                self.sold()
            self.rank()
            self.env.flush_all()
            with self.assertQueryCount(1):
                self.rank()

    def test_company_that_does_not_rank_has_no_scores(self):
        self.company.shipping_priority_enabled = False
        order = self.sold()
        self.rank()
        self.assertFalse(self.score(order))

    def test_nobody_writes_a_score_or_a_weight(self):
        order = self.sold()
        self.rank()
        picking = self.delivery(order)
        for user in self.worker | self.stock_manager | self.li | self.manager | self.clerk | self.he:
            for values in ({"shipping_score": 999}, {"shipping_score_parts": {}}):
                self.assertRefused(REFUSED, user, "stock.picking", "write", picking.ids, values)
            self.assertRefused(REFUSED, user, "res.company", "write", self.company.ids, {"shipping_weight_customer": 0})
        for user in self.worker | self.stock_manager | self.li | self.clerk:
            for values in ({"shipping_class": "a"}, {"shipping_transit_days": 99}):
                self.assertRefused(REFUSED, user, "res.partner", "write", self.other_customer.ids, values)
        values = {"picking_type_id": self.warehouse.out_type_id.id}
        born = self.rpc(self.worker, "stock.picking", "create", [values], context={"default_shipping_score": 999})
        self.assertFalse(self.env["stock.picking"].browse(born).shipping_score)
        self.assertRefused(REFUSED, self.li, "stock.picking", "action_shipping_rank", picking.ids)
