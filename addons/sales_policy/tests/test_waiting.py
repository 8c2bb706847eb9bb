# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from datetime import datetime

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import SalesPolicyCommon


@tagged("post_install", "-at_install")
class TestWaiting(SalesPolicyCommon):
    """Who comes next when protection lapses (OWN-2)."""

    def test_waiting_list_succeeds_at_the_moment_of_lapse_without_any_job(self):
        self.policy.automatic_succession = True
        first = self.register(self.customer, self.li)
        self.wait(self.wang)
        self.pass_days(1)
        self.wait(self.chen)
        self.pass_days(1)
        self.log(self.customer, self.li)
        self.assertEqual(first.date_end, datetime(2026, 5, 13, 15, 59, 59))
        self.frozen.move_to(datetime(2026, 5, 13, 16, 0))
        self.env.invalidate_all()
        self.assertEqual(self.owner(self.customer), self.wang)
        # Wang never contacts the customer: a week later it is Chen's turn
        self.frozen.move_to(datetime(2026, 5, 22, 16, 0))
        self.env.invalidate_all()
        self.assertEqual(self.owner(self.customer), self.chen)

    def test_without_automatic_succession_whoever_registers_next_takes_over(self):
        self.register(self.customer, self.li)
        self.wait(self.wang)
        self.pass_days(8)
        self.assertEqual(self.state(self.customer), "open")
        self.assertEqual(self.register(self.customer, self.chen).user_id, self.chen)

    def test_waiting_is_no_way_around_the_limit_of_customers(self):
        self.policy.write({"automatic_succession": True, "holding_cap": 1})
        self.register(self.customer, self.li)
        self.register(self.other_customer, self.wang)
        with self.assertRaisesRegex(UserError, "limit"):
            self.wait(self.wang)

    def test_who_leaves_the_waiting_list_never_succeeds(self):
        self.policy.automatic_succession = True
        self.register(self.customer, self.li)
        entry = self.wait(self.wang)
        self.wait(self.chen)
        entry.with_user(self.wang).action_leave()
        self.pass_days(8)
        self.assertEqual(self.owner(self.customer), self.chen)

    def test_archived_people_leave_the_waiting_list(self):
        self.policy.automatic_succession = True
        self.register(self.customer, self.li)
        self.wait(self.wang)
        self.wang.active = False
        self.pass_days(8)
        self.assertEqual(self.state(self.customer), "open")

    def test_colleague_cannot_end_somebody_elses_waiting(self):
        self.register(self.customer, self.li)
        entry = self.wait(self.wang)
        with self.assertRaises(AccessError):
            entry.with_user(self.chen).action_leave()

    def wait(self, user):
        self.env["sales.customer.register"].with_user(user).create({"partner_id": self.customer.id}).action_wait()
        return self.env["sales.ownership.waiting"].search([("user_id", "=", user.id)])
