# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import Command, fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .money import MoneyCommon


@tagged("post_install", "-at_install")
class TestMoney(MoneyCommon):
    """What money is in for an order, told by the books and not by the fields that everybody reads."""

    def money(self, order):
        self.env.flush_all()
        self.env.invalidate_all()
        return order.sudo()._sales_money_in()[order.sudo()]

    def test_nothing_is_in_before_anybody_pays(self):
        order = self.confirmed()
        self.bill(order)
        self.assertEqual(self.money(order)[:3], (0.0, None, None))

    def test_registered_payment_counts(self):
        order = self.confirmed()
        invoice = self.bill(order)
        payment = self.pay(invoice, 40.0)
        found = self.money(order)
        self.assertEqual(found.amount, 40.0)
        self.assertEqual((found.evidence.model, found.evidence.res_id), ("account.payment", payment.id))
        self.assertIn(invoice.name, found.evidence.text)
        self.assertIn(payment.name, found.evidence.text)

    def test_bank_statement_counts(self):
        order = self.confirmed()
        line = self.statement(self.bill(order), 60.0)
        found = self.money(order)
        self.assertEqual(found.amount, 60.0)
        self.assertEqual((found.evidence.model, found.evidence.res_id), ("account.bank.statement.line", line.id))

    def test_draft_invoice_and_draft_payment_hold_no_money(self):
        order = self.confirmed()
        invoice = self.bill(order)
        payment = self.pay(invoice)
        payment.action_draft()
        self.assertEqual(invoice.payment_state, "paid")
        self.assertEqual(self.money(order).amount, 0.0)
        payment.action_post()
        self.assertEqual(self.money(order).amount, 100.0)
        invoice.button_draft()
        self.assertEqual(self.money(order).amount, 0.0)

    def test_rejected_payment_is_no_money(self):
        order = self.confirmed()
        payment = self.pay(self.bill(order))
        payment.action_reject()
        self.assertEqual(self.money(order).amount, 0.0)

    def test_credit_note_is_no_money(self):
        order = self.confirmed()
        invoice = self.bill(order)
        wizard = (
            self.env["account.move.reversal"]
            .with_context(active_model="account.move", active_ids=invoice.ids)
            .create({"journal_id": invoice.journal_id.id})
        )
        wizard.refund_moves()
        wizard.new_move_ids.action_post()
        lines = (invoice | wizard.new_move_ids).line_ids
        lines.filtered(lambda item: item.account_type == "asset_receivable" and not item.reconciled).reconcile()
        self.assertEqual(invoice.payment_state, "reversed")
        self.assertEqual(self.money(order).amount, 0.0)

    def test_money_paid_back_counts_negative(self):
        order = self.confirmed()
        invoice = self.bill(order)
        self.pay(invoice)
        refund = invoice._reverse_moves()
        refund.action_post()
        self.pay(refund, 30.0)
        found = self.money(order)
        self.assertEqual(found.amount, 70.0)
        self.assertEqual(found.evidence.amount, 100.0)

    def test_write_off_is_no_money(self):
        order = self.confirmed()
        invoice = self.bill(order)
        receivable = invoice.line_ids.filtered(lambda item: item.account_type == "asset_receivable")
        loss = self.env["account.account"].search(
            [("account_type", "=", "expense"), ("company_ids", "in", self.company.ids)], limit=1
        )
        entry = self.env["account.move"].create(
            {
                "line_ids": [
                    Command.create({"account_id": loss.id, "debit": 100.0}),
                    Command.create(
                        {"account_id": receivable.account_id.id, "credit": 100.0, "partner_id": self.customer.id}
                    ),
                ]
            }
        )
        entry.action_post()
        (receivable | entry.line_ids.filtered("credit")).reconcile()
        self.assertEqual(invoice.amount_residual, 0.0)
        self.assertEqual(self.money(order).amount, 0.0)

    def test_write_off_inside_a_payment_is_no_money(self):
        order = self.confirmed()
        loss = self.env["account.account"].search(
            [("account_type", "=", "expense"), ("company_ids", "in", self.company.ids)], limit=1
        )
        invoice = self.bill(order)
        self.pay(invoice, 1.0, payment_difference_handling="reconcile", writeoff_account_id=loss.id)
        self.assertEqual(invoice.amount_residual, 0.0)
        self.assertEqual(self.money(order).amount, 1.0)

    def test_deposit_and_final_invoice_add_up(self):
        order = self.confirmed()
        self.pay(self.bill(order, percent=30))
        self.assertEqual(self.money(order).amount, 30.0)
        final = self.bill(order)
        self.assertEqual(final.amount_total, 70.0)
        self.pay(final)
        self.assertEqual(self.money(order).amount, 100.0)

    def test_invoice_for_two_orders_is_shared_by_its_lines(self):
        small, large = self.confirmed(), self.confirmed()
        large.order_line.price_unit = 300.0
        invoice = self.bill(small | large)
        self.assertEqual(len(invoice), 1)
        self.pay(invoice, 200.0)
        found = (small | large)._sales_money_in()
        self.assertEqual([found[order].amount for order in (small, large)], [50.0, 150.0])

    def test_payment_for_two_invoices_is_shared_as_matched(self):
        first, second = self.confirmed(), self.confirmed()
        invoices = self.bill(first) | self.bill(second)
        self.pay(invoices, 150.0, group_payment=True)
        found = (first | second)._sales_money_in()
        self.assertEqual(sum(money.amount for money in found.values()), 150.0)

    def test_foreign_currency_is_exact(self):
        euro = self.env.ref("base.EUR")
        self.env.ref("base.USD").active = euro.active = True
        foreign = euro if self.company.currency_id != euro else self.env.ref("base.USD")
        self.env["res.currency.rate"].create(
            {"currency_id": foreign.id, "name": "2020-01-01", "rate": 3.0, "company_id": self.company.id}
        )
        pricelist = self.env["product.pricelist"].create({"name": "Foreign", "currency_id": foreign.id})
        order = self.confirmed(pricelist_id=pricelist.id)
        order.order_line.price_unit = 500.0
        self.assertEqual(order.currency_id, foreign)
        self.env["res.currency.rate"].create(
            {"currency_id": foreign.id, "name": fields.Date.today(), "rate": 4.0, "company_id": self.company.id}
        )
        invoice = self.bill(order)
        self.assertEqual(invoice.currency_id, foreign)
        self.pay(invoice, 500.0, currency_id=foreign.id)
        self.assertEqual(self.money(order).amount, 500.0)

    def test_online_payment_counts_once_invoiced_or_not(self):
        order = self.order(self.customer, self.li)
        transaction = self.online(order, 30.0)
        self.assertEqual(self.money(order).amount, 30.0)
        method = self.bank.inbound_payment_method_line_ids[:1]
        payment = transaction._create_payment(journal_id=self.bank.id, payment_method_line_id=method.id)
        self.assertEqual(self.money(order).amount, 30.0)
        order.with_user(self.manager).action_confirm()
        invoice = self.bill(order.sudo(), percent=30)
        lines = (invoice | payment.move_id).line_ids
        lines.filtered(lambda item: item.account_type == "asset_receivable" and not item.reconciled).reconcile()
        found = self.money(order)
        self.assertEqual((found.amount, found.evidence.model), (30.0, "account.payment"))
        payment.action_draft()
        self.assertEqual(self.money(order).amount, 0.0)

    def test_online_refund_is_taken_off(self):
        order = self.order(self.customer, self.li)
        transaction = self.online(order, 50.0)
        transaction._create_child_transaction(20.0, is_refund=True)._set_done()
        self.assertEqual(order.amount_paid, 50.0)
        self.assertEqual(self.money(order).amount, 30.0)

    def test_partial_capture_counts_what_was_captured(self):
        order = self.order(self.customer, self.li)
        transaction = self.online(order, 100.0, operation="online_direct")
        transaction._create_child_transaction(60.0)._set_done()
        transaction._create_child_transaction(40.0)._set_canceled()
        self.assertEqual(self.money(order).amount, 60.0)

    def test_authorised_or_validating_payment_is_no_money(self):
        order = self.order(self.customer, self.li)
        transaction = self.online(order, 100.0)
        transaction.state = "pending"
        self.assertEqual(self.money(order).amount, 0.0)
        transaction.write({"state": "done", "operation": "validation"})
        self.assertEqual(self.money(order).amount, 0.0)

    def test_online_payment_for_two_orders_is_shared_by_their_totals(self):
        small, large = self.order(self.customer, self.li), self.order(self.customer, self.li)
        large.order_line.price_unit = 300.0
        self.online(small | large, 200.0)
        found = (small | large).sudo()._sales_money_in()
        self.assertEqual([money.amount for money in found.values()], [50.0, 150.0])

    def test_paid_line_linked_to_more_orders_does_not_multiply(self):
        order, other = self.confirmed(), self.confirmed()
        invoice = self.bill(order)
        self.pay(invoice)
        invoice.invoice_line_ids.sale_line_ids = [Command.link(other.order_line.id)]
        found = (order | other)._sales_money_in()
        self.assertEqual(sum(money.amount for money in found.values()), 100.0)

    def test_many_orders_are_asked_in_one_query(self):
        orders = self.env["sale.order"].sudo().union(*[self.confirmed() for _n in range(12)])
        invoices = self.env["account.move"].union(*[self.bill(order) for order in orders])
        self.pay(invoices, group_payment=False)
        orders.mapped("currency_id.rounding")
        self.env.flush_all()
        with self.assertQueryCount(1):
            found = orders._sales_money_in()
        self.assertEqual({money.amount for money in found.values()}, {100.0})
        self.assertEqual(self.env["sale.order"]._sales_money_in(), {})

    def test_nobody_writes_what_an_order_is_worth(self):
        order = self.confirmed()
        for user in (self.li, self.manager):
            for values in ({"amount_untaxed": 9999}, {"amount_total": 0}, {"currency_rate": 9}):
                self.assertRefused(AccessError, user, "sale.order", "write", order.ids, values)
            for values in ({"price_subtotal": 9999}, {"price_total": 1}, {"qty_invoiced": 1}):
                self.assertRefused(AccessError, user, "sale.order.line", "write", order.order_line.ids, values)
