# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from datetime import timedelta

from odoo import fields
from odoo.addons.sales_policy.tests.attack import REFUSED
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import GateCommon


@tagged("post_install", "-at_install")
class TestShippingAnalysis(GateCommon):
    """What is held, why and how long; what left in time, and what by exception (SHP-13)."""

    def held(self, groupby, spec="value:sum", domain=()):
        self.env.flush_all()
        rows = self.env["sales.shipping.held"].with_user(self.fu)._read_group(list(domain), [groupby], [spec])
        return dict(rows)

    def left(self, orders, *specs):
        self.env.flush_all()
        rows = self.env["sales.shipping.left"].with_user(self.fu)
        [found] = rows._read_group([("order_id", "in", orders.ids)], [], specs)
        return found

    def test_held_value_is_what_has_not_left_by_reason_and_age(self):
        fresh, old = self.sold(quantity=3), self.sold(quantity=2)
        old.date_order = fields.Datetime.now() - timedelta(days=40)
        stopped = self.sold()
        self.paid(stopped)
        stopped.with_user(self.fu)._gate_decide("hold", "Customer moves")
        self.settle()
        mine = [("order_id", "in", (fresh | old | stopped).ids)]
        self.assertEqual(self.held("reason", domain=mine), {"money": 500, "hold": 100})
        self.assertEqual(self.held("age", domain=mine), {"0": 400, "2": 200})
        self.assertEqual(self.held("order_id", "days:avg", mine)[old], 40)

    def test_what_is_released_is_not_held(self):
        order = self.sold()
        self.assertEqual(self.held("order_id", domain=[("order_id", "=", order.id)]), {order: 100})
        self.paid(order)
        self.settle()
        self.assertFalse(self.held("order_id", domain=[("order_id", "=", order.id)]))

    def test_part_that_left_is_worth_nothing_here(self):
        order = self.sold(quantity=4)
        self.paid(order)
        self.ship(self.delivery(order), 1)
        order.with_user(self.fu)._gate_decide("hold", "Customer moves")
        self.settle()
        self.assertEqual(self.held("order_id", domain=[("order_id", "=", order.id)]), {order: 300})

    def test_rates_of_what_left(self):
        ruled, excepted = self.sold(), self.sold()
        self.paid(ruled)
        excepted.with_user(self.fu)._gate_decide("confirmation", "Seen on the bank's page")
        self.settle()
        for order, promised in ((ruled, 3), (excepted, -3)):
            self.delivery(order).move_ids.date_deadline = fields.Datetime.now() + timedelta(days=promised)
            self.ship(self.delivery(order))
        both = ruled | excepted
        self.assertEqual(self.left(both, "on_time:avg", "exception:avg", "incident:avg"), (50, 50, 0))
        self.assertEqual(self.left(ruled, "on_time:avg", "exception:avg"), (100, 0))

    def test_figures_are_for_those_who_oversee(self):
        self.sold()
        for model in ("sales.shipping.held", "sales.shipping.left"):
            for user in self.li | self.worker | self.employee | self.portal:
                self.assertRefused(AccessError, user, model, "formatted_read_group", [], [], ["__count"])
            for user in self.fu | self.he | self.clerk | self.manager | self.stock_manager:
                self.rpc(user, model, "formatted_read_group", [], [], ["__count"])
                self.assertRefused(REFUSED, user, model, "create", [{}])

    def test_held_goods_of_foreign_companies_are_not_seen(self):
        other = self.env["res.company"].create({"name": "Other works"})
        order = self.sold()
        self.env.flush_all()
        self.env.cr.execute("UPDATE sale_order SET company_id = %s WHERE id = %s", [other.id, order.id])
        self.env.cr.execute("UPDATE res_company SET shipping_gate_enabled = TRUE WHERE id = %s", [other.id])
        self.env.invalidate_all()
        seen = self.env["sales.shipping.held"].with_user(self.fu).search([])
        self.assertNotIn(order.id, seen.ids)
