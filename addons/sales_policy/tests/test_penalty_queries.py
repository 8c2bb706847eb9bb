# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from unittest.mock import patch

from odoo import Command
from odoo.tests import tagged

from .penalty import FACTS, PenaltyCommon

COLUMNS = ("name", "date", "total", "balance_points", "state", "next_step", "approval_state", "display_name")
LINKED = ("employee_id", "department_id", "rule_id", "currency_id", "proposer_id")


@tagged("post_install", "-at_install")
class TestPenaltyQueries(PenaltyCommon):
    """The number of queries does not grow with the number of cases."""

    def cases(self, count, **values):
        """Return proposed cases of as many people."""
        users = self.env["res.users"].create(
            [
                {"name": f"Person {n}", "login": f"person{n}.{count}", "email": f"person{n}@example.com"}
                for n in range(count)
            ]
        )
        people = self.env["hr.employee"].create(
            [
                {
                    "name": user.name,
                    "company_id": self.company.id,
                    "department_id": self.dept_south.id,
                    "user_id": user.id,
                }
                for user in users
            ]
        )
        return (
            self.env["sales.penalty"]
            .with_user(self.officer)
            ._propose(
                [{"employee_id": person.id, "rule_id": self.rule.id, "facts": FACTS, **values} for person in people]
            )
        )

    def asked(self, count, **values):
        cases = self.cases(count, **values)
        cases.action_open_hearing()
        self.pass_days(10)
        cases.action_request_decision()
        return cases

    def test_list(self):
        cases = self.asked(40)
        spec = {**{name: {} for name in COLUMNS}, **{name: {"fields": {"display_name": {}}} for name in LINKED}}
        for user in (self.officer, self.hr, self.manager):

            def read(some, user=user):
                return self.queries(
                    lambda: self.env["sales.penalty"].with_user(user).web_search_read([("id", "in", some.ids)], spec)
                )

            read(cases[:4])
            self.assertEqual(read(cases[:4]), read(cases), user.name)

    def test_opening_hearings(self):
        cases = self.cases(44)
        self.env["sales.penalty"].browse(cases[:1].ids).with_user(self.officer).action_open_hearing()
        few, many = (self.queries(some.action_open_hearing) for some in (cases[1:5], cases[5:]))
        # inserts go in batches: a handful more for ten times as many
        self.assertLessEqual(many, few + 8)

    def test_deciding(self):
        cases = self.asked(48)
        approvals = self.approvals(cases).sorted("res_id").with_user(self.general)
        approvals[:4].action_approve()
        few, many = (self.queries(some.action_approve) for some in (approvals[4:8], approvals[8:]))
        self.assertEqual(set(cases.mapped("state")), {"settled"})
        self.assertLessEqual(many, few + 10)

    def test_cases_are_told_of_decisions_in_one_call(self):
        cases = self.asked(5)
        Case = type(self.env["sales.penalty"])
        with patch.object(Case, "_become_effective", autospec=True, side_effect=Case._become_effective) as called:
            self.decide(cases)
        self.assertEqual([len(call.args[0]) for call in called.call_args_list], [5])

    def test_posting_costs_little_more_than_the_host(self):
        self.keep_books()
        cases = self.asked(24)
        self.decide(cases)
        accounts = self.company.sales_penalty_receivable_account_id | self.company.sales_penalty_income_account_id

        def plain(count):
            moves = self.env["account.move"].create(
                [
                    {
                        "journal_id": self.company.sales_penalty_journal_id.id,
                        "line_ids": [
                            Command.create({"account_id": account.id, "balance": balance})
                            for account, balance in zip(accounts, (100, -100))
                        ],
                    }
                    for _n in range(count)
                ]
            )
            moves._post(soft=False)

        posted = cases.with_user(self.accountant)
        plain(1)
        posted[:1].action_post()
        host = self.queries(lambda: plain(20)) - self.queries(lambda: plain(2))
        ours = self.queries(posted[3:23].action_post) - self.queries(posted[1:3].action_post)
        self.assertLessEqual(ours, host + 8)

    def test_reconciling_other_entries_asks_about_cases_twice_at_most(self):
        self.keep_books()
        account = self.company.sales_penalty_receivable_account_id
        other = self.company.sales_penalty_income_account_id

        def asked(pairs):
            moves = self.env["account.move"].create(
                [
                    {
                        "journal_id": self.company.sales_penalty_journal_id.id,
                        "line_ids": [
                            Command.create({"account_id": account.id, "balance": balance}),
                            Command.create({"account_id": other.id, "balance": -balance}),
                        ],
                    }
                    for balance in (100, -100) * pairs
                ]
            )
            moves.action_post()
            owed = moves.line_ids.filtered(lambda line: line.account_id == account)
            queries, execute = [], type(self.cr).execute

            def watch(cursor, query, *args, **kwargs):
                queries.append(str(query))
                return execute(cursor, query, *args, **kwargs)

            with patch.object(type(self.cr), "execute", watch):
                self.queries(owed.reconcile)
            return [query for query in queries if '"sales_penalty"' in query]

        asked(1)
        few, many = asked(1), asked(10)
        self.assertEqual(len(few), len(many))
        self.assertLessEqual(len(many), 2, many)
