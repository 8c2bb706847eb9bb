# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

import base64

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import SAID, ComplaintCommon


@tagged("post_install", "-at_install")
class TestPapers(ComplaintCommon):
    """What is printed, what the office gets, and what repeats (CMP-4, 5)."""

    def html(self, complaint, report, user=None):
        report = self.env.ref(f"sales_complaints.{report}").with_user(user or self.bao)
        return report._render_qweb_html(report.report_name, complaint.ids)[0].decode()

    def settled(self, **values):
        complaint = self.decided(**values)
        self.blame(complaint)
        complaint.action_execute()
        self.tell(complaint)
        return complaint

    def test_form_tells_the_whole_case(self):
        text = self.html(self.settled(), "sales_complaint_form_report")
        for word in ("Quality Complaint Handling Form", "Pump leaks", "8812", "wrong way round", "Ms Xu", "Quality"):
            self.assertIn(word, text)
        service = self.html(self.register(kind=self.service), "sales_complaint_form_report")
        self.assertIn("Service Complaint Handling Form", service)

    def test_investigation_report_shows_the_photos(self):
        complaint = self.investigated()
        complaint.findings = "The seal was fitted the wrong way round."
        text = self.html(complaint, "sales_complaint_investigation_report")
        self.assertIn("data:image/png;base64,", text)
        self.assertIn("fitted the wrong way", text)

    def test_letter_says_what_the_customer_was_told_and_nothing_internal(self):
        complaint = self.settled(kinds=({"kind": "compensation", "amount": 80},))
        complaint.sudo().findings = "Cheap seals bought"
        text = self.html(complaint, "sales_complaint_letter_report")
        self.assertIn(SAID, text)
        self.assertIn("80", text)
        for secret in ("Cheap seals", "Quality", "wrong way round"):
            self.assertNotIn(secret, text)
        with self.assertRaises(UserError):
            self.html(self.register(), "sales_complaint_letter_report")

    def test_office_gets_the_form_when_a_complaint_is_closed(self):
        self.company.sales_complaint_office_email = "office@works.example"
        complaint = self.settled()
        complaint._confirm_by_customer()
        last = self.env["mail.mail"].search([], order="id desc", limit=1).id or 0
        complaint.action_close()
        mail = self.env["mail.mail"].search([("id", ">", last), ("email_to", "=", "office@works.example")])
        self.assertEqual(len(mail), 1)
        [form] = mail.attachment_ids
        self.assertTrue(base64.b64decode(form.datas).startswith((b"%PDF", b"<!DOCTYPE", b"<html")))

    def test_service_complaint_ends_in_a_penalty(self):
        complaint = self.proposed(kind=self.service)
        self.blame(complaint, self.wang)
        self.decide(complaint)
        complaint.action_propose_penalties()
        case = complaint.sudo().liability_ids.penalty_id
        self.assertEqual((case.rule_id, case.person_name), (self.service.rule_minor_id, "Wang Fang"))
        self.assertEqual(
            (case.proposer_id, case.state, case.points), (self.bao, "proposed", case.rule_id.points_default)
        )
        self.assertIn(complaint.name, case.facts)
        case.with_user(self.hr).action_open_hearing()
        self.answer(case, self.wang, "I called back the same day.")
        case.with_user(self.bao).action_request_decision()
        self.decide_case(case)
        self.assertEqual(case.state, "settled")

    def decide_case(self, case):
        self.approvals(case).with_user(self.general).action_approve()
        self.env.invalidate_all()

    def test_department_answers_through_its_manager(self):
        complaint = self.decided()
        self.blame(complaint, share=60)
        self.env["sales.complaint.liability"].with_user(self.bao).create(
            {"complaint_id": complaint.id, "partner_id": self.third_customer.id, "share": 40}
        )
        complaint.with_user(self.judge).action_propose_penalties()
        cases = complaint.sudo().liability_ids.penalty_id
        self.assertEqual(cases.employee_id, self.employees[self.ren])

    def test_shares_make_up_no_more_than_the_whole(self):
        complaint = self.decided()
        self.blame(complaint, share=60)
        with self.assertRaises(UserError), self.cr.savepoint():
            self.blame(complaint, self.wang, share=41)

    def test_third_complaint_about_one_colour_is_an_alert(self):
        def alerts():
            return self.env["mail.activity"].search(
                [("res_model", "=", "sales.complaint"), ("summary", "ilike", "Complaints repeat")]
            )

        for _number in range(2):
            self.register(self.delivered())
        self.register(self.delivered(), line_ids=[Command.create({"name": "Other", "colour": "8812"})])
        self.assertFalse(alerts())
        third = self.register(self.delivered(partner=self.other_customer))
        self.assertEqual((set(alerts().mapped("res_id")), self.bao in alerts().user_id), ({third.id}, True))
        self.assertIn("8812", alerts()[0].summary)
        count = len(alerts())
        self.assertEqual(count, len(alerts().user_id), "each manager is told once")
        self.register(self.delivered())
        self.assertEqual(len(alerts()), count)

    def test_old_complaints_are_no_alert(self):
        for _number in range(2):
            self.register(self.delivered())
        self.pass_days(31)
        self.register(self.delivered())
        self.assertFalse(self.env["mail.activity"].search([("summary", "ilike", "Complaints repeat")]))
