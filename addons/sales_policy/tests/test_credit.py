# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import MONDAY, SalesPolicyCommon


@tagged("post_install", "-at_install")
class TestCredit(SalesPolicyCommon):
    """Whose result a deal is (OWN-3, OWN-5)."""

    def credited(self, order, user=None):
        return order.with_user(user or self.manager).credited_user_id

    def test_colleague_who_closes_credits_the_protected_owner_and_both_are_told(self):
        self.register(self.customer, self.li)
        order = self.order(self.customer, self.wang)
        self.assertEqual(self.credited(order), self.li)
        self.assertIn("Li Wei", order.with_user(self.manager).credit_explanation)
        order.action_confirm()
        self.assertEqual(self.credited(order, self.wang), self.li)
        told = (
            order.sudo().message_ids.notified_partner_ids
            | self.env["mail.message"]
            .search([("model", "=", "sale.order"), ("res_id", "=", order.id)])
            .notified_partner_ids
        )
        self.assertEqual(told & (self.li | self.wang).partner_id, (self.li | self.wang).partner_id)

    def test_quotation_for_a_blindly_protected_customer_does_not_name_the_owner(self):
        self.register(self.customer, self.li)
        order = self.order(self.customer, self.chen)
        self.assertFalse(self.credited(order, self.chen))
        self.assertNotIn("Li Wei", order.with_user(self.chen).credit_explanation)
        self.assertEqual(self.credited(order, self.li), self.li)

    def test_quotation_follows_the_customer_until_it_is_confirmed(self):
        order = self.order(self.customer, self.wang)
        self.assertEqual(self.credited(order), self.wang)
        self.register(self.customer, self.li)
        self.assertEqual(self.credited(order), self.li)
        self.pass_days(9)
        self.assertEqual(self.credited(order), self.wang)
        self.register(self.customer, self.chen)
        order.action_confirm()
        self.pass_days(30)
        self.assertEqual(self.credited(order), self.chen)
        order.with_user(self.wang).user_id = self.wang
        self.assertEqual(self.credited(order), self.chen)

    def test_deal_with_a_relative_credits_the_owner(self):
        self.register(self.customer, self.li)
        wife = self.env["res.partner"].create({"name": "Ma Lin"})
        self.env["sales.customer.relation"].with_user(self.li).create(
            {
                "partner_id": self.customer.id,
                "other_partner_id": wife.id,
                "kind": "spouse",
                "note": "Family register",
            }
        )
        order = self.order(wife, self.wang)
        order.action_confirm()
        self.assertEqual(self.credited(order), self.li)

    def test_deal_of_the_stand_in_credits_the_absent_owner(self):
        self.register(self.customer, self.li)
        self.env["sales.ownership.cover"].with_user(self.li).create(
            {
                "user_id": self.wang.id,
                "date_to": MONDAY.replace(month=6),
            }
        )
        self.pass_days(5)
        self.log(self.customer, self.wang)
        self.pass_days(5)
        order = self.order(self.customer, self.wang)
        order.action_confirm()
        self.assertEqual(self.credited(order), self.li)

    def test_order_without_salesperson_credits_the_owner(self):
        self.register(self.customer, self.li)
        portal = self.env["sale.order"].create({"partner_id": self.customer.id, "user_id": False})
        confirmed = self.env["sale.order"].create({"partner_id": self.customer.id, "user_id": False, "state": "sale"})
        portal.write({"state": "sale"})
        self.assertEqual(self.credited(portal | confirmed), self.li)
        self.assertEqual((portal | confirmed).sales_credit_ids.mapped("basis"), ["owner", "owner"])

    def test_only_a_manager_changes_the_credit_of_a_confirmed_order_with_a_reason(self):
        self.register(self.customer, self.li)
        order = self.order(self.customer, self.wang)
        with self.assertRaisesRegex(UserError, "follows the customer"):
            order.with_user(self.manager)._sales_decide_credit(self.wang, "Closed it alone")
        order.action_confirm()
        with self.assertRaises(AccessError):
            order.with_user(self.wang)._sales_decide_credit(self.wang, "Mine")
        self.env["sales.credit.decision"].with_user(self.manager).create(
            {
                "order_ids": [(6, 0, order.ids)],
                "user_id": self.wang.id,
                "reason": "Li was on another project",
            }
        ).action_apply()
        self.assertEqual(self.credited(order), self.wang)
        self.assertIn("Li was on another project", order.with_user(self.manager).credit_explanation)
        self.assertEqual(order.sudo().sales_credit_ids.mapped("basis"), ["decision", "owner"])

    def test_credit_is_searched_and_analysed(self):
        self.register(self.customer, self.li)
        settled = self.order(self.customer, self.wang)
        settled.action_confirm()
        open_order = self.order(self.customer, self.wang)
        free = self.order(self.other_customer, self.wang)
        orders = settled | open_order | free
        ours = [("id", "in", orders.ids)]
        Order = self.env["sale.order"].with_user(self.manager)
        self.assertEqual(Order.search([*ours, ("credited_user_id", "=", self.li.id)]), settled | open_order)
        self.assertEqual(Order.search([*ours, ("credited_user_id", "=", self.wang.id)]), free)
        self.env.flush_all()
        report = dict(
            self.env["sale.report"]
            .with_user(self.manager)
            ._read_group(
                [("order_reference", "in", [f"sale.order,{order.id}" for order in orders])],
                ["credited_user_id"],
                ["price_total:sum"],
            )
        )
        self.assertEqual(report, {self.li: 200.0, self.wang: 100.0})

    def test_orders_from_before_the_switch_stay_what_they_are(self):
        self.company.sales_ownership_enabled = False
        order = self.order(self.customer, self.wang)
        order.action_confirm()
        self.assertFalse(order.sudo().sales_credit_ids)
        self.company.sales_ownership_enabled = True
        self.register(self.customer, self.li)
        self.assertEqual(self.credited(order), self.wang)
        Order = self.env["sale.order"].with_user(self.manager)
        self.assertNotIn(order, Order.search([("credited_user_id", "=", self.li.id)]))
        self.assertIn(order, Order.search([("credited_user_id", "=", self.wang.id)]))
        order._action_cancel()
        order.sudo().unlink()

    def test_many_orders_confirm_together(self):
        self.register(self.customer, self.li)
        orders = self.order(self.customer, self.wang) | self.order(self.other_customer, self.wang)
        orders.action_confirm()
        self.assertEqual([self.credited(order) for order in orders], [self.li, self.wang])

    def test_once_confirmed_order_is_not_deleted(self):
        order = self.order(self.other_customer, self.wang)
        order.action_confirm()
        order._action_cancel()
        with self.assertRaisesRegex(UserError, "once confirmed"), self.cr.savepoint():
            order.sudo().unlink()
