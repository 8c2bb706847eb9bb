# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import MONDAY, SUMMARY, SalesPolicyCommon


@tagged("post_install", "-at_install")
class TestContactLog(SalesPolicyCommon):
    """What is written down about a contact, and what proves one by itself (OWN-1)."""

    def last_log(self):
        return self.env["sales.contact.log"].sudo().search([], order="id desc", limit=1)

    def test_server_stamps_person_team_name_and_time(self):
        log = self.log(self.customer, self.li)
        self.assertEqual((log.user_id, log.team_id, log.partner_name), (self.li, self.north, "Ningbo Valve Works"))
        self.assertEqual(log.contact_date, MONDAY)
        self.customer.name = "Renamed"
        self.assertEqual(log.partner_name, "Ningbo Valve Works")

    def test_many_contacts_are_recorded_together(self):
        self.register(self.customer, self.li)
        self.register(self.other_customer, self.li)
        self.pass_days(2)
        self.env["sales.contact.log"].with_user(self.li).create(
            [{"partner_id": partner.id, "summary": SUMMARY} for partner in self.customer | self.other_customer]
        )
        for partner in self.customer | self.other_customer:
            self.assertEqual(self.ownership(partner).date_end.day, 13)

    def test_next_step_becomes_an_activity_of_its_author(self):
        log = self.log(self.customer, self.li, next_step="Send drawing", next_step_date="2026-05-06")
        activity = self.env["mail.activity"].search([("res_model", "=", "sales.contact.log"), ("res_id", "=", log.id)])
        self.assertEqual((activity.user_id, activity.summary), (self.li, "Send drawing"))
        self.assertEqual(activity.date_deadline, fields.Date.to_date("2026-05-06"))

    def test_correction_is_a_further_record_that_protects_nothing(self):
        row = self.register(self.customer, self.li)
        log = row.log_id
        self.pass_days(2)
        correction = self.log(self.customer, self.li, corrects_id=log.id, summary="It was their driver, not the buyer")
        self.assertFalse(correction.counts)
        self.assertEqual(log.correction_ids, correction)
        self.assertEqual(row.date_end.day, 11)
        with self.assertRaises(AccessError), self.cr.savepoint():
            self.log(self.customer, self.manager, corrects_id=log.id)

    def test_correction_bears_the_date_of_what_it_corrects(self):
        log = self.log(self.customer, self.li)
        self.pass_days(5)
        context = log.with_user(self.li).action_correct()["context"]
        corrected = self.env["sales.contact.log"].with_user(self.li).with_context(**context)
        values = corrected.default_get(["corrects_id", "partner_id", "contact_date", "channel", "direction"])
        correction = corrected.create({**values, "summary": "It was their driver, not the buyer"})
        self.assertEqual((correction.contact_date, correction.counts), (MONDAY, False))

    def test_summary_and_lateness_are_settings(self):
        self.company.write({"sales_contact_summary_length": 3, "sales_contact_backdate_hours": 72})
        log = self.log(self.customer, self.li, summary="Yes", contact_date=MONDAY - timedelta(hours=70))
        self.assertTrue(log.exists())

    def test_contact_without_customer_is_refused(self):
        with self.assertRaises(ValidationError), self.cr.savepoint():
            self.env["sales.contact.log"].with_user(self.li).create({"summary": SUMMARY})

    def test_mail_to_and_from_the_customer_is_recorded_once(self):
        row = self.register(self.customer, self.li)
        self.customer.email = "buyer@ningbo.example"
        self.pass_days(2)
        sent = self.customer.with_user(self.li).message_post(
            body="Here is the offer for two lathes",
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            partner_ids=self.customer.ids,
        )
        sent.with_user(self.li).action_sales_log_contact()
        log = self.last_log()
        self.assertEqual((log.channel, log.direction, log.message_id), ("email", "out", sent))
        self.assertIn("offer", log.summary)
        self.assertEqual(row.date_end.day, 13)
        with self.assertRaisesRegex(UserError, "already"):
            sent.with_user(self.li).action_sales_log_contact()
        received = self.customer.message_post(
            body="Thank you, we take both",
            message_type="email",
            subtype_xmlid="mail.mt_comment",
            author_id=self.customer.id,
        )
        received.with_user(self.li).action_sales_log_contact()
        self.assertEqual((self.last_log().direction, self.last_log().user_id), ("in", self.li))

    def test_notes_and_automatic_messages_are_no_contact(self):
        self.register(self.customer, self.li)
        as_li = self.customer.with_user(self.li)
        note = as_li.message_post(body="Remember to call them back", subtype_xmlid="mail.mt_note")
        automatic = self.customer.message_post(
            body="Stage changed automatically", message_type="notification", subtype_xmlid="mail.mt_comment"
        )
        alone = as_li.message_post(
            body="Nobody receives this message", message_type="comment", subtype_xmlid="mail.mt_comment"
        )
        for message in (note, automatic, alone):
            with self.assertRaises(UserError), self.cr.savepoint():
                message.with_user(self.li).action_sales_log_contact()

    def test_colleagues_message_is_not_mine(self):
        sent = self.customer.with_user(self.wang).message_post(
            body="Here is the offer for two lathes",
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            partner_ids=self.customer.ids,
        )
        with self.assertRaisesRegex(UserError, "author"):
            sent.with_user(self.li).action_sales_log_contact()

    def test_finished_call_is_recorded_as_a_call(self):
        activity = self.customer.activity_schedule(
            "mail.mail_activity_data_call", user_id=self.li.id, summary="Call about the lathes"
        )
        message_id = activity.with_user(self.li).action_feedback(feedback="They need them in June")
        message = self.env["mail.message"].browse(message_id)
        message.with_user(self.li).action_sales_log_contact()
        self.assertEqual((self.last_log().channel, self.last_log().direction), ("call", "two_way"))

    def test_held_meeting_is_recorded_with_each_customer_who_took_part(self):
        event = (
            self.env["calendar.event"]
            .with_user(self.li)
            .create(
                {
                    "name": "Factory tour with both buyers",
                    "start": MONDAY,
                    "stop": MONDAY + timedelta(hours=1),
                    "partner_ids": [(6, 0, (self.li.partner_id | self.customer | self.other_customer).ids)],
                }
            )
        )
        with self.assertRaisesRegex(UserError, "after it was held"):
            event.action_sales_log_contact()
        self.pass_days(hours=2)
        with self.assertRaisesRegex(UserError, "took part"):
            event.with_user(self.wang).action_sales_log_contact()
        event.action_sales_log_contact()
        logs = self.env["sales.contact.log"].search([("event_id", "=", event.id)])
        self.assertEqual(logs.partner_id, self.customer | self.other_customer)
        self.assertEqual(set(logs.mapped("channel")), {"meeting"})
        with self.assertRaisesRegex(UserError, "already"):
            event.action_sales_log_contact()

    def test_held_meeting_with_a_short_title_is_recorded_as_it_is(self):
        now = fields.Datetime.now()
        event = self.env["calendar.event"].with_user(self.li)
        event = event.create(
            {
                "name": "Demo",
                "start": now - timedelta(hours=2),
                "stop": now - timedelta(hours=1),
                "partner_ids": [(6, 0, (self.customer | self.li.partner_id).ids)],
            }
        )
        self.rpc(self.li, "calendar.event", "action_sales_log_contact", event.ids)
        log = self.env["sales.contact.log"].search([("event_id", "=", event.id)])
        self.assertEqual(log.summary, "Meeting “Demo” with Ningbo Valve Works")

    def test_message_on_a_quotation_is_a_contact_with_its_customer(self):
        order = self.order(self.customer, self.li)
        sent = order.with_user(self.li).message_post(
            body="Please find the quotation attached",
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            partner_ids=self.customer.ids,
        )
        sent.with_user(self.li).action_sales_log_contact()
        self.assertEqual(self.last_log().partner_id, self.customer)

    def test_message_that_one_may_not_read_cannot_be_recorded(self):
        event = self.env["hr.employee"].create({"name": "Somebody"})
        message = event.message_post(body="Salary talk with the boss", message_type="comment")
        self.assertRefused((AccessError, UserError), self.li, "mail.message", "action_sales_log_contact", message.ids)
