# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from datetime import date

from odoo.exceptions import AccessError, RedirectWarning, UserError
from odoo.tests import tagged

from .penalty import PenaltyCommon


@tagged("post_install", "-at_install")
class TestPenaltyBooks(PenaltyCommon):
    """Fines, loss, freight and bonuses in the books (PEN-1, PEN-5)."""

    def setUp(self):
        super().setUp()
        self.keep_books()

    def post(self, cases, by=None):
        self.rpc(by or self.accountant, "sales.penalty", "action_post", cases.ids)
        self.env.invalidate_all()

    def lines(self, case):
        return {
            line.account_id.code: (line.balance, line.partner_id) for line in case.sudo().move_id.line_ids.sorted("id")
        }

    def pay(self, case):
        """Let the employee pay by deduction from wages."""
        owed = case.sudo().move_id.line_ids.filtered("account_id.reconcile")
        entry = self.env["account.move"].create(
            {
                "journal_id": self.company.sales_penalty_journal_id.id,
                "line_ids": [
                    (
                        0,
                        0,
                        {
                            "account_id": owed.account_id.id,
                            "partner_id": owed.partner_id.id,
                            "balance": -owed.balance,
                        },
                    ),
                    (0, 0, {"account_id": self.company.sales_penalty_bonus_account_id.id, "balance": owed.balance}),
                ],
            }
        )
        entry.action_post()
        (entry.line_ids.filtered("account_id.reconcile") | owed).reconcile()
        self.env.invalidate_all()
        return entry

    def test_fine_loss_and_freight_are_posted_and_settled_by_payment(self):
        case = self.effective(amount=150, loss=800, freight=60)
        self.assertEqual((case.state, case.next_step, case.total), ("effective", "post", 1010))
        self.post(case)
        contact = self.employees[self.li].work_contact_id
        self.assertEqual(self.lines(case), {"pen1": (1010, contact), "pen2": (-150, contact), "pen3": (-60, contact)})
        self.assertEqual(case.sudo().move_id.state, "posted")
        self.assertEqual((case.state, case.next_step), ("effective", "pay"))
        self.pay(case)
        self.assertEqual(case.state, "settled")
        self.assertEqual(self.steps(case)[-1], ("posted", "Pan"))

    def test_bonus_goes_the_other_way_round(self):
        case = self.proposed(self.wang, rule=self.merit_rule)
        case.action_request_decision()
        self.decide(case)
        self.post(case)
        contact = self.employees[self.wang].work_contact_id
        self.assertEqual(self.lines(case), {"pen1": (-200, contact), "pen4": (200, contact)})
        self.assertEqual(case.total_in_company, 200)

    def test_accountant_posts_many_at_once_and_each_once(self):
        cases = self.effective(self.li) | self.effective(self.wang) | self.effective(self.chen)
        self.post(cases)
        self.assertEqual(len(cases.sudo().move_id), 3)
        self.assertEqual(set(cases.sudo().move_id.mapped("state")), {"posted"})
        self.assertRefused(UserError, self.accountant, "sales.penalty", "action_post", cases.ids)
        self.assertEqual(len(cases.sudo().move_id), 3)

    def test_only_accountants_post_and_only_decided_cases(self):
        case, undecided = self.effective(), self.asked(self.wang)
        for user in self.everybody - self.accountant:
            self.assertRefused((AccessError, UserError), user, "sales.penalty", "action_post", case.ids)
        self.assertRefused((AccessError, UserError), self.accountant, "sales.penalty", "action_post", undecided.ids)
        self.reason(case, self.hr, "halt")
        self.assertRefused(UserError, self.accountant, "sales.penalty", "action_post", case.ids)
        self.assertFalse((case | undecided).sudo().move_id)

    def test_points_only_never_makes_an_entry(self):
        decided_before = self.effective(self.wang)
        self.company.sales_penalty_mode = "points"
        self.assertRefused(UserError, self.accountant, "sales.penalty", "action_post", decided_before.ids)
        moves = self.env["account.move"].search_count([])
        case = self.effective()
        self.assertEqual((case.state, case.total, case.amount_max), ("settled", 0, 0))
        self.assertRefused((AccessError, UserError), self.accountant, "sales.penalty", "action_post", case.ids)
        self.assertEqual(self.env["account.move"].search_count([]), moves)
        # what was decided in money before is noted for payroll
        decided_before.with_user(self.hr).action_settle()
        self.assertEqual(decided_before.state, "settled")

    def test_switching_to_books_does_not_post_what_was_noted_for_payroll(self):
        self.company.sales_penalty_mode = "payroll"
        case = self.effective()
        self.company.sales_penalty_mode = "books"
        self.assertRefused(UserError, self.accountant, "sales.penalty", "action_post", case.ids)
        case.with_user(self.hr).action_settle()
        self.assertEqual(case.state, "settled")

    def test_locked_books_are_told_in_words_and_nothing_is_posted(self):
        case = self.effective()
        today = self.frozen().date()
        self.company.fiscalyear_lock_date = today
        with self.assertRaisesRegex(UserError, "books of .* are locked"), self.cr.savepoint():
            self.post(case)
        self.assertFalse(case.sudo().move_id)
        self.company.fiscalyear_lock_date = False
        self.post(case)
        self.company.fiscalyear_lock_date = today
        with self.assertRaisesRegex(UserError, "are locked"), self.cr.savepoint():
            self.reason(case, self.general, "drop")
        self.assertEqual(case.state, "effective")

    def test_missing_accounts_lead_to_the_settings(self):
        case = self.effective(loss=10)
        for name in (
            "sales_penalty_journal_id",
            "sales_penalty_receivable_account_id",
            "sales_penalty_income_account_id",
            "sales_penalty_recharge_account_id",
        ):
            kept = self.company[name]
            self.company[name] = False
            with self.assertRaises(RedirectWarning) as missing, self.cr.savepoint():
                self.post(case)
            self.assertIn(self.company._fields[name].string, missing.exception.args[0])
            action = self.env["ir.actions.act_window"].browse(missing.exception.args[1])
            self.assertEqual(action.res_model, "res.config.settings")
            self.company[name] = kept
        self.assertFalse(case.sudo().move_id)

    def test_account_of_employees_must_reconcile(self):
        with self.assertRaisesRegex(UserError, "must allow reconciliation"):
            self.company.sales_penalty_receivable_account_id = self.company.sales_penalty_income_account_id

    def test_fine_in_a_foreign_currency(self):
        currency = self.env["res.currency"].create({"name": "XTS", "symbol": "X", "rounding": 0.01})
        self.env["res.currency.rate"].create(
            {"currency_id": currency.id, "name": date(2026, 1, 1), "rate": 7.0, "company_id": self.company.id}
        )
        self.rule.currency_id = currency
        case = self.effective(amount=100, loss=50, freight=33.33)
        self.post(case)
        move = case.sudo().move_id
        self.assertEqual(move.currency_id, currency)
        owed = move.line_ids.filtered("account_id.reconcile")
        self.assertEqual(owed.amount_currency, 183.33)
        self.assertAlmostEqual(owed.balance, 14.29 + 7.14 + 4.76)
        self.assertAlmostEqual(sum(move.line_ids.mapped("balance")), 0)
        self.assertAlmostEqual(case.total_in_company, -26.19)

    def test_analytic_distribution_of_the_rule(self):
        plan = self.env["account.analytic.plan"].create({"name": "Departments"})
        account = self.env["account.analytic.account"].create({"name": "Sales", "plan_id": plan.id})
        self.rule.analytic_distribution = {str(account.id): 100}
        case = self.effective(amount=100)
        self.post(case)
        fine = case.sudo().move_id.line_ids.filtered(lambda line: line.account_id.code == "pen2")
        self.assertEqual(fine.analytic_distribution, {str(account.id): 100})

    def test_dropping_after_posting_reverses_as_the_host_does(self):
        case = self.effective(amount=150)
        self.post(case)
        self.pay(case)
        self.reason(case, self.general, "drop", "The forwarder admits it")
        move = case.sudo().move_id
        self.assertEqual(case.state, "dropped")
        self.assertEqual(move.reversal_move_ids.state, "posted")
        self.assertIn("The forwarder admits it", move.reversal_move_ids.ref)
        self.assertTrue(all(move.line_ids.filtered("account_id.reconcile").mapped("reconciled")))
        self.assertEqual(
            sum(
                (move | move.reversal_move_ids)
                .line_ids.filtered(lambda x: x.account_id.code == "pen2")
                .mapped("balance")
            ),
            0,
        )

    def test_entry_reversed_by_hand_does_not_settle_the_case(self):
        case = self.effective()
        self.post(case)
        case.sudo().move_id._reverse_moves(cancel=True)
        self.env.invalidate_all()
        self.assertEqual(case.state, "effective")

    def test_cancelled_entry_is_posted_anew(self):
        case = self.effective()
        self.post(case)
        first = case.sudo().move_id
        first.button_draft()
        first.button_cancel()
        self.env.invalidate_all()
        self.assertEqual(case.next_step, "post")
        self.post(case)
        self.assertNotEqual(case.sudo().move_id, first)

    def test_merge_of_the_work_contact_keeps_the_entry(self):
        case = self.effective()
        self.post(case)
        contact = self.employees[self.li].work_contact_id
        keeper = self.env["res.partner"].create({"name": "Li Wei, private"})
        self.env["base.partner.merge.automatic.wizard"]._merge((contact | keeper).ids, keeper)
        self.env.invalidate_all()
        self.assertEqual(case.sudo().move_id.line_ids.partner_id, keeper)
        self.assertEqual(self.employees[self.li].work_contact_id, keeper)
        self.reason(case, self.general, "drop")
        self.assertEqual(case.sudo().move_id.reversal_move_ids.line_ids.partner_id, keeper)

    def test_leaver_is_still_charged_and_a_person_without_contact_not(self):
        case, other = self.effective(), self.effective(employee=self.ma)
        self.employees[self.li].active = False
        self.post(case)
        self.assertTrue(case.is_posted)
        self.ma.work_contact_id = False
        with self.assertRaisesRegex(UserError, "Old Ma has no work contact"):
            self.post(other)

    def test_employees_of_two_companies_in_one_go(self):
        second = self.env["res.company"].create({"name": "Export Co", "sales_penalty_mode": "books"})
        self.accountant.company_ids += second
        self.general.company_ids += second
        self.hr.company_ids += second
        self.officer.company_ids += second
        person = self.env["hr.employee"].create({"name": "Tang", "company_id": second.id})
        Account = self.env["account.account"].with_company(second)
        kinds = {"receivable": "asset_current", "income": "income_other"}
        for name, kind in kinds.items():
            second[f"sales_penalty_{name}_account_id"] = Account.create(
                {"code": f"x{name[:4]}", "name": name, "account_type": kind, "reconcile": name == "receivable"}
            )
        second.sales_penalty_journal_id = self.env["account.journal"].create(
            {"name": "P", "code": "PENY", "type": "general", "company_id": second.id}
        )
        here = self.effective(by=self.officer)
        there = self.draft(by=self.officer.with_company(second), employee=person)
        both = (
            self.env["sales.penalty"]
            .with_user(self.officer)
            .with_context(allowed_company_ids=[self.company.id, second.id])
            .browse(there.id)
        )
        both.action_propose()
        both.action_open_hearing()
        self.pass_days(10)
        both.action_request_decision()
        self.rpc(
            self.general,
            "sales.approval",
            "action_approve",
            self.approvals(there).ids,
            context={"allowed_company_ids": [second.id]},
        )
        self.rpc(
            self.accountant,
            "sales.penalty",
            "action_post",
            (here | there).ids,
            context={"allowed_company_ids": [self.company.id, second.id]},
        )
        self.env.invalidate_all()
        self.assertEqual(here.sudo().move_id.company_id, self.company)
        self.assertEqual(there.sudo().move_id.company_id, second)
