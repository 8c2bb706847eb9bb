# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .attack import REFUSED
from .penalty import FACTS, PenaltyCommon

FORGED = {
    "state": "settled",
    "effective_date": "2026-01-01 00:00:00",
    "proposed_date": "2026-01-01 00:00:00",
    "dropped_date": "2026-01-01 00:00:00",
    "settled_date": "2026-01-01 00:00:00",
    "hearing_deadline": "2026-01-01 00:00:00",
    "answered_date": "2026-01-01 00:00:00",
    "is_halted": True,
    "is_reconciled": True,
    "decider_id": 1,
    "proposer_id": 1,
    "person_name": "Nobody",
    "amount_max": 1e6,
    "points_max": 99,
    "factor": 9,
    "mode": "books",
    "total": 7,
    "balance_points": 50,
    "total_in_company": 7,
    "name": "PR/0",
}


@tagged("post_install", "-at_install")
class TestPenaltyAttacks(PenaltyCommon):
    """What people try on cases by RPC, under every role."""

    def values(self, case):
        self.env.flush_all()
        self.env.invalidate_all()
        names = [*FORGED, "amount", "points", "facts", "employee_id", "rule_id"]
        return case.sudo().read(names, load=False)

    def assertStepRefused(self, step):
        try:
            with mute_logger("odoo.addons.base.models.ir_rule"), self.cr.savepoint():
                step()
        except REFUSED:
            self.env.invalidate_all()
        else:
            self.fail("the step was not refused")

    def test_nobody_writes_what_the_server_fills_in(self):
        for case in (self.draft(), self.heard(self.wang), self.effective(self.chen)):
            before = self.values(case)
            for user in self.everybody:
                for name, value in FORGED.items():
                    self.assertRefused(REFUSED, user, "sales.penalty", "write", case.ids, {name: value})
                self.assertRefused(REFUSED, user, "sales.penalty", "web_save", case.ids, {"points": 5, "factor": 9}, {})
            self.assertEqual(self.values(case), before)

    def test_nobody_creates_a_decided_case(self):
        vals = {"employee_id": self.employees[self.li].id, "rule_id": self.rule.id, "facts": FACTS}
        for user in self.everybody:
            for name, value in {**FORGED, "principal_id": 1, "step_ids": [], "statement_ids": []}.items():
                self.assertRefused(REFUSED, user, "sales.penalty", "create", [{**vals, name: value}])
        defaults = {f"default_{name}": value for name, value in FORGED.items()}
        [case_id] = self.rpc(self.manager, "sales.penalty", "create", [vals], context=defaults)
        case = self.env["sales.penalty"].browse(case_id)
        self.assertEqual(
            (case.state, case.proposer_id, case.factor, case.effective_date), ("draft", self.manager, 1, False)
        )

    def test_figures_and_facts_stay_after_the_proposal(self):
        case = self.heard()
        before = self.values(case)
        for values in (
            {"facts": "Something else"},
            {"employee_id": self.employees[self.wang].id},
            {"rule_id": self.joint_rule.id},
            {"points": 6},
            {"points": 1},
            {"points": -4},
            {"loss": 10},
            {"amount": 100},
            {"res_model": "res.users", "res_id": 1},
        ):
            for user in self.everybody:
                self.assertRefused(REFUSED, user, "sales.penalty", "write", case.ids, values)
        self.assertEqual(self.values(case), before)

    def test_amounts_outside_the_band_are_refused(self):
        self.company.sales_penalty_mode = "payroll"
        vals = {"employee_id": self.employees[self.li].id, "rule_id": self.rule.id, "facts": FACTS}
        for figures in (
            {"amount": 99},
            {"amount": 301},
            {"amount": -100},
            {"points": 1},
            {"points": 7},
            {"loss": -1},
            {"freight": -1},
        ):
            self.assertRefused(REFUSED, self.manager, "sales.penalty", "create", [{**vals, **figures}])
        service = self.env.ref("sales_policy.sales_penalty_rule_complaint_service")
        self.assertRefused(
            REFUSED, self.manager, "sales.penalty", "create", [{**vals, "rule_id": service.id, "loss": 10}]
        )

    def test_nobody_deletes_a_case_or_its_trail(self):
        case = self.heard()
        self.answer(case, self.li)
        for records in (case, case.sudo().step_ids, case.sudo().statement_ids, self.draft()):
            for user in self.everybody:
                self.assertRefused(REFUSED, user, records._name, "unlink", records.ids)
            with self.assertRaises(UserError), self.cr.savepoint():
                records.sudo().unlink()

    def test_nobody_forges_the_trail_or_a_statement(self):
        case = self.heard()
        step = {
            "penalty_id": case.id,
            "step": "effective",
            "user_id": self.general.id,
            "date": "2026-01-01 00:00:00",
        }
        statement = {
            "penalty_id": case.id,
            "person_name": "Li Wei",
            "body": "I did it",
            "date": "2026-01-01 00:00:00",
            "user_id": self.li.id,
        }
        self.answer(case, self.li)
        for user in self.everybody:
            self.assertRefused(REFUSED, user, "sales.penalty.step", "create", [step])
            self.assertRefused(REFUSED, user, "sales.penalty.statement", "create", [statement])
            self.assertRefused(REFUSED, user, "sales.penalty.step", "write", case.sudo().step_ids.ids, {"note": "x"})
            self.assertRefused(
                REFUSED, user, "sales.penalty.statement", "write", case.sudo().statement_ids.ids, {"body": "x"}
            )

    def test_steps_belong_to_their_roles(self):
        case = self.proposed()
        may_open = self.manager | self.hr | self.officer | self.leader
        for user in self.everybody - may_open:
            self.assertRefused(REFUSED, user, "sales.penalty", "action_open_hearing", case.ids)
        case.action_open_hearing()
        self.pass_days(10)
        for user in self.everybody - may_open:
            self.assertRefused(REFUSED, user, "sales.penalty", "action_request_decision", case.ids)
        for user in self.everybody - self.hr:
            for step in ("halt", "resume"):
                self.assertRefused(REFUSED, user, "sales.penalty", "action_settle", case.ids)
                self.assertStepRefused(lambda: self.reason(case, user, step))
        for user in self.everybody - may_open:
            self.assertStepRefused(lambda: self.reason(case, user, "drop"))
        self.assertEqual(case.state, "hearing")

    def test_private_steps_are_out_of_reach(self):
        case = self.heard()
        for method in ("_propose", "_become_effective", "_drop", "_answer", "_evidence_write", "_halt", "_publish"):
            with self.assertRaises(AccessError):
                self.rpc(self.general, "sales.penalty", method, case.ids)

    def test_proposer_person_and_recorder_do_not_decide(self):
        group = self.env.ref("sales_policy.group_general_manager")
        (self.manager | self.hr | self.li | self.leader).group_ids = [Command.link(group.id)]
        case = self.heard(rule=self.joint_rule)
        self.answer(case, self.hr, "By phone: denies it.")
        case.with_user(self.officer).action_request_decision()
        approval = self.approvals(case)
        for user in (self.manager, self.hr, self.li, self.leader, self.officer):
            self.assertRefused(REFUSED, user, "sales.approval", "action_approve", approval.ids)
        self.decide(case)
        self.assertEqual(case.state, "settled")

    def test_decision_counts_once_and_from_active_deciders(self):
        case = self.asked()
        approval = self.approvals(case)
        second = self._user("deng", "Deng", "sales_policy.group_general_manager")
        second.active = False
        self.assertRefused(REFUSED, second, "sales.approval", "action_approve", approval.ids)
        self.decide(case)
        self.assertRefused(REFUSED, self.general, "sales.approval", "action_approve", approval.ids)
        self.assertRefused(REFUSED, self.manager, "sales.penalty", "action_request_decision", case.ids)
        self.assertEqual(self.steps(case).count(("effective", "Gao")), 1)

    def test_approval_of_one_case_does_nothing_for_another(self):
        first, second = self.asked(self.li), self.heard(self.wang)
        self.decide(first)
        self.assertEqual((first.state, second.state), ("settled", "hearing"))
        approval = self.env["sales.approval"].search([("res_id", "=", first.id), ("res_model", "=", "sales.penalty")])
        for user in self.everybody:
            self.assertRefused(REFUSED, user, "sales.approval", "write", approval.ids, {"res_id": second.id})

    def test_change_after_the_request_lapses_the_approval(self):
        case = self.asked(points=6)
        approval = self.approvals(case)
        case.points = 3
        self.env.flush_all()
        self.assertRefused(REFUSED, self.general, "sales.approval", "action_approve", approval.ids)
        self.assertEqual(case.state, "hearing")
        case.invalidate_recordset()
        case.action_request_decision()
        approval = self.approvals(case)
        self.reason(case, self.hr, "drop")
        self.assertRefused(REFUSED, self.general, "sales.approval", "action_approve", approval.ids)
        self.assertEqual(case.state, "dropped")

    def test_nobody_answers_for_somebody_else_or_late(self):
        case = self.heard()
        for user in self.everybody - self.li - self.manager - self.leader - self.hr - self.officer:
            self.assertStepRefused(lambda: self.answer(case, user))
        self.answer(case, self.leader)
        self.assertTrue(case.sudo().statement_ids.is_taken_down, "never in the name of the person")
        late = self.heard(self.wang)
        self.pass_days(10)
        with self.assertRaisesRegex(UserError, "time to answer ended"):
            self.answer(late, self.wang)

    def test_person_cannot_move_the_own_case(self):
        (self.li).group_ids = [
            Command.link(self.env.ref(group).id)
            for group in (
                "hr.group_hr_user",
                "sales_policy.group_policy_officer",
                "sales_team.group_sale_manager",
                "sales_policy.group_general_manager",
            )
        ]
        case = self.heard()
        self.pass_days(10)
        for method in ("action_request_decision", "action_settle", "action_open_hearing", "action_publish"):
            self.assertRefused(REFUSED, self.li, "sales.penalty", method, case.ids)
        for step in ("drop", "halt"):
            with self.assertRaises(AccessError), self.cr.savepoint():
                self.reason(case, self.li, step)
        self.assertRefused(AccessError, self.li, "sales.penalty", "write", case.ids, {"points": 2})
        case.action_request_decision()
        self.decide(case)
        with self.assertRaises(AccessError), self.cr.savepoint():
            self.reason(case, self.li, "drop")

    def test_person_whose_login_is_taken_off_stays_concerned(self):
        case = self.proposed(user=self.hr)
        case.with_user(self.manager).action_open_hearing()
        me = self.employees[self.hr]
        self.rpc(self.hr, "hr.employee", "write", me.ids, {"user_id": False})
        self.env.invalidate_all()
        values = {"penalty_ids": [(6, 0, case.ids)], "step": "drop", "reason": "Because I say so"}
        for step in ("drop", "halt"):
            wizard = self.env["sales.penalty.reason"].with_user(self.hr).create({**values, "step": step})
            self.assertRefused(REFUSED, self.hr, "sales.penalty.reason", "action_apply", wizard.ids)
        self.assertRefused(REFUSED, self.hr, "sales.penalty", "write", case.ids, {"points": 0})
        self.assertTrue(case.with_user(self.hr).is_mine)
        self.assertIn(case, self.env["sales.penalty"].with_user(self.hr).search([("is_mine", "=", True)]))
        self.answer(case, self.hr)
        self.assertTrue(case.answered_date)

    def test_decider_whose_login_is_taken_off_does_not_decide_the_own_case(self):
        case = self.heard(user=self.general)
        self.rpc(self.hr, "hr.employee", "write", self.employees[self.general].ids, {"user_id": False})
        self.pass_days(10)
        case.with_user(self.manager).action_request_decision()
        with self.assertRaisesRegex(UserError, "profit"):
            self.decide(case, by=self.general, verdict="refused")

    def test_answering_manager_does_not_lower_the_own_share(self):
        self.company.sales_penalty_mode = "payroll"
        self.joint_rule.sudo().write({"amount_min": 0, "points_min": 0})
        case = self.proposed(rule=self.joint_rule)
        joint = case.sudo().joint_ids
        self.assertEqual(joint.employee_id.user_id, self.leader)
        figures = (joint.amount, joint.points)
        self.assertRefused(AccessError, self.leader, "sales.penalty", "write", case.ids, {"amount": 0, "points": 0})
        self.assertEqual((joint.amount, joint.points), figures)
        self.rpc(self.manager, "sales.penalty", "write", case.ids, {"points": 0})
        self.assertEqual(joint.points, 0)

    def test_nobody_makes_others_followers(self):
        case = self.heard()
        self.rpc(self.manager, "sales.penalty", "message_subscribe", case.ids, self.wang.partner_id.ids)
        self.assertNotIn(self.wang.partner_id, case.message_partner_ids)

    def test_schedule_is_the_policy_officers(self):
        for user in self.everybody - self.officer:
            self.assertRefused(REFUSED, user, "sales.penalty.rule", "write", self.rule.ids, {"points_max": 50})
            self.assertRefused(REFUSED, user, "sales.penalty.rule", "create", [{"name": "x"}])
            self.assertRefused(REFUSED, user, "sales.penalty.rule", "unlink", self.merit_rule.ids)
        self.assertTrue(self.rpc(self.li, "sales.penalty.rule", "search_read", [], ["name"]))
