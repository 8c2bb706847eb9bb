# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from .money import MoneyCommon

MOST = 3


@tagged("post_install", "-at_install")
class TestMoneyQueries(MoneyCommon):
    """Entitlements cost at most three queries more than plain Odoo, for one payment or for many (OWN-8)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # One for all: every new product empties the caches of the server, which any request then fills again.
        cls.product = cls.env["product.product"].create(
            {"name": "Lathe", "list_price": 100.0, "taxes_id": False, "invoice_policy": "order"}
        )

    def invoices(self, count, owned=False):
        if owned and not self.ownership(self.customer):
            self.register(self.customer, self.li)
        line = Command.create({"product_id": self.product.id, "product_uom_qty": 1})
        values = {
            "partner_id": self.customer.id,
            "user_id": (self.wang if owned else self.li).id,
            "order_line": [line],
        }
        orders = self.env["sale.order"].create([values] * count)
        orders.action_confirm()
        invoices = self.env["account.move"].union(*[self.bill(order) for order in orders])
        self.settle()
        return orders, invoices

    def reconcile(self, invoices):
        """Match posted payments with invoices in one go, as the bank does; returns the number of queries."""
        Payment = self.env["account.payment"]
        payments = Payment.create(
            [
                {
                    "amount": invoice.amount_total,
                    "partner_id": invoice.partner_id.id,
                    "journal_id": self.bank.id,
                    "payment_type": "inbound",
                    "partner_type": "customer",
                }
                for invoice in invoices
            ]
        )
        payments.action_post()
        self.cr.flush()

        def receivable(moves):
            return moves.line_ids.filtered(lambda item: item.account_type == "asset_receivable")

        plan = [
            receivable(invoice) | receivable(payment.move_id)
            for invoice, payment in zip(invoices, payments, strict=True)
        ]
        return self.queries(lambda: self.env["account.move.line"]._reconcile_plan(plan))

    def more(self, count, owned=False):
        """Return how many queries more it takes to reconcile payments when entitlements are switched on."""
        self.company.sales_entitlement_enabled = False
        plain = self.reconcile(self.invoices(count, owned)[1])
        self.switch_on(self.company)
        # So does switching on.
        self.reconcile(self.invoices(2, owned)[1])
        orders, invoices = self.invoices(count, owned)
        ours = self.reconcile(invoices)
        self.assertEqual(len(self.entitlements(orders).order_id), count)
        return ours - plain

    def test_reconciling_many_payments(self):
        one, many = self.more(1), self.more(12)
        self.assertLessEqual(one, MOST)
        self.assertLessEqual(many, MOST)

    def test_shared_entitlements_of_many_payments(self):
        self.env["sales.entitlement.rule"].create({"name": "Rule", "owner_share": 70.0, "closer_share": 30.0})
        self.assertLessEqual(self.more(12, owned=True), MOST)

    def test_payments_registered_one_by_one_in_one_request(self):
        self.company.sales_entitlement_enabled = False
        _orders, invoices = self.invoices(8)
        plain = self.queries(lambda: self.pay(invoices, settle=False, group_payment=False))
        self.switch_on(self.company)
        self.reconcile(self.invoices(2)[1])
        orders, invoices = self.invoices(8)
        ours = self.queries(lambda: self.pay(invoices, settle=False, group_payment=False))
        self.assertEqual(len(self.entitlements(orders)), 8)
        self.assertLessEqual(ours - plain, MOST)

    def test_confirmed_orders_go_on_to_compete_when_the_mark_is_taken_off_their_goods(self):
        self.switch_on(self.company)
        machine = self.unit()
        winner, loser = self.quotation(machine, self.li), self.quotation(machine, self.chen, self.other_customer)
        (winner | loser).with_user(self.manager).action_confirm()
        self.env["product.template"].search([("sales_sold_once", "=", True)]).sales_sold_once = False
        self.assertFalse(loser._sales_lost_claims())
        self.pay(self.bill(winner, percent=30))
        with self.assertRaisesRegex(UserError, "sold once and taken"):
            self.bill(loser, percent=30)

    def test_money_without_anything_to_do_asks_once(self):
        orders, invoices = self.invoices(3)
        self.pay(invoices, 10.0, group_payment=True)
        orders._fix_entitlements()
        self.env.flush_all()
        self.env["sale.order"]._sales_money_moved(moves=invoices)
        self.assertLessEqual(self.queries(lambda: None), 1)

    def test_reading_entitlements_of_many(self):
        self.reconcile(self.invoices(12)[1])
        entries = self.env["sales.entitlement"].with_user(self.manager).search([], limit=12)
        names = ["order_name", "user_id", "amount", "is_countered", "display_name"]
        self.queries(lambda: entries[:2].read(names))
        self.assertEqual(self.queries(lambda: entries[:2].read(names)), self.queries(lambda: entries.read(names)))
