# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo.tests import tagged

from .common import SalesPolicyCommon


@tagged("post_install", "-at_install")
class TestReminder(SalesPolicyCommon):
    """The job only announces: one activity for each customer, one mail a day for each owner."""

    def remind(self):
        with self.enter_registry_test_mode():
            self.env.ref("sales_policy.ir_cron_sales_ownership_remind").method_direct_trigger()
        self.env.invalidate_all()

    def activities(self, user):
        return self.env["mail.activity"].search([("res_model", "=", "sales.ownership"), ("user_id", "=", user.id)])

    def mails(self, user):
        return self.env["mail.mail"].search([("recipient_ids", "in", user.partner_id.ids)])

    def setUp(self):
        super().setUp()
        for partner in self.customer | self.other_customer:
            self.register(partner, self.li)

    def test_owner_is_reminded_once_and_gets_one_mail_for_all_customers(self):
        self.remind()
        self.assertFalse(self.activities(self.li))
        self.pass_days(6)
        self.remind()
        self.remind()
        self.assertEqual(len(self.activities(self.li)), 2)
        self.assertIn("Ningbo Valve Works", "".join(self.activities(self.li).mapped("summary")))
        self.assertEqual(len(self.mails(self.li)), 1)
        self.assertIn("Hefei Pumps", self.mails(self.li).body_html)

    def test_owner_finishes_the_reminder(self):
        self.pass_days(6)
        self.remind()
        activity = self.activities(self.li)[0]
        activity.with_user(self.li).action_feedback(feedback="Called")
        self.assertEqual(len(self.activities(self.li)), 1)

    def test_new_contact_makes_a_new_reminder_due_later(self):
        self.pass_days(6)
        self.remind()
        self.log(self.customer, self.li)
        self.assertFalse(self.ownership(self.customer).reminder_date)
        self.pass_days(6)
        self.remind()
        self.assertEqual(len(self.activities(self.li)), 3)

    def test_mail_can_be_switched_off(self):
        self.company.sales_digest_enabled = False
        self.pass_days(6)
        self.remind()
        self.assertFalse(self.mails(self.li))

    def test_waiting_people_are_told_that_the_customer_is_open(self):
        wizard = self.env["sales.customer.register"].with_user(self.wang).create({"partner_id": self.customer.id})
        wizard.action_wait()
        self.pass_days(8)
        self.remind()
        self.remind()
        told = self.env["mail.message"].search([("notified_partner_ids", "in", self.wang.partner_id.ids)])
        self.assertEqual(len(told.filtered(lambda m: "open now" in m.body)), 1)

    def test_without_the_job_ownership_is_the_same(self):
        self.pass_days(60)
        self.assertEqual(self.state(self.customer), "open")
