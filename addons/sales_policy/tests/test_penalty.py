# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from datetime import datetime

from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .penalty import FACTS, PenaltyCommon


@tagged("post_install", "-at_install")
class TestPenalty(PenaltyCommon):
    """The way of a case from the proposal to its end (PEN-1, PEN-3, PEN-4, PEN-5)."""

    def test_late_shipment_in_points_from_draft_to_settled(self):
        case = self.draft()
        self.assertEqual((case.state, case.points, case.total, case.mode), ("draft", 2, 0, "points"))
        case.action_propose()
        self.assertEqual((case.state, case.next_step), ("proposed", "hear"))
        case.with_user(self.hr).action_open_hearing()
        # three working days after Monday, at the end of work in Shanghai
        self.assertEqual(case.hearing_deadline, datetime(2026, 5, 7, 9, 0))
        self.assertEqual((case.state, case.next_step), ("hearing", "answer"))
        self.answer(case, self.li)
        case.invalidate_recordset()
        self.assertEqual(case.next_step, "ask")
        case.action_request_decision()
        self.assertEqual(case.next_step, "decide")
        self.decide(case)
        self.assertEqual((case.state, case.decider_id, case.approval_state), ("settled", self.general, "used"))
        self.assertEqual(
            self.steps(case),
            [
                ("drafted", "Zhao Min"),
                ("proposed", "Zhao Min"),
                ("heard", "Qian"),
                ("answered", "Li Wei"),
                ("asked", "Zhao Min"),
                ("effective", "Gao"),
            ],
        )

    def test_decision_waits_for_the_answer_or_the_deadline(self):
        case = self.heard()
        with self.assertRaisesRegex(UserError, "Li Wei may answer until"):
            case.action_request_decision()
        self.frozen.move_to(datetime(2026, 5, 7, 9, 0))
        self.env.invalidate_all()
        with self.assertRaises(UserError):
            case.action_request_decision()
        self.frozen.move_to(datetime(2026, 5, 7, 9, 0, 1))
        self.env.invalidate_all()
        case.action_request_decision()
        self.assertEqual(case.next_step, "decide")

    def test_length_of_the_hearing_is_a_setting(self):
        self.company.sales_hearing_days = 1
        self.assertEqual(self.heard().hearing_deadline, datetime(2026, 5, 5, 9, 0))
        with self.assertRaises(CheckViolation), mute_logger("odoo.sql_db"), self.cr.savepoint():
            self.company.sales_hearing_days = 0
            self.env.flush_all()

    def test_person_is_told_when_the_hearing_opens_and_not_before(self):
        case = self.proposed()
        mine = self.env["mail.activity"].search([("user_id", "=", self.li.id), ("res_model", "=", "sales.penalty")])
        self.assertFalse(mine)
        case.with_user(self.hr).action_open_hearing()
        mine = self.env["mail.activity"].search([("user_id", "=", self.li.id), ("res_model", "=", "sales.penalty")])
        self.assertEqual(mine.res_id, case.id)
        mail = self.env["mail.mail"].search([("subject", "like", case.name)])
        self.assertEqual(mail.recipient_ids, self.li.partner_id)
        self.assertNotIn(FACTS, mail.body_html)

    def test_person_adds_to_the_answer_until_the_decision_is_asked(self):
        case = self.heard()
        self.answer(case, self.li)
        self.answer(case, self.li, "And here is the forwarder's mail.")
        case.action_request_decision()
        with self.assertRaisesRegex(UserError, "asked for by Zhao Min"):
            self.answer(case, self.li, "One more thing")
        self.assertEqual(len(case.sudo().statement_ids), 2)

    def test_merit_needs_no_hearing(self):
        case = self.proposed(self.wang, rule=self.merit_rule)
        with self.assertRaisesRegex(UserError, "no hearing"):
            case.action_open_hearing()
        case.action_request_decision()
        self.decide(case)
        self.assertEqual((case.state, case.balance_points), ("settled", 5))

    def test_points_count_for_decided_cases_only(self):
        self.effective()
        self.heard(self.li)
        merit = self.proposed(self.li, rule=self.merit_rule)
        merit.action_request_decision()
        self.decide(merit)
        employee = self.employees[self.li].with_user(self.hr)
        self.assertEqual((employee.sales_points_balance, employee.sales_penalty_count), (5 - 2, 3))

    def test_repetition_doubles_the_band(self):
        self.effective()
        again = self.draft()
        self.assertEqual((again.factor, again.points_min, again.points_max, again.points), (2, 4, 12, 4))
        self.assertEqual(self.draft(self.wang).factor, 1)
        self.assertEqual(self.draft(rule=self.joint_rule).factor, 1)
        self.pass_days(90)
        self.assertEqual(self.draft().factor, 1)

    def test_dropped_case_is_no_repetition(self):
        case = self.effective()
        self.reason(case, self.general, "drop")
        self.assertEqual(self.draft().factor, 1)

    def test_manager_answers_for_the_department_in_a_case_of_their_own(self):
        case = self.proposed(rule=self.joint_rule, points=5)
        joint = case.sudo().joint_ids
        self.assertEqual((joint.employee_id, joint.state, joint.points), (self.employees[self.leader], "proposed", 1))
        self.assertEqual((joint.department_name, joint.manager_name), ("North", "Zhao Min"))
        both = (case | joint).with_user(self.hr)
        both.action_open_hearing()
        self.pass_days(10)
        with self.assertRaisesRegex(UserError, "only once"):
            joint.with_user(self.hr).action_request_decision()
        case.action_request_decision()
        self.decide(case)
        joint.with_user(self.hr).action_request_decision()
        self.decide(joint)
        self.assertEqual((case.state, joint.state), ("settled", "settled"))

    def test_nobody_answers_where_the_department_has_no_manager(self):
        self.assertFalse(self.proposed(self.chen, rule=self.joint_rule).sudo().joint_ids)
        of_leader = self.proposed(self.leader, rule=self.joint_rule)
        self.assertEqual(of_leader.sudo().joint_ids.employee_id, self.employees[self.manager])

    def test_refused_and_dropped_cases_take_the_managers_case_along(self):
        case = self.asked(rule=self.joint_rule)
        self.decide(case, verdict="refused")
        self.assertEqual((case.state, case.drop_reason), ("dropped", "Not proven"))
        self.assertEqual(case.sudo().joint_ids.state, "dropped")
        other = self.heard(self.wang, rule=self.joint_rule)
        self.reason(other, self.hr, "drop")
        self.assertEqual(other.sudo().joint_ids.state, "dropped")

    def test_terms_are_those_of_the_day_of_the_proposal(self):
        case = self.proposed()
        self.rule.with_user(self.officer).write({"points_max": 50, "points_min": 30, "points_default": 40})
        self.rule.name = "Renamed"
        self.employees[self.li].department_id = self.dept_south
        self.env.flush_all()
        self.assertEqual((case.points_min, case.points_max, case.points), (2, 6, 2))
        self.assertEqual((case.rule_name, case.department_name), ("Shipment late", "North"))

    def test_draft_outside_a_changed_schedule_is_not_proposed(self):
        case = self.draft()
        self.rule.write({"points_max": 50, "points_min": 30, "points_default": 40})
        with self.assertRaisesRegex(ValidationError, "between 30 and 50"):
            case.action_propose()

    def test_figures_are_only_lowered_after_the_proposal_and_approvals_lapse(self):
        case = self.asked(points=6)
        with self.assertRaisesRegex(UserError, "only be lowered"):
            case.points = 7
        case.points = 3
        self.env.flush_all()
        self.assertEqual((case.approval_state, case.next_step), ("lapsed", "ask"))
        with self.assertRaises(ValidationError), self.cr.savepoint():
            case.points = 1
        case.invalidate_recordset()
        case.action_request_decision()
        self.decide(case)
        self.assertEqual((case.state, case.balance_points), ("settled", -3))
        with self.assertRaises(UserError):
            case.points = 2

    def test_hr_halts_and_nothing_moves(self):
        case = self.asked()
        self.reason(case, self.hr, "halt", "A witness is heard first")
        self.assertEqual((case.next_step, case.approval_state), ("halted", "lapsed"))
        for step in (
            case.action_request_decision,
            lambda: self.reason(case, self.manager, "drop"),
            lambda: self.reason(case, self.hr, "halt"),
            lambda: case.write({"points": 2}),
        ):
            with self.assertRaisesRegex(UserError, "halted by Qian"), self.cr.savepoint():
                step()
        self.reason(case, self.hr, "resume")
        case.action_request_decision()
        self.decide(case)
        self.assertEqual(case.state, "settled")

    def test_halt_during_the_hearing_gives_the_full_time_again(self):
        case = self.heard()
        self.reason(case, self.hr, "halt")
        with self.assertRaises(UserError), self.cr.savepoint():
            self.answer(case, self.li)
        self.pass_days(7)
        self.reason(case, self.hr, "resume")
        self.assertEqual(case.hearing_deadline, datetime(2026, 5, 14, 9, 0))
        self.answer(case, self.li)

    def test_person_without_login_is_heard_by_somebody_who_does_not_decide(self):
        self.hr.group_ids += self.env.ref("sales_policy.group_general_manager")
        case = self.heard(employee=self.ma)
        self.answer(case, self.hr, "Says the gate was locked.")
        statement = case.sudo().statement_ids
        self.assertEqual((statement.person_name, statement.user_id, statement.is_taken_down), ("Old Ma", self.hr, True))
        case.action_request_decision()
        with self.assertRaisesRegex(UserError, "profit"):
            self.decide(case, by=self.hr)
        self.decide(case)
        self.assertEqual(case.state, "settled")

    def test_leaver_is_heard_on_paper(self):
        case = self.proposed()
        self.employees[self.li].active = False
        self.li.active = False
        case.with_user(self.hr).action_open_hearing()
        self.answer(case, self.hr, "By letter: it was the weather.")
        case.action_request_decision()
        self.decide(case)
        self.assertEqual((case.state, case.person_name), ("settled", "Li Wei"))

    def test_undecided_case_is_dropped_by_who_carries_it_on_and_a_decided_one_by_the_head(self):
        self.reason(self.draft(), self.manager, "drop")
        case = self.effective()
        with self.assertRaises(AccessError):
            self.reason(case, self.manager, "drop")
        self.reason(case, self.general, "drop")
        self.assertEqual((case.state, case.balance_points), ("dropped", 0))

    def test_heads_propose_for_their_own_people_only(self):
        self.assertTrue(self.proposed(self.li, by=self.leader))
        with self.assertRaises(AccessError):
            self.draft(self.chen, by=self.leader)
        self.assertTrue(self.proposed(self.chen, by=self.officer))
        for user in (self.wang, self.hr, self.general, self.accountant):
            with self.assertRaises(AccessError), self.cr.savepoint():
                self.draft(self.li, by=user)

    def test_nobody_proposes_for_themselves(self):
        for user, rule in ((self.manager, self.merit_rule), (self.leader, self.rule)):
            with self.assertRaises(AccessError), self.cr.savepoint():
                self.draft(user, by=user, rule=rule)

    def test_other_documents_propose_in_the_name_of_the_user(self):
        order = self.order(self.customer, self.li)
        cases = (
            self.env["sales.penalty"]
            .with_user(self.clerk)
            .with_context(default_effective_date="2026-01-01 00:00:00", default_points=99)
            ._propose(
                [
                    {
                        "employee_id": self.employees[user].id,
                        "rule_id": self.rule.id,
                        "facts": FACTS,
                        "res_model": "sale.order",
                        "res_id": order.id,
                        "loss": 500,
                        "freight": 80,
                    }
                    for user in (self.li, self.wang)
                ]
            )
        )
        self.assertEqual(cases.mapped("state"), ["proposed", "proposed"])
        self.assertEqual((cases.proposer_id, set(cases.mapped("points"))), (self.clerk, {2}))
        self.assertEqual(set(cases.mapped("total")), {0}, "a company that keeps points only bears no money")
        self.assertFalse(cases.env.su)
        self.company.sales_penalty_mode = "payroll"
        [case] = (
            self.env["sales.penalty"]
            .with_user(self.manager)
            ._propose(
                [
                    {
                        "employee_id": self.employees[self.chen].id,
                        "rule_id": self.rule.id,
                        "facts": FACTS,
                        "res_model": "sale.order",
                        "res_id": order.id,
                        "amount": 300,
                        "loss": 500,
                        "freight": 80,
                    }
                ]
            )
        )
        self.assertEqual((case.amount, case.total, case.res_name), (300, 880, order.name))
        self.assertEqual(case.action_open_source()["res_id"], order.id)

    def test_payroll_settles_noted_fines(self):
        self.company.sales_penalty_mode = "payroll"
        case = self.effective(amount=120)
        self.assertEqual((case.state, case.next_step, case.total_in_company), ("effective", "payroll", -120))
        with self.assertRaises(AccessError):
            case.action_settle()
        case.with_user(self.hr).action_settle()
        self.assertEqual(case.state, "settled")

    def test_schedule_of_the_policies_is_there(self):
        self.assertEqual((self.rule.amount_min, self.rule.amount_max), (100, 300))
        self.assertTrue(self.rule.charge_loss and self.rule.charge_freight)
        service = self.env.ref("sales_policy.sales_penalty_rule_complaint_service")
        self.assertEqual((service.amount_min, service.amount_max), (20, 100))
        measures = self.env["sales.penalty.rule"].search([("source", "=", "confidentiality")]).mapped("measure")
        self.assertEqual(set(measures), {"warning", "demerit", "demotion", "dismissal", "legal", "commendation"})

    def test_schedule_refuses_nonsense(self):
        for values in (
            {"kind": "merit"},
            {"measure": "bonus"},
            {"kind": "merit", "measure": "bonus", "joint_share": 10},
        ):
            with self.assertRaises(ValidationError), self.cr.savepoint():
                self.rule.write(values)
        with self.assertRaises(ValidationError), self.cr.savepoint():
            self.env.ref("sales_policy.sales_approval_kind_penalty").exclude_profiteers = False
