# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from datetime import timedelta

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .money import MoneyCommon


@tagged("post_install", "-at_install")
class TestLateMoney(MoneyCommon):
    """What late payment costs, as the basis of a penalty (OWN-10)."""

    def overdue(self, days=73, **values):
        order = self.confirmed(**values)
        invoice = self.bill(order, post=False)
        invoice.invoice_date = self.today() - timedelta(days=days)
        invoice.invoice_payment_term_id = False
        invoice.invoice_date_due = invoice.invoice_date
        invoice.action_post()
        return invoice

    def today(self):
        return self.company._sales_today()

    def test_loss_grows_with_amount_days_and_rate(self):
        self.company.sales_late_money_rate = 10.0
        invoice = self.overdue()
        basis = invoice._sales_late_money_basis()[invoice]
        self.assertEqual((basis.user, basis.days, basis.amount, basis.loss), (self.li, 73, 100.0, 2.0))
        self.assertEqual(basis.currency, invoice.currency_id)
        self.pay(invoice, 50.0)
        basis = invoice._sales_late_money_basis()[invoice]
        self.assertEqual((basis.amount, basis.loss), (50.0, 1.0))
        self.pay(invoice)
        self.assertFalse(invoice._sales_late_money_basis())

    def test_only_posted_customer_invoices_past_due_have_a_loss(self):
        today = self.overdue(days=0)
        draft = self.overdue()
        draft.button_draft()
        entry = self.env["account.move"].create({"move_type": "entry"})
        self.assertFalse((today | draft | entry)._sales_late_money_basis())
        self.assertEqual(self.env["account.move"]._sales_late_money_basis(), {})

    def test_instalments_count_from_their_own_day(self):
        self.company.sales_late_money_rate = 36.5
        term = self.env["account.payment.term"].create(
            {
                "name": "Half now, half after twenty days",
                "line_ids": [
                    Command.create({"value": "percent", "value_amount": 50, "nb_days": 0}),
                    Command.create({"value": "percent", "value_amount": 50, "nb_days": 20}),
                ],
            }
        )
        order = self.confirmed()
        invoice = self.bill(order, post=False)
        invoice.invoice_payment_term_id = term
        invoice.invoice_date = self.today() - timedelta(days=30)
        invoice.action_post()
        basis = invoice._sales_late_money_basis()[invoice]
        # 50 for 30 days and 50 for 10 days at one thousandth a day
        self.assertEqual((basis.days, basis.amount, basis.loss), (30, 100.0, 2.0))

    def test_nobody_in_particular_answers_for_the_invoice_of_two(self):
        orders = self.confirmed(user=self.li) | self.confirmed(user=self.wang)
        invoice = self.bill(orders, post=False)
        invoice.invoice_user_id = False
        invoice.invoice_date_due = invoice.invoice_date = self.today() - timedelta(days=10)
        invoice.invoice_payment_term_id = False
        invoice.action_post()
        self.assertFalse(invoice._sales_late_money_basis()[invoice].user)
        invoice.invoice_user_id = self.wang
        self.assertEqual(invoice._sales_late_money_basis()[invoice].user, self.wang)

    def test_manager_proposes_a_case_with_the_loss_as_basis(self):
        employee = self.env["hr.employee"].create({"name": "Li Wei", "user_id": self.li.id})
        self.company.sales_penalty_mode = "payroll"
        invoice = self.overdue(50)
        for user in (self.li, self.leader, self.accountant):
            self.assertRefused(AccessError, user, "account.move", "action_sales_propose_penalty", invoice.ids)
        action = self.rpc(self.manager, "account.move", "action_sales_propose_penalty", invoice.ids)
        case = self.env["sales.penalty"].sudo().search(action["domain"])
        self.assertEqual((case.employee_id, case.res_id, case.state), (employee, invoice.id, "proposed"))
        self.assertEqual(case.loss, invoice._sales_late_money_basis()[invoice].loss)
        self.assertRefused(UserError, self.manager, "account.move", "action_sales_propose_penalty", invoice.ids)

    def test_nobody_is_charged_where_nobody_is_responsible(self):
        invoice = self.overdue(50)
        self.assertRefused(UserError, self.manager, "account.move", "action_sales_propose_penalty", invoice.ids)
