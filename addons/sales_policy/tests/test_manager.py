# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from datetime import datetime, timedelta

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .common import MONDAY, SalesPolicyCommon


@tagged("post_install", "-at_install")
class TestManager(SalesPolicyCommon):
    """Covers, and what sales managers decide (OWN-5, OWN-9)."""

    def test_standing_in_counts_for_the_owner(self):
        row = self.register(self.customer, self.li)
        self.env["sales.ownership.cover"].with_user(self.li).create(
            {
                "user_id": self.wang.id,
                "date_to": MONDAY + timedelta(days=20),
            }
        )
        self.pass_days(6)
        log = self.log(self.customer, self.wang)
        self.assertEqual(log.on_behalf_of_id, self.li)
        self.assertEqual(row.date_end, datetime(2026, 5, 17, 15, 59, 59))
        self.assertEqual(row.user_id, self.li)
        with self.assertRaises(AccessError):
            self.log(self.customer, self.chen, on_behalf_of_id=self.li.id)

    def test_nobody_arranges_cover_for_a_colleague_but_a_manager(self):
        Cover = self.env["sales.ownership.cover"]
        values = {"owner_id": self.li.id, "user_id": self.wang.id, "date_to": MONDAY + timedelta(days=2)}
        with self.assertRaises(AccessError), self.cr.savepoint():
            Cover.with_user(self.wang).create(values)
        cover = Cover.with_user(self.manager).create(values)
        with self.assertRaises(AccessError), self.cr.savepoint():
            cover.with_user(self.wang).date_to = MONDAY + timedelta(days=99)
        with self.assertRaises(ValidationError), self.cr.savepoint():
            Cover.with_user(self.li).create(
                {
                    "user_id": self.wang.id,
                    "date_from": MONDAY - timedelta(days=3),
                    "date_to": MONDAY + timedelta(days=3),
                }
            )

    def test_manager_assigns_releases_and_hands_over_with_a_reason(self):
        first = self.register(self.customer, self.li)
        self.transfer("assign", self.wang, self.customer)
        self.assertEqual(
            (first.end_reason, first.ended_by_id, first.end_note), ("transferred", self.manager, "New territory")
        )
        self.assertEqual(self.owner(self.customer), self.wang)
        self.transfer("release", partners=self.customer)
        self.assertEqual(self.state(self.customer), "open")
        with self.assertRaises(AccessError):
            self.transfer("assign", self.wang, self.customer, by=self.wang)

    def test_leaver_hands_over_customers_leads_activities_and_quotations(self):
        self.register(self.customer, self.li)
        self.register(self.other_customer, self.li)
        lead = self.env["crm.lead"].create(
            {"name": "Lathes", "type": "opportunity", "user_id": self.li.id, "partner_id": self.customer.id}
        )
        stage = lead.stage_id
        activity = self.customer.activity_schedule("mail.mail_activity_data_todo", user_id=self.li.id)
        quotation = self.order(self.customer, self.li)
        self.li.active = False
        self.transfer("leaver", self.wang, from_user_id=self.li.id)
        self.assertEqual(self.owner(self.customer | self.other_customer), self.wang)
        self.assertEqual((lead.user_id, lead.stage_id), (self.wang, stage))
        self.assertEqual(activity.user_id, self.wang)
        self.assertEqual(quotation.user_id, self.wang)

    def test_salesperson_of_the_partner_follows_only_when_set(self):
        self.register(self.customer, self.li)
        self.assertFalse(self.customer.user_id)
        self.company.sales_owner_sync_salesperson = True
        self.register(self.other_customer, self.li)
        self.assertEqual(self.other_customer.user_id, self.li)
