# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from psycopg2.errors import ForeignKeyViolation, NotNullViolation

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import PHOTO, ComplaintCommon


@tagged("post_install", "-at_install")
class TestRecords(ComplaintCommon):
    """What was said and done is recorded by the server, and whose matter it is does not change (CMP-3, 5, 7)."""

    def employee(self, user):
        values = {"name": user.name, "user_id": user.id, "company_id": self.company.id}
        self.employees[user] = self.env["hr.employee"].create(values)
        return self.employees[user]

    def measure(self, complaint, **context):
        values = {"complaint_id": complaint.id, "name": "Gauge", "user_id": self.bao.id, "date_deadline": "2026-05-08"}
        [new] = self.rpc(self.bao, "sales.complaint.measure", "create", [values], context=context)
        return self.env["sales.complaint.measure"].browse(new)

    def test_link_of_the_customer_is_given_to_nobody(self):
        complaint = self.register()
        foreign = self._user("fu", "Fu", "base.group_portal")
        foreign.partner_id.parent_id = self.other_customer
        for user in (self.li, self.bao, self.ren, foreign):
            self.assertRefused(AccessError, user, "sales.complaint", "get_portal_url", complaint.ids)
        self.assertIn(complaint._portal_ensure_token(), complaint.sudo().get_portal_url())

    def test_head_of_the_liable_department_does_not_decide(self):
        complaint = self.proposed()
        self.quality_department.manager_id = self.employee(self.judge)
        self.blame(complaint)
        self.assertIn(self.judge, complaint._involved())
        with self.assertRaises(AccessError), self.cr.savepoint():
            self.decide(complaint, by=self.judge)

    def test_who_answers_for_it_does_not_decide_after_hr_took_the_login_away(self):
        complaint = self.proposed()
        employee = self.employee(self.judge)
        self.blame(complaint, self.judge)
        self.rpc(self.hr, "hr.employee", "write", employee.ids, {"user_id": False})
        self.env.invalidate_all()
        with self.assertRaises(AccessError), self.cr.savepoint():
            self.decide(complaint, by=self.judge)

    def test_who_answers_for_a_complaint_is_not_deleted(self):
        complaint = self.decided()
        department = self.env["hr.department"].create({"name": "Gone", "company_id": self.company.id})
        values = {"complaint_id": complaint.id, "department_id": department.id}
        self.env["sales.complaint.liability"].with_user(self.bao).create(values)
        with mute_logger("odoo.sql_db"):
            self.assertRefused(ForeignKeyViolation, self.hr, "hr.department", "unlink", department.ids)
            self.assertRefused(ForeignKeyViolation, self.manager, "res.partner", "unlink", complaint.partner_id.ids)

    def test_seller_is_a_party_where_only_the_delivery_is_named(self):
        self.judge.group_ids |= self.env.ref("sales_team.group_sale_salesman_all_leads")
        move = self.delivered(user=self.judge).picking_ids.move_ids
        line = {"move_id": move.id, "quantity": 1, "colour": "1"}
        values = {"subject": "x", "type_id": self.quality.id, "partner_id": self.customer.id}
        named = {**values, "line_ids": [Command.create({**line, "sale_line_id": False})]}
        self.assertRefused(ValidationError, self.judge, "sales.complaint", "create", [named])
        [new] = self.rpc(self.judge, "sales.complaint", "create", [{**values, "line_ids": [Command.create(line)]}])
        self.assertIn(self.judge, self.env["sales.complaint"].browse(new)._involved())

    def test_former_leader_stays_a_party_when_a_word_is_corrected(self):
        self.bao.group_ids |= self.env.ref("sales_team.group_sale_manager")
        self.north.user_id = self.bao
        complaint = self.investigated(self.delivered(user=self.li), kind=self.service)
        self.rpc(self.bao, "crm.team", "write", self.north.ids, {"user_id": self.leader.id})
        word = [Command.update(complaint.line_ids.id, {"defect": "leaks"})]
        self.rpc(self.kang, "sales.complaint", "write", complaint.ids, {"line_ids": word})
        self.env.invalidate_all()
        self.assertIn(self.bao, complaint._involved())

    def test_measure_is_not_born_done_and_checked(self):
        done = {"default_done_date": "2026-01-01", "default_check_date": "2026-01-02"}
        complaint = self.investigated()
        measure = self.measure(complaint, **done, default_effect="effective", default_checker_id=self.judge.id)
        self.assertFalse(measure.done_date or measure.check_date or measure.effect or measure.checker_id)

    def test_whoever_has_done_a_measure_does_not_hand_it_on_to_judge_it(self):
        measure = self.measure(self.investigated())
        self.rpc(self.bao, measure._name, "action_done", measure.ids)
        self.assertRefused(AccessError, self.bao, measure._name, "write", measure.ids, {"user_id": self.ren.id})

    def test_staff_does_not_post_evidence_in_the_name_of_the_customer(self):
        complaint = self.register(by=self.kang)
        mail = {"message_type": "email", "author_id": self.customer.id, "email_from": self.customer.email}
        forged = {"body": "Broken", "attachments": [("leak.png", PHOTO)], **mail}
        self.answered(self.bao, complaint, **forged)
        self.assertFalse(complaint.sudo().evidence_ids)

    def answered(self, user, complaint, **values):
        try:
            with self.cr.savepoint():
                self.rpc(user, "sales.complaint", "message_post", complaint.ids, **values)
        except (AccessError, UserError, ValueError):
            self.env.invalidate_all()

    def test_a_colleague_is_no_contact_of_the_customer(self):
        complaint = self.register()
        complaint.sudo().user_id = self.li
        values = {"contact_id": self.li.partner_id.id}
        self.assertRefused(ValidationError, self.li, "sales.complaint", "write", complaint.ids, values)

    def test_clock_waits_only_for_somebody_who_was_asked(self):
        self.customer.email = False
        complaint = self.register(contact_id=False)
        complaint.email_from = False
        with self.assertRaisesRegex(UserError, "no address"), self.cr.savepoint():
            self.reason(complaint, self.bao, "ask", "Which pump?")
        self.assertFalse(complaint.sudo().waiting_since)

    def test_reply_and_evidence_need_a_complaint(self):
        for model, values in (
            ("sales.complaint.reply", {"contact": "x", "text": "y"}),
            ("sales.complaint.evidence", {"name": "x", "file": "eA=="}),
        ):
            # The host makes a sentence of it for the client.
            with mute_logger("odoo.sql_db"):
                self.assertRefused((UserError, NotNullViolation), self.bao, model, "create", [values])
