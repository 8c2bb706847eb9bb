# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import Command
from odoo.exceptions import AccessError, MissingError
from odoo.tests import tagged

from .attack import REFUSED
from .penalty import FACTS, PenaltyCommon


@tagged("post_install", "-at_install")
class TestPenaltyPrivacy(PenaltyCommon):
    """Who reads which case, on whatever path (PEN-5)."""

    def test_person_reads_own_case_once_proposed_and_no_colleagues(self):
        draft, mine, other = self.draft(self.li), self.proposed(self.li), self.heard(self.wang)
        self.li.group_ids = [Command.link(self.env.ref("base.group_allow_export").id)]
        Case = self.env["sales.penalty"].with_user(self.li)
        self.assertEqual(Case.search([]), mine)
        self.assertEqual(self.rpc(self.li, "sales.penalty", "search_count", []), 1)
        for found in (
            self.rpc(self.li, "sales.penalty", "search_read", [], ["name"]),
            self.rpc(self.li, "sales.penalty", "name_search", "PR/"),
        ):
            self.assertEqual(len(found), 1)
        groups = self.rpc(self.li, "sales.penalty", "formatted_read_group", [], ["employee_id"], ["__count"])
        self.assertEqual([group["__count"] for group in groups], [1])
        for case in (draft, other):
            self.assertRefused(AccessError, self.li, "sales.penalty", "read", case.ids, ["facts"])
            self.assertRefused(AccessError, self.li, "sales.penalty", "export_data", case.ids, ["facts"])
            self.assertRefused(REFUSED, self.li, "sales.penalty", "action_print_notice", case.ids)
        for model in ("sales.penalty.step", "sales.penalty.statement"):
            rows = self.env[model].with_user(self.li).search([])
            self.assertEqual(rows.penalty_id - mine, self.env["sales.penalty"])

    def test_no_linked_name_tells_about_a_colleague(self):
        case = self.heard(self.wang)
        self.assertIn("Wang Fang", case.display_name)
        self.assertEqual(case.with_user(self.li).sudo().display_name, case.name)
        self.assertRefused(
            AccessError, self.li, "sales.penalty.answer", "create", [{"penalty_id": case.id, "body": "x"}]
        )
        with self.assertRaises(AccessError), self.cr.savepoint():
            self.rpc(
                self.li, "sales.penalty.answer", "onchange", [], {"penalty_id": case.id}, ["penalty_id"], {"facts": {}}
            )

    def test_form_does_not_tell_salespeople_who_had_a_case(self):
        self.effective(self.wang)
        values = {"employee_id": self.employees[self.wang].id, "rule_id": self.rule.id}
        spec = {"employee_id": {}, "rule_id": {}, "factor": {}, "points": {}}
        for user in (self.li, self.chen, self.accountant):
            self.assertRefused(
                AccessError, user, "sales.penalty", "onchange", [], values, ["employee_id", "rule_id"], spec
            )
        answer = self.rpc(self.manager, "sales.penalty", "onchange", [], values, ["employee_id", "rule_id"], spec)
        self.assertEqual((answer["value"]["factor"], answer["value"]["points"]), (2, 4))

    def test_source_names_only_documents_that_one_may_read(self):
        secret = self.env["ir.config_parameter"].create({"key": "secret.key", "value": "1"})
        values = {
            "employee_id": self.employees[self.li].id,
            "rule_id": self.rule.id,
            "facts": FACTS,
            "res_model": "ir.config_parameter",
            "res_id": secret.id,
        }
        self.assertRefused(AccessError, self.manager, "sales.penalty", "create", [values])
        spec = {"res_name": {}}
        answer = self.rpc(
            self.manager,
            "sales.penalty",
            "onchange",
            [],
            {"res_model": "ir.config_parameter", "res_id": secret.id},
            ["res_model", "res_id"],
            spec,
        )
        self.assertFalse(answer["value"].get("res_name"))

    def test_who_sees_what(self):
        north, south = self.heard(self.li, by=self.officer), self.heard(self.chen, by=self.officer)
        about_hr = self.draft(self.hr, by=self.officer)
        seen = {user: self.env["sales.penalty"].with_user(user).search([]) for user in self.everybody - self.portal}
        everything = north | south | about_hr
        self.assertEqual(seen[self.officer], everything)
        self.assertEqual(seen[self.general], everything)
        self.assertEqual(seen[self.hr], north | south, "not the draft about oneself")
        self.assertEqual(seen[self.leader], north)
        self.assertEqual(seen[self.manager], north | south, "head of the department above")
        self.assertEqual(seen[self.li], north)
        self.assertEqual(seen[self.chen], south)
        for user in (self.wang, self.accountant, self.clerk):
            self.assertFalse(seen[user])
        self.assertRefused(AccessError, self.portal, "sales.penalty", "search_read", [])

    def test_accountants_see_decided_money_only(self):
        self.company.sales_penalty_mode = "payroll"
        merit = self.env.ref("sales_policy.sales_penalty_rule_merit_rules")
        with_money, without = self.effective(self.li), self.proposed(self.wang, rule=merit)
        without.action_request_decision()
        self.decide(without)
        self.heard(self.chen)
        self.assertEqual(self.env["sales.penalty"].with_user(self.accountant).search([]), with_money)
        self.assertFalse(self.env["sales.penalty.statement"].with_user(self.accountant).search([]))

    def test_other_company_sees_and_moves_nothing(self):
        case = self.effective()
        second = self.env["res.company"].create({"name": "Export Co"})
        groups = "hr.group_hr_user,sales_policy.group_policy_officer,sales_policy.group_general_manager"
        stranger = self._user("stranger", "Stranger", groups + ",sales_team.group_sale_manager")
        stranger.write({"company_ids": [(6, 0, second.ids)], "company_id": second.id})
        self.assertFalse(self.env["sales.penalty"].with_user(stranger).search([]))
        self.assertFalse(self.env["sales.penalty.step"].with_user(stranger).search([]))
        for method in ("action_publish", "action_settle", "action_open_hearing", "action_view_approvals"):
            self.assertRefused((*REFUSED, MissingError), stranger, "sales.penalty", "read", case.ids, ["facts"])
            if method != "action_view_approvals":
                self.assertRefused(REFUSED, stranger, "sales.penalty", method, case.ids)
        self.assertRefused(
            REFUSED,
            stranger,
            "sales.penalty",
            "create",
            [{"employee_id": self.employees[self.li].id, "rule_id": self.rule.id, "facts": FACTS}],
        )
