# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import Command, fields
from odoo.tests import HttpCase, tagged

from .common import ComplaintCommon

PHONE, DESK = "375x667", "1366x768"


@tagged("post_install", "-at_install")
class TestComplaintTours(ComplaintCommon, HttpCase):
    """A complaint as the people walk it: the customer on a phone, the office and the technical judge at a desk."""

    def freeze(self):
        """Leave the clock running: a browser has its own."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.portal.password = cls.portal.login

    def walk(self, path, tour, user, size=DESK):
        self.browser_size, self.touch_enabled = size, size == PHONE
        self.env.flush_all()
        self.start_tour(path, f"sales_complaints_{tour}", login=user.login)
        self.env.invalidate_all()

    def open(self, record, action=None):
        if not action:
            return f"/odoo/{record._name}/{record.id}"
        path = f"/odoo/action-{self.env.ref(action).id}"
        return f"{path}/{record.id}" if record else path

    def form(self, complaint):
        return self.open(complaint, "sales_complaints.sales_complaint_action")

    def test_from_a_photo_on_the_phone_to_the_printed_form(self):
        order = self.delivered(bill=True)
        self.walk(f"/my/orders/{order.id}", "complain_on_a_phone", self.portal, PHONE)
        complaint = self.env["sales.complaint"].search([("order_id", "=", order.id)])
        self.assertEqual(
            (complaint.channel, complaint.line_ids.quantity, complaint.line_ids.colour), ("portal", 2, "8812")
        )
        self.assertTrue(complaint.evidence_ids.is_picture)
        self.walk(self.form(complaint), "investigate", self.bao)
        self.assertEqual((complaint.state, complaint.proposal), ("proposal", "One back, one anew"))
        self.assertEqual(complaint.liability_ids.department_id, self.quality_department)
        refund, replacement = complaint.sudo().disposition_ids.sorted("id")
        self.assertEqual(
            [(found.kind, found.quantity, found.amount) for found in refund | replacement],
            [("refund", 1, 100), ("replacement", 1, 0)],
        )
        self.walk(self.form(complaint), "decide", self.judge)
        self.assertEqual((complaint.state, complaint.decider_id), ("decided", self.judge))
        self.walk(self.form(complaint), "carry_out", self.bao)
        self.assertEqual((refund.credit_note_ids.state, replacement.picking_ids.state), ("draft", "assigned"))
        self.walk(self.open(refund.credit_note_ids), "post_credit_note", self.accountant)
        self.walk(self.open(replacement.picking_ids), "deliver_replacement", self.worker)
        self.assertEqual((refund.state, replacement.state), ("done", "done"))
        self.walk(self.form(complaint), "tell", self.bao)
        self.walk(f"/my/complaints/{complaint.id}", "confirm_and_rate", self.portal, PHONE)
        self.assertEqual((complaint.rating_last_value, bool(complaint.confirmed_date)), (5, True))
        self.walk(self.form(complaint), "close_and_print", self.bao)
        self.assertEqual(complaint.state, "closed")
        self.assertEqual((complaint.credit_cost, complaint.goods_cost), (100, 60))
        action = self.rpc(self.bao, "sales.complaint", "action_print_form", complaint.ids)
        report = self.env["ir.actions.report"].with_user(self.bao)
        paper = report.with_context(force_report_rendering=True)._render_qweb_pdf(action["report_name"], complaint.ids)
        self.assertTrue(paper[0].startswith(b"%PDF"))

    def test_from_a_bad_word_on_the_phone_to_a_penalty(self):
        self.walk(f"{self.form(None)}/new", "register_service", self.kang)
        complaint = self.env["sales.complaint"].search([("registrar_id", "=", self.kang.id)])
        self.assertEqual((complaint.kind, complaint.state, complaint.user_id), ("service", "proposal", self.kang))
        self.walk(self.form(complaint), "service_to_penalty", self.bao)
        case = complaint.sudo().liability_ids.penalty_id
        self.assertEqual((case.person_name, case.state), ("Wang Fang", "proposed"))
        cases = "sales_policy.sales_penalty_action"
        self.walk(self.open(case, cases), "open_hearing", self.hr)
        self.walk(self.open(None, "sales_policy.sales_penalty_action_mine"), "answer_case", self.wang)
        self.assertEqual(case.sudo().statement_ids.user_id, self.wang)
        self.walk(self.open(case, cases), "ask_for_decision", self.bao)
        self.walk(self.open(None, "sales_policy.sales_approval_action_to_decide"), "approve_penalty", self.general)
        self.assertEqual(case.state, "settled")
        self.walk(self.form(complaint), "tell_of_service", self.kang)
        self.walk(f"/my/complaints/{complaint.id}", "confirm_service", self.portal, PHONE)
        self.walk(self.form(complaint), "close_and_print", self.kang)
        self.assertEqual(complaint.state, "closed")

    def test_manager_looks_at_what_is_late(self):
        complaint = self.register(date=fields.Datetime.subtract(fields.Datetime.now(), days=90))
        self.assertTrue(complaint.is_late)
        self.walk(self.open(None, "sales_complaints.sales_complaint_action"), "look_around", self.bao)

    def test_customer_says_what_could_be_better_on_a_phone(self):
        found = self.env["sales.opinion.round"].create(
            {
                "name": "Opinions 2026",
                "date_end": fields.Date.add(fields.Date.today(), days=20),
                "partner_ids": [Command.set(self.customer.ids)],
            }
        )
        found.with_user(self.bao).action_ask()
        self.walk("/my/opinions", "opinion_on_a_phone", self.portal, PHONE)
        self.assertEqual((found.opinion_ids.score, found.opinion_ids.score_goods), (4, 5))
