# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from .common import ComplaintCommon


@tagged("post_install", "-at_install")
class TestComplaint(ComplaintCommon):
    """The way of a complaint from the first word to the file (CMP-1, 2, 3, 7)."""

    def test_complaint_is_registered_on_the_empty_form(self):
        with Form(self.env["sales.complaint"].with_user(self.kang)) as form:
            form.subject = "Nobody calls back"
            form.partner_id = self.customer
            form.type_id = self.service
        complaint = form.record
        self.assertEqual((complaint.state, complaint.registrar_id), ("registered", self.kang))
        self.assertEqual((complaint.contact_phone, complaint.email_from), (self.customer.phone, self.customer.email))

    def test_complaint_is_handed_to_a_colleague_who_is_told(self):
        complaint = self.register()
        values, context = {"user_id": self.kang.id}, {"tracking_disable": False}
        self.rpc(self.bao, complaint._name, "write", complaint.ids, values, context=context)
        told = self.env["mail.message"].search([("partner_ids", "in", self.kang.partner_id.ids)])
        self.assertIn(complaint.id, told.filtered(lambda message: message.model == complaint._name).mapped("res_id"))

    def test_goods_are_filled_in_from_the_order(self):
        order = self.delivered(quantity=10)
        line = self.register(order).line_ids
        self.assertEqual((line.product_id, line.product_uom_id), (self.pump, self.pump.uom_id))
        self.assertEqual((line.price_unit, line.delivered_quantity), (100, 10))
        self.assertEqual(line.purchase_date, order.date_order.date())

    def test_no_more_is_complained_about_than_was_delivered(self):
        order = self.delivered(quantity=10)
        self.register(order, quantity=7)
        with self.assertRaises(ValidationError), self.cr.savepoint():
            self.register(order, quantity=4)
        self.assertTrue(self.register(order, quantity=3))

    def test_withdrawn_and_unfounded_complaints_leave_the_goods_free(self):
        order = self.delivered(quantity=10)
        first = self.proposed(order, quantity=10)
        self.decide(first, grounds="unfounded")
        second = self.register(order, quantity=10)
        self.reason(second, self.bao, "withdraw")
        third = self.register(order, quantity=10)
        self.assertEqual((first.state, second.state, third.state), ("unfounded", "withdrawn", "registered"))

    def test_what_came_back_without_a_complaint_cannot_be_complained_about(self):
        order = self.delivered(quantity=10)
        wizard = self.env["stock.return.picking"].create({"picking_id": order.picking_ids.id})
        wizard.product_return_moves.quantity = 6
        self.ship(wizard._create_return())
        with self.assertRaises(ValidationError), self.cr.savepoint():
            self.register(order, quantity=5)
        self.assertTrue(self.register(order, quantity=4))

    def test_goods_of_another_customer_are_refused(self):
        order = self.delivered(partner=self.other_customer)
        with self.assertRaises(ValidationError), self.cr.savepoint():
            self.register(order, partner_id=self.customer.id)
        with self.assertRaises(ValidationError), self.cr.savepoint():
            self.register(order, partner_id=self.customer.id, order_id=False)

    def test_goods_without_document_are_written_down(self):
        complaint = (
            self.env["sales.complaint"]
            .with_user(self.li)
            .create(
                {
                    "subject": "Old pump",
                    "type_id": self.service.id,
                    "partner_id": self.customer.id,
                    "line_ids": [Command.create({"name": "Pump bought in 2019", "quantity": 500})],
                }
            )
        )
        self.assertEqual(complaint.line_ids.name, "Pump bought in 2019")

    def test_departments_are_told_and_may_investigate(self):
        complaint = self.register()
        self.assertFalse(complaint.with_user(self.ren).has_access("read"))
        complaint.with_user(self.bao).action_acknowledge()
        complaint.with_user(self.bao).action_investigate()
        self.assertIn(self.ren, complaint.sudo().activity_ids.user_id)
        complaint.with_user(self.ren).findings = "The seal was fitted the wrong way round."
        with self.assertRaises(AccessError):
            complaint.with_user(self.ren).severity = "grave"

    def test_type_says_what_has_to_be_on_file(self):
        complaint = self.register().with_user(self.bao)
        complaint.action_acknowledge()
        complaint.action_investigate()
        complaint.line_ids.colour = False
        with self.assertRaisesRegex(UserError, "photo as evidence, lot or colour"):
            complaint.action_propose()
        self.photo(complaint)
        complaint.line_ids.colour = "8812"
        complaint.action_propose()
        self.assertEqual(complaint.state, "proposal")

    def test_quality_is_decided_by_the_technical_judge(self):
        complaint = self.proposed()
        for user in (self.bao, self.kang, self.manager, self.general, self.leader, self.li):
            with self.assertRaises(AccessError), self.cr.savepoint():
                complaint.with_user(user)._decide("justified", "I say so")
        self.decide(complaint)
        self.assertEqual((complaint.state, complaint.decider_id), ("decided", self.judge))

    def test_service_is_decided_by_the_complaint_manager(self):
        complaint = self.proposed(kind=self.service)
        with self.assertRaises(AccessError), self.cr.savepoint():
            complaint.with_user(self.judge)._decide("justified", "I say so")
        self.decide(complaint)
        self.assertEqual((complaint.state, complaint.decider_id), ("decided", self.bao))

    def test_area_manager_knows_proposes_is_told_and_does_not_decide(self):
        self.leader.group_ids += self.env.ref("sales_policy.group_technical_judge") + self.env.ref(
            "sales_complaints.group_complaint_manager"
        )
        complaint = self.investigated()
        self.assertEqual((complaint.area_manager_id, complaint.salesperson_id), (self.leader, self.li))
        mine = complaint.with_user(self.leader)
        mine.proposal = "An old customer: replace it."
        self.dispose(mine, "replacement", by=self.leader)
        mine.action_propose()
        with self.assertRaisesRegex(AccessError, "manages the area"):
            mine._decide("justified", "An old customer")
        self.decide(complaint)
        told = self.env["mail.message"].search(
            [
                ("model", "=", "sales.complaint"),
                ("res_id", "=", complaint.id),
                ("message_type", "=", "user_notification"),
            ]
        )
        self.assertIn(self.leader.partner_id, told.notified_partner_ids)

    def test_who_sold_the_goods_or_answers_for_them_neither_decides_nor_closes(self):
        self.li.group_ids += self.env.ref("sales_complaints.group_complaint_manager")
        self.judge.group_ids += self.env.ref("sales_complaints.group_complaint_manager")
        self.employees[self.judge] = self.env["hr.employee"].create({"name": "Tang", "user_id": self.judge.id})
        complaint = self.proposed(kind=self.service)
        self.blame(complaint, self.judge)
        for user in (self.li, self.judge):
            with self.assertRaises(AccessError), self.cr.savepoint():
                complaint.with_user(user)._decide("justified", "I say so")
        self.decide(complaint)
        complaint.action_execute()
        self.tell(complaint)
        self.pass_days(8)
        for user in (self.li, self.judge):
            with self.assertRaises(AccessError), self.cr.savepoint():
                complaint.with_user(user).action_close()
        complaint.action_close()
        self.assertEqual(complaint.state, "closed")

    def test_closing_needs_cause_responsible_execution_reply_and_follow_up(self):
        complaint = self.proposed(kinds=("visit",))
        complaint.cause_id = False
        self.decide(complaint)
        self.tell(complaint)
        for missing in ("cause", "responsible", "Not carried out", "has not confirmed"):
            with self.assertRaisesRegex(UserError, missing), self.cr.savepoint():
                complaint.action_close()
        complaint.sudo().cause_id = self.env.ref("sales_complaints.sales_complaint_cause_sales")
        self.blame(complaint)
        complaint.action_execute()
        complaint.disposition_ids.action_done()
        with self.assertRaisesRegex(UserError, "has not confirmed"), self.cr.savepoint():
            complaint.action_close()
        complaint._confirm_by_customer()
        complaint.action_close()
        self.assertEqual(complaint.state, "closed")

    def test_follow_up_ends_by_itself_after_its_days(self):
        complaint = self.decided()
        self.blame(complaint)
        complaint.action_execute()
        self.tell(complaint)
        self.pass_days(7)
        with self.assertRaises(UserError), self.cr.savepoint():
            complaint.action_close()
        self.pass_days(1)
        complaint.action_close()
        self.assertEqual(complaint.state, "closed")

    def test_reopening_begins_a_round_and_keeps_the_old_one(self):
        complaint = self.decided()
        self.tell(complaint)
        complaint._confirm_by_customer()
        self.blame(complaint)
        complaint.action_execute()
        complaint.action_close()
        self.reason(complaint, self.bao, "reopen")
        self.assertEqual((complaint.state, complaint.round, complaint.grounds), ("reopened", 2, False))
        [old] = complaint.round_ids
        self.assertEqual((old.number, old.grounds, old.decider_id), (1, "Justified", self.judge))
        self.assertEqual(old.decision, "The seal was fitted the wrong way round.")
        self.assertEqual(len(complaint.deadline_ids), 6)
        with self.assertRaises(UserError):
            complaint.action_close()

    def test_trail_tells_who_did_what(self):
        complaint = self.decided()
        self.assertEqual(
            self.steps(complaint),
            [
                ("registered", "Bao"),
                ("acknowledged", "Bao"),
                ("investigated", "Bao"),
                ("proposed", "Bao"),
                ("decided", "Tang"),
            ],
        )

    def test_numbers_run_by_company(self):
        other = self.env["res.company"].create({"name": "Second Works"})
        numbers = [
            self.env["sales.complaint"]
            .create({"subject": "x", "type_id": self.service.id, "company_id": company.id})
            .name
            for company in (other, self.company, other)
        ]
        self.assertEqual(numbers[0], "CMP/2026/0001")
        self.assertEqual(numbers[2], "CMP/2026/0002")

    def test_customer_is_answered_by_mail_with_a_link(self):
        complaint = self.register()
        with self.mock_mail() as mails:
            complaint.action_acknowledge()
        [mail] = mails()
        self.assertIn("office@ningbo-valves.example", mail.email_to)
        self.assertIn(complaint.sudo().access_token, mail.body_html)

    def mock_mail(self):
        """Collect the mails that are created meanwhile."""
        from contextlib import contextmanager

        @contextmanager
        def collect():
            last = self.env["mail.mail"].search([], order="id desc", limit=1).id or 0
            yield lambda: self.env["mail.mail"].search([("id", ">", last)])

        return collect()
