# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from datetime import datetime, timedelta

from odoo import fields
from odoo.tests import tagged
from odoo.tools import SQL

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

    def test_protection_without_end_is_not_announced(self):
        row = self.ownership(self.customer)
        row._evidence_write({"date_end": False})
        self.pass_days(6)
        self.remind()
        self.assertFalse(row.reminder_date)
        self.assertEqual(self.activities(self.li).mapped("res_name"), ["Hefei Pumps"])

    def columns(self, activity):
        """Return what the database holds of an activity, but for what differs between any two."""
        activity.flush_recordset()
        self.cr.execute("SELECT * FROM mail_activity WHERE id = %s", [activity.id])
        values = self.cr.dictfetchone()
        self.assertTrue(values.pop("create_date") and values.pop("write_date") and values.pop("id"))
        return values

    def test_statement_writes_what_the_orm_would(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.li.lang = "zh_CN"
        row = self.ownership(self.customer)
        self.pass_days(6)
        self.remind()
        made = self.activities(self.li).filtered(lambda activity: activity.res_id == row.id)
        reference = (
            self.env["mail.activity"]
            .with_user(made.create_uid)
            .with_context(mail_activity_quick_update=True)
            .create(
                {
                    "activity_type_id": self.env.ref("mail.mail_activity_data_todo").id,
                    "res_model_id": self.env["ir.model"]._get_id("sales.ownership"),
                    "res_id": row.id,
                    "user_id": self.li.id,
                    "date_deadline": self.company._sales_local_date(row.date_end),
                    "summary": row.with_context(lang="zh_CN").env._(
                        "Protection of %(customer)s ends soon", customer=row.group_id.name
                    ),
                }
            )
        )
        self.assertEqual(self.columns(made), self.columns(reference))
        self.assertNotIn("ends soon", made.summary)
        self.assertEqual(made.user_tz, "Asia/Shanghai")
        names = set(reference._fields) - {"id", "create_date", "write_date"}
        for user in (self.env.user, self.li):
            for name in names:
                self.assertEqual(made.with_user(user)[name], reference.with_user(user)[name], name)
        self.assertFalse(row.message_follower_ids)

    def test_owner_without_a_time_zone_is_reminded_too(self):
        self.li.tz = False
        self.pass_days(6)
        self.remind()
        self.assertEqual(self.activities(self.li).mapped("user_tz"), [False, False])

    def test_deadline_is_the_last_day_on_the_clock_of_each_company(self):
        row, other = (self.ownership(partner) for partner in (self.customer, self.other_customer))
        abroad = self.env["res.company"].create({"name": "Lima Branch"})
        abroad.partner_id.tz = abroad.resource_calendar_id.tz = "America/Lima"
        other._evidence_write({"company_id": abroad.id})
        self.assertEqual(row.date_end, datetime(2026, 5, 11, 15, 59, 59))
        for one in (row, other):
            one._evidence_write({"date_end": datetime(2026, 5, 11, 1)})
        self.pass_days(6)
        self.remind()
        self.assertEqual(row.activity_ids.date_deadline, fields.Date.to_date("2026-05-11"))
        self.assertEqual(other.activity_ids.date_deadline, fields.Date.to_date("2026-05-10"))

    def test_each_name_of_a_group_is_found_by_sql_too(self):
        lead = self.env["crm.lead"].create({"name": "Two cranes", "contact_name": "Mr Gao", "type": "lead"})
        merged, away, nobody = (
            self.env["sales.customer.group"]._of_partners(partner)[partner]
            for partner in self.env["res.partner"].create(
                [{"name": " Lvshun Docks "}, {"name": "Moved"}, {"name": "Deleted"}]
            )
        )
        merged._absorb(away)
        nobody.membership_ids._evidence_write({"date_end": fields.Datetime.now()})
        groups = (
            merged
            | away
            | nobody
            | lead._sales_ensure_group()
            | self.ownership(self.customer).group_id
            | self.env["sales.customer.group"].sudo().create({})
        )
        self.env.flush_all()
        self.env.invalidate_all()
        name = groups._name_sql(SQL("groups.id"))
        found = dict(
            self.env.execute_query(
                SQL("SELECT id, %s FROM sales_customer_group groups WHERE id = ANY(%s)", name, groups.ids)
            )
        )
        self.assertEqual(found, {group.id: group.name for group in groups})
        self.assertEqual(found[merged.id], "Moved, Lvshun Docks")

    def test_owner_is_told_on_the_screen_of_what_is_due_today(self):
        self.policy.reminder_days = 1
        sent = []

        def note(_user, kind, payload):
            sent.append((kind, payload))

        self.patch(type(self.env["res.users"]), "_bus_send", note)
        self.remind()
        self.pass_days(6, hours=23)
        self.remind()
        self.assertEqual(sent, [("mail.activity/updated", {"activity_created": True, "count_diff": 2})])

    def test_many_reminders_take_as_many_queries_as_few(self):
        def customers(count):
            partners = self.env["res.partner"].create([{"name": f"Customer {n}"} for n in range(count)])
            groups = self.env["sales.customer.group"]._of_partners(partners)
            groups = self.env["sales.customer.group"].union(*groups.values())
            self.env["sales.ownership"]._assign(groups, self.li, self.company, "Start")
            return self.env["sales.ownership"].sudo().search([("group_id", "in", groups.ids)])

        def remind(rows):
            rows._evidence_write({"remind_from": fields.Datetime.now() - timedelta(days=1)})
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.remind()
            taken = self.cr.sql_log_count - before
            self.assertTrue(all(rows.mapped("reminder_date")))
            return taken

        few, many = customers(3), customers(60)
        remind(customers(2))
        self.assertEqual(remind(few), remind(many))
