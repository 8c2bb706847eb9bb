# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from datetime import datetime

from odoo.tests import tagged

from .common import ComplaintCommon


@tagged("post_install", "-at_install")
class TestDeadlines(ComplaintCommon):
    """The clocks (CMP-6). Office hours: Monday to Friday, 8 to 12 and 13 to 17 in Shanghai. It is Monday, 10:00."""

    def deadline(self, complaint, kind):
        self.env.invalidate_all()
        return complaint.sudo().deadline_ids.filtered(
            lambda found: found.kind == kind and found.round == complaint.sudo().round
        )

    def test_each_deadline_ends_with_the_work_of_its_last_day(self):
        complaint = self.register()
        ends = {kind: self.deadline(complaint, kind).target for kind in ("answer", "involve", "settle")}
        self.assertEqual(ends["answer"], datetime(2026, 5, 5, 9, 0))
        self.assertEqual(ends["involve"], datetime(2026, 5, 6, 9, 0))
        self.assertEqual(ends["settle"], datetime(2026, 5, 18, 9, 0))

    def test_weekend_does_not_count(self):
        self.pass_days(4, hours=5)
        complaint = self.register()
        self.assertEqual(self.deadline(complaint, "answer").target, datetime(2026, 5, 11, 9, 0))

    def test_clock_runs_from_the_receipt_not_from_the_entry(self):
        complaint = self.register(date="2026-04-30 02:00:00")
        answer = self.deadline(complaint, "answer")
        self.assertEqual((answer.target, answer.state), (datetime(2026, 5, 1, 9, 0), "late"))

    def test_each_step_meets_its_deadline(self):
        complaint = self.register().with_user(self.bao)
        complaint.action_acknowledge()
        self.assertEqual(self.deadline(complaint, "answer").state, "met")
        complaint.action_investigate()
        self.assertEqual(self.deadline(complaint, "involve").state, "met")
        self.photo(complaint)
        self.dispose(complaint, "nothing")
        complaint.action_propose()
        self.decide(complaint)
        self.assertEqual(self.deadline(complaint, "settle").state, "running")
        self.tell(complaint)
        self.assertEqual(self.deadline(complaint, "settle").state, "met")

    def test_late_answer_stays_late_by_its_working_hours(self):
        complaint = self.register()
        # Wednesday, ten o'clock: two working hours after the end of Tuesday.
        self.pass_days(2)
        self.assertTrue(complaint.is_late)
        complaint.with_user(self.bao).action_acknowledge()
        answer = self.deadline(complaint, "answer")
        self.assertEqual((answer.state, answer.late_hours), ("met_late", 2))

    def test_waiting_for_the_customer_stops_the_clock(self):
        complaint = self.register()
        self.reason(complaint, self.bao, "ask", "Which serial number has the pump?")
        self.assertEqual(self.deadline(complaint, "answer").state, "met")
        self.assertEqual(self.deadline(complaint, "settle").state, "waiting")
        self.pass_days(2)
        complaint._take_from_customer(self.portal, "It is number 17.", [])
        settle = self.deadline(complaint, "settle")
        # Monday ten o'clock to Wednesday ten o'clock are sixteen working hours: two days more.
        self.assertEqual((settle.paused_hours, settle.target), (16, datetime(2026, 5, 20, 9, 0)))
        self.assertFalse(complaint.waiting_since)

    def test_waiting_does_not_hide_what_is_late_already(self):
        complaint = self.register().with_user(self.bao)
        complaint.action_acknowledge()
        self.pass_days(3)
        self.reason(complaint, self.bao, "ask", "Which serial number has the pump?")
        self.assertEqual(self.deadline(complaint, "involve").state, "late")
        self.assertEqual(self.deadline(complaint, "settle").state, "waiting")

    def test_graver_complaint_is_due_earlier_and_a_lesser_one_later(self):
        complaint = self.register().with_user(self.bao)
        complaint.severity = "grave"
        self.assertEqual(self.deadline(complaint, "settle").target, datetime(2026, 5, 11, 9, 0))
        complaint.severity = "minor"
        self.assertEqual(self.deadline(complaint, "settle").target, datetime(2026, 5, 18, 9, 0))
        self.assertEqual([step for step, _user in self.steps(complaint)].count("classified"), 2)

    def test_reclassifying_hides_no_breach(self):
        complaint = self.register(severity="grave").with_user(self.bao)
        complaint.action_acknowledge()
        self.pass_days(8)
        before = self.deadline(complaint, "settle")
        self.assertEqual(before.state, "late")
        complaint.severity = "minor"
        complaint.with_user(self.judge).type_id = self.service
        settle = self.deadline(complaint, "settle")
        self.assertEqual((settle.state, settle.target), ("late", datetime(2026, 5, 11, 9, 0)))

    def test_reopening_starts_new_clocks_and_keeps_the_old_ones(self):
        complaint = self.decided()
        self.tell(complaint)
        self.pass_days(3)
        self.reason(complaint, self.bao, "reopen")
        settle = self.deadline(complaint, "settle")
        self.assertEqual((settle.start_date, settle.target), (self.frozen(), datetime(2026, 5, 21, 9, 0)))
        self.assertEqual(len(complaint.sudo().deadline_ids.filtered("met_date")), 3)

    def test_withdrawing_ends_the_clocks_and_keeps_what_was_late(self):
        complaint = self.register()
        self.pass_days(2)
        self.reason(complaint, self.bao, "withdraw", "Ms Xu has called")
        states = {kind: self.deadline(complaint, kind).state for kind in ("answer", "involve", "settle")}
        self.assertEqual(states, {"answer": "met_late", "involve": "ended", "settle": "ended"})

    def test_handler_is_warned_then_the_manager_then_the_office_is_told(self):
        complaint = self.register()
        complaint.sudo().user_id = self.kang
        answer = self.deadline(complaint, "answer")

        def announce():
            with self.enter_registry_test_mode():
                self.env.ref("sales_complaints.ir_cron_complaint_deadlines").method_direct_trigger()
            self.env.invalidate_all()

        def told():
            return complaint.sudo().activity_ids.user_id

        announce()
        self.assertFalse(answer.announced)
        self.pass_days(1, hours=4)
        announce()
        self.assertEqual((answer.announced, told()), ("warned", self.kang))
        self.pass_days(hours=4)
        announce()
        self.assertEqual((answer.announced, self.bao in told()), ("late", True))
        self.assertNotIn(self.general, told())
        self.pass_days(1)
        announce()
        self.assertEqual((answer.announced, self.general in told()), ("office", True))
        count = len(complaint.sudo().activity_ids.filtered(lambda found: found.user_id == self.general))
        announce()
        self.assertEqual(
            len(complaint.sudo().activity_ids.filtered(lambda found: found.user_id == self.general)), count
        )

    def test_late_complaints_are_found_without_the_job(self):
        complaint = self.register()
        Complaint = self.env["sales.complaint"]
        self.assertNotIn(complaint, Complaint.search([("is_late", "=", True)]))
        self.pass_days(2)
        self.assertIn(complaint, Complaint.search([("is_late", "=", True)]))

    def test_states_found_are_the_states_shown(self):
        complaint = self.register().with_user(self.bao)
        complaint.action_acknowledge()
        self.pass_days(3)
        self.reason(complaint, self.bao, "ask", "Which number?")
        Deadline = self.env["sales.complaint.deadline"]
        for state in Deadline._fields["state"].get_values(self.env):
            found = Deadline.search([("state", "=", state), ("complaint_id", "=", complaint.id)])
            shown = complaint.sudo().deadline_ids.filtered(lambda deadline: deadline.state == state)
            self.assertEqual(found, shown.sorted(), state)
