# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import Command
from odoo.tests import Form, tagged

from .common import ComplaintCommon

FORM = "sales_complaints.sales_complaint_view_form"


@tagged("post_install", "-at_install")
class TestDailyWork(ComplaintCommon):
    """What people in narrow roles do every day goes through (CMP-1)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.staff = cls._users(
            ("office", "Mo", "base.group_user"),
            ("buyer", "Mai", "base.group_user,purchase.group_purchase_user")
            if "purchase.order" in cls.env
            else ("buyer", "Mai", "base.group_user"),
        )
        cls.staff |= cls.worker | cls.accountant | cls.li | cls.judge | cls.kang

    def test_every_employee_registers_a_complaint(self):
        for user in self.staff:
            for lines in (
                [],
                [{"product_id": self.pump.id, "quantity": 1, "colour": "1"}],
                [{"name": "Old pump", "quantity": 1}],
            ):
                values = {"subject": "x", "type_id": self.service.id, "partner_id": self.customer.id}
                values["line_ids"] = [Command.create(line) for line in lines]
                [new] = self.rpc(user, "sales.complaint", "create", [values])
                self.assertEqual(self.env["sales.complaint"].browse(new).registrar_id, user)

    def test_every_employee_registers_in_the_form(self):
        for user in self.staff:
            form = Form(self.env["sales.complaint"].with_user(user), view=FORM)
            form.subject = "Leaks"
            form.partner_id = self.customer
            with form.line_ids.new() as line:
                line.product_id = self.pump
                line.name = "Pump"
                line.quantity = 1
            self.assertEqual(form.save().line_ids.product_id, self.pump)

    def test_a_complaint_is_registered_from_each_document(self):
        order = self.delivered(bill=True)
        for user, record in (
            (self.worker, order.picking_ids),
            (self.accountant, order.invoice_ids),
            (self.li, order),
            (self.kang, order.picking_ids),
        ):
            action = self.rpc(user, record._name, "action_register_complaint", record.ids)
            form = Form(self.env["sales.complaint"].with_user(user).with_context(**action["context"]), view=FORM)
            form.subject = "Leaks"
            self.assertEqual(form.save().line_ids.sale_line_id, order.order_line)

    def test_goods_left_as_they_are_can_be_paid_back_in_the_next_round(self):
        complaint = self.decided(self.delivered(bill=True), kinds=("nothing",))
        complaint.action_execute()
        self.tell(complaint)
        self.reason(complaint, self.bao, "reopen")
        complaint.action_acknowledge()
        complaint.action_investigate()
        self.assertTrue(self.dispose(complaint, "refund"))

    def test_a_complaint_opened_again_and_closed_is_not_late_for_ever(self):
        complaint = self.proposed()
        self.decide(complaint, grounds="unfounded")
        self.reason(complaint, self.bao, "reopen")
        complaint.action_acknowledge()
        complaint.action_investigate()
        self.dispose(complaint, "nothing")
        complaint.action_propose()
        self.decide(complaint)
        complaint.action_execute()
        self.tell(complaint)
        self.blame(complaint)
        complaint.sudo().confirmed_date = self.frozen()
        complaint.with_user(self.bao).action_close()
        self.pass_days(40)
        self.assertFalse(complaint.is_late)

    def test_waiting_for_the_customer_ends_when_the_customer_is_told(self):
        complaint = self.decided()
        self.reason(complaint, self.bao, "ask", "Which?")
        complaint.action_execute()
        self.tell(complaint)
        self.assertFalse(complaint.sudo().waiting_since)
        self.reason(complaint, self.bao, "reopen")
        self.reason(complaint, self.bao, "ask", "And now?")
        self.assertTrue(complaint.sudo().waiting_since)

    def test_complaints_are_not_handed_to_who_has_left(self):
        team = self.env["sales.complaint.team"].search([("company_id", "=", self.company.id)], limit=1)
        gone = self._user("gone", "Gone", "base.group_user")
        team.user_id = gone
        self.assertEqual(self.register().user_id, gone)
        gone.active = False
        self.assertFalse(self.register().user_id)

    def test_complaints_are_not_handed_to_who_works_for_another_company(self):
        other = self.env["res.company"].create({"name": "Second Works"})
        team = self.env["sales.complaint.team"].search([("company_id", "=", self.company.id)], limit=1)
        gone = self._user("gone", "Gone", "base.group_user")
        team.user_id = gone
        gone.write({"company_ids": [Command.set(other.ids)], "company_id": other.id})
        self.assertFalse(self.register().user_id)

    def test_somebody_who_is_there_and_may_look_is_told_that_it_is_late(self):
        complaint = self.register()
        gone = self._user("gone", "Gone", "base.group_user")
        complaint.sudo().user_id = gone
        complaint.team_id.sudo().manager_id = self.ren
        gone.active = False
        for stage in ("warned", "late"):
            complaint.sudo().activity_ids.unlink()
            complaint.sudo().deadline_ids[:1]._announce(stage)
            told = complaint.sudo().activity_ids.user_id
            self.assertIn(self.bao, told)
            self.assertFalse(told & (gone | self.ren))
        complaint.sudo().activity_ids.unlink()
        complaint.team_id.sudo().manager_id = self.kang
        complaint.sudo().deadline_ids[:1]._announce("late")
        self.assertEqual(complaint.sudo().activity_ids.user_id, self.kang)
