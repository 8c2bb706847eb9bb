# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import Command, fields
from odoo.tests import tagged

from .by_hand import ByHandCommon


@tagged("post_install", "-at_install")
class TestGateAttacksOnBooks(ByHandCommon):
    """The books of an accountant are no money (SHP-3)."""

    def leave(self, order):
        self.settle()
        self.ship(self.delivery(order))

    def account(self, kind):
        return self.env["account.account"].search(
            [("account_type", "=", kind), ("company_ids", "in", self.company.ids)], limit=1
        )

    def register(self, invoice, amount, **values):
        context = {"active_model": "account.move", "active_ids": invoice.ids}
        wizard = self.rpc(
            self.accountant,
            "account.payment.register",
            "create",
            [{"journal_id": self.bank.id, "amount": amount, **values}],
            context=context,
        )
        self.rpc(self.accountant, "account.payment.register", "action_create_payments", wizard, context=context)
        return self.env["account.payment"].search([], order="id desc", limit=1)

    def matched(self):
        """Money is in when it is on the bank statement."""
        self.company.shipping_money_level = "matched"
        values = {"name": "Outstanding", "code": "109901", "account_type": "asset_current", "reconcile": True}
        self.bank.inbound_payment_method_line_ids[:1].payment_account_id = self.env["account.account"].create(values)

    def outstanding(self, payment):
        return payment.move_id.line_ids.filtered(lambda item: item.account_id == payment.outstanding_account_id)

    def test_write_off_to_the_balance_sheet_is_no_money(self):
        self.matched()
        order = self.sold()
        invoice = self.bill(order)

        def step():
            payment = self.register(
                invoice,
                1.0,
                payment_difference_handling="reconcile",
                writeoff_account_id=self.account("liability_current").id,
            )
            line = self.env["account.bank.statement.line"].create(
                {
                    "journal_id": self.bank.id,
                    "amount": 1.0,
                    "date": fields.Date.today(),
                    "payment_ref": "One",
                    "partner_id": invoice.partner_id.id,
                }
            )
            _liquidity, suspense, _other = line._seek_for_lines()
            suspense.write({"account_id": self.outstanding(payment).account_id.id, "partner_id": invoice.partner_id.id})
            (suspense | self.outstanding(payment)).reconcile()
            self.leave(order)

        self.assertNothingLeaves(step)

    def test_miscellaneous_entry_is_no_bank_statement(self):
        self.matched()
        order = self.sold()
        invoice = self.bill(order)

        def step():
            item = self.outstanding(self.register(invoice, 100.0))
            journal = self.env["account.journal"].search(
                [("type", "=", "general"), ("company_id", "=", self.company.id)], limit=1
            )
            lines = [
                Command.create({"account_id": item.account_id.id, "credit": 100.0}),
                Command.create({"account_id": self.account("liability_current").id, "debit": 100.0}),
            ]
            entry = self.rpc(self.accountant, "account.move", "create", [{"journal_id": journal.id, "line_ids": lines}])
            self.rpc(self.accountant, "account.move", "action_post", entry)
            mine = self.env["account.move"].browse(entry).line_ids.filtered("credit")
            self.rpc(self.accountant, "account.move.line", "reconcile", (item | mine).ids)
            self.leave(order)

        self.assertNothingLeaves(step)

    def test_discount_of_nobody_pays_no_order(self):
        order = self.sold()

        def step():
            bill = self.bill(order, post=False)
            line = Command.create({"name": "y", "quantity": 1, "price_unit": -99, "tax_ids": False})
            self.rpc(self.accountant, "account.move", "write", bill.ids, {"invoice_line_ids": [line]})
            self.rpc(self.accountant, "account.move", "action_post", bill.ids)
            self.register(bill, 1.0)
            self.leave(order)

        self.assertNothingLeaves(step)

    def test_one_payment_counts_once_on_two_orders(self):
        gone, order = self.sold(), self.sold()
        invoice = self.bill(gone)
        self.pay(invoice)

        def step():
            lines = [
                Command.create(
                    {
                        "name": "x",
                        "quantity": 1,
                        "price_unit": 100,
                        "tax_ids": False,
                        "sale_line_ids": [Command.link(order.order_line.id)],
                    }
                ),
                Command.create({"name": "y", "quantity": 1, "price_unit": -100, "tax_ids": False}),
            ]
            self.rpc(self.accountant, "account.move", "button_draft", invoice.ids)
            self.rpc(self.accountant, "account.move", "write", invoice.ids, {"invoice_line_ids": lines})
            self.rpc(self.accountant, "account.move", "action_post", invoice.ids)
            self.leave(order)

        self.assertNothingLeaves(step)

    def test_price_of_a_posted_line_is_reckoned(self):
        order, other = self.sold(), self.sold()
        bill = self.bill(order | other)
        self.pay(bill, 100.0)
        line = bill.invoice_line_ids.filtered(lambda line: line.sale_line_ids.order_id == other)

        def step():
            self.rpc(self.accountant, "account.move.line", "write", line.ids, {"price_total": 0})
            self.leave(order)

        self.assertNothingLeaves(step)

    def test_negative_order_pays_no_other(self):
        bonus = self.env["product.product"].create(
            {"name": "Bonus", "type": "service", "invoice_policy": "order", "taxes_id": False}
        )
        order = self.sold()
        credit = self.confirmed(
            order_line=[
                Command.create({"product_id": bonus.id, "product_uom_qty": 1, "price_unit": -99, "tax_ids": False})
            ]
        )
        self.pay(self.bill(order | credit))
        self.assertNothingLeaves(lambda: self.leave(order))
