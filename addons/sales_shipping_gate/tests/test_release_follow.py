# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from datetime import timedelta

from odoo.addons.sales_policy.tests.attack import REFUSED
from odoo.exceptions import UserError
from odoo.tests import tagged

from .shipping import ShippingCommon


@tagged("post_install", "-at_install")
class TestReleaseFollow(ShippingCommon):
    """What left on a special release is followed until it is paid for (SHP-14)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.shipping_request_required = False
        cls.today = cls.day()
        cls.env["hr.employee"].create({"name": "Li Wei", "user_id": cls.li.id})

    def ask(self, order, days=0):
        release = (
            self.env["sales.shipping.release"]
            .with_user(self.li)
            .create(
                {
                    "order_id": order.id,
                    "amount": 100,
                    "reason": "Fair",
                    "promised_date": self.today + timedelta(days=days),
                }
            )
        )
        release.action_ask()
        return release

    def left(self, days):
        """Return a release on which goods have left, with a payment promised for some days after today."""
        order = self.sold()
        release = self.ask(order, days)
        release.sudo().approval_ids.with_user(self.he).action_approve()
        self.settle()
        self.ship(self.delivery(order))
        return release

    def follow(self):
        with self.enter_registry_test_mode():
            self.env.ref("sales_shipping_gate.ir_cron_release_follow").method_direct_trigger()

    def test_missed_promise_is_locked_before_a_case_is_looked_for(self):
        release = self.left(-1).with_user(self.manager)
        taken = self.statements(release.action_propose_penalty)
        lock = next(number for number, query in enumerate(taken) if "FOR NO KEY UPDATE" in query)
        look = next(number for number, query in enumerate(taken) if 'FROM "sales_penalty"' in query)
        self.assertLess(lock, look)

    def test_missed_promise_is_told_once_and_refuses_the_next_release(self):
        release = self.left(-1)
        self.assertTrue(release.is_broken)
        for _run in range(2):
            self.follow()
        for user in self.fu | self.he:
            self.assertEqual(self.told(release, user).count("is not paid"), 1)
        with self.assertRaisesRegex(UserError, release.order_id.name):
            self.ask(self.sold())
        self.ask(self.sold(partner=self.other_customer, user=self.li))
        self.company.shipping_refuse_broken = False
        self.ask(self.sold())
        self.company.shipping_refuse_broken = True
        self.paid(release.sudo().order_id)
        self.assertFalse(release.is_broken)
        self.ask(self.sold())

    def test_promise_that_is_not_due_is_left_alone(self):
        release = self.left(0)
        self.assertFalse(release.is_broken)
        self.follow()
        self.assertFalse(release.followed_date)
        self.ask(self.sold())

    def test_penalty_is_proposed_once_by_a_manager(self):
        due, release = self.left(3), self.left(-1)
        for user in self.li | self.worker | self.clerk | self.he:
            self.assertRefused(REFUSED, user, release._name, "action_propose_penalty", release.ids)
        release.with_user(self.manager).action_propose_penalty()
        case = self.env["sales.penalty"].search([("res_model", "=", release._name), ("res_id", "=", release.id)])
        self.assertEqual((case.employee_id.user_id, case.state), (self.li, "proposed"))
        for one in release | due:
            with self.assertRaises(UserError):
                one.with_user(self.manager).action_propose_penalty()

    def test_telling_is_not_prevented(self):
        release = self.ask(self.sold())
        self.rpc(self.li, release._name, "write", release.ids, {"followed_date": "2020-01-01 00:00:00"})
        self.assertFalse(release.followed_date)

    def test_checked_request_is_issued_when_the_release_is_approved(self):
        self.company.shipping_request_required = True
        order = self.sold()
        request = self.checked(order)
        self.assertEqual(request.state, "checked")
        release = self.ask(order)
        release.sudo().approval_ids.with_user(self.he).action_approve()
        self.settle()
        self.assertEqual(request.state, "released")
