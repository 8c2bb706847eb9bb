# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .attack import REFUSED
from .money import MoneyCommon

MODELS = ("sales.entitlement", "sales.entitlement.rule", "sales.entitlement.split", "sales.exclusive.claim")


@tagged("post_install", "-at_install")
class TestMoneyAttacks(MoneyCommon):
    """Everybody with a browser console tries to bend who is entitled."""

    def setUp(self):
        super().setUp()
        self.paid = self.confirmed(user=self.li)
        self.pay(self.bill(self.paid))
        self.entry = self.entitlements(self.paid)
        self.rule = self.env["sales.entitlement.rule"].create(
            {"name": "Rule", "owner_share": 70.0, "closer_share": 30.0}
        )
        self.everybody = (
            self.li | self.wang | self.leader | self.manager | self.accountant | self.clerk | self.portal | self.officer
        )

    def snapshot(self):
        self.env.flush_all()
        self.env.invalidate_all()
        return {model: self.env[model].sudo().search_read([], load=False) for model in MODELS}

    def test_entitlements_are_not_forged_changed_or_deleted(self):
        before = self.snapshot()
        values = self.entry._again("money")[0] | {"user_id": self.wang.id, "rank": 7}
        for user in self.everybody:
            for method, arguments in (
                ("create", [values]),
                ("write", [self.entry.ids, {"user_id": self.wang.id}]),
                ("write", [self.entry.ids, {"share": 0}]),
                ("unlink", [self.entry.ids]),
                ("copy", [self.entry.ids]),
                ("web_save", [self.entry.ids, {"amount": 1}, {}]),
                ("load", [["share", "order_name"], [["1", "x"]]]),
            ):
                with self.subTest(user=user.login, method=method):
                    if method == "load":
                        with self.cr.savepoint():
                            self.assertFalse(self.safe_load(user, arguments))
                    else:
                        self.assertRefused(REFUSED, user, "sales.entitlement", method, *arguments)
        self.assertEqual(self.snapshot(), before)

    def safe_load(self, user, arguments):
        try:
            return self.rpc(user, "sales.entitlement", "load", *arguments)["ids"]
        except AccessError:
            return False

    def test_superuser_tools_do_not_change_evidence(self):
        for step in (
            lambda: self.entry.sudo().write({"share": 1}),
            self.entry.sudo().unlink,
            lambda: self.paid.sudo().write({"sales_entitlement_ids": [Command.clear()]}),
        ):
            with self.assertRaisesRegex(UserError, "Commission Entitlement"), self.cr.savepoint():
                step()

    def test_private_steps_are_not_reached_by_rpc(self):
        for user in (self.li, self.manager):
            for model, method, arguments in (
                ("sales.entitlement", "_sales_correct", [self.entry.ids, "x"]),
                ("sales.entitlement", "_counter", [self.entry.ids]),
                ("sales.entitlement", "_evidence_write", [self.entry.ids, {"share": 1}]),
                ("sale.order", "_fix_entitlements", [self.paid.ids]),
                ("sale.order", "_sales_entitle", [{}]),
                ("sales.entitlement.split", "_replace_entitlements", [[]]),
                ("sales.exclusive.claim", "_settle", [{}, True]),
            ):
                with self.subTest(method=method):
                    self.assertRefused(AccessError, user, model, method, *arguments)

    def test_correction_needs_a_manager_on_every_path(self):
        values = {"entitlement_ids": [(6, 0, self.entry.ids)], "user_id": self.wang.id, "reason": "Mine"}
        for user in self.everybody - self.manager:
            self.assertRefused(AccessError, user, "sales.entitlement.correction", "create", values)
        wizard = self.env["sales.entitlement.correction"].create(values)
        for user in self.everybody - self.manager:
            self.assertRefused(AccessError, user, "sales.entitlement.correction", "action_apply", wizard.ids)
        self.assertEqual(self.shares(self.paid), {self.li: 100.0})

    def test_rules_belong_to_the_policy_officer(self):
        values = {"name": "Mine", "owner_share": 0, "closer_share": 100}
        for user in self.everybody - self.officer:
            for method, arguments in (
                ("create", [values]),
                ("write", [self.rule.ids, {"owner_share": 0, "closer_share": 100}]),
                ("unlink", [self.rule.ids]),
            ):
                self.assertRefused(AccessError, user, "sales.entitlement.rule", method, *arguments)
        self.rpc(self.officer, "sales.entitlement.rule", "create", values)

    def test_lock_columns_are_out_of_reach(self):
        for user in (self.li, self.manager, self.accountant):
            self.assertRefused(AccessError, user, "sale.order", "write", self.paid.ids, {"sales_money_count": 5})

    def test_hand_made_reconciliation_without_money_entitles_nobody(self):
        order = self.confirmed(user=self.wang)
        invoice = self.bill(order)
        receivable = invoice.line_ids.filtered(lambda item: item.account_type == "asset_receivable")
        entry = self.env["account.move"].create(
            {
                "line_ids": [
                    Command.create({"account_id": receivable.account_id.id, "credit": 100.0}),
                    Command.create({"account_id": invoice.invoice_line_ids.account_id.id, "debit": 100.0}),
                ]
            }
        )
        entry.action_post()
        self.env["account.partial.reconcile"].create(
            {
                "debit_move_id": receivable.id,
                "credit_move_id": entry.line_ids.filtered("credit").id,
                "amount": 100.0,
                "debit_amount_currency": 100.0,
                "credit_amount_currency": 100.0,
            }
        )
        self.settle()
        self.assertFalse(self.entitlements(order))

    def test_credit_moved_after_the_money_changes_nothing(self):
        self.paid.user_id = self.wang
        self.paid.with_user(self.manager)._sales_decide_credit(self.wang, "Changed my mind")
        self.paid._fix_entitlements()
        self.settle()
        self.assertEqual(self.shares(self.paid), {self.li: 100.0})
