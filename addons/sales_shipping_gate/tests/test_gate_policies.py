# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import Command
from odoo.tests import tagged

from .common import GateCommon


@tagged("post_install", "-at_install")
class TestGatePolicies(GateCommon):
    """What must be in, by policy (SHP-3)."""

    def test_deposit_opens(self):
        self.shipping_policy("deposit", deposit_percent=30)
        order = self.sold()
        self.assertEqual(order.shipping_gate_missing_amount, 30)
        self.pay(self.bill(order, percent=30))
        self.assertEqual(order.shipping_gate_state, "released")
        self.ship(self.delivery(order))

    def test_what_is_paid_may_leave(self):
        self.shipping_policy("value")
        order = self.sold(4)
        self.assertEqual(order.shipping_gate_state, "held")
        self.paid(order, 250.0)
        self.assertHeld(lambda: self.ship(self.delivery(order), quantity=3))
        self.ship(self.delivery(order), quantity=2)
        self.assertHeld(lambda: self.ship(self.delivery(order), quantity=1))
        self.assertEqual(self.with_customers(), 2)

    def test_first_policy_that_fits_counts(self):
        tag = self.env["res.partner.category"].create({"name": "Trusted"})
        self.shipping_policy("none", sequence=1, category_ids=[Command.set(tag.ids)])
        self.shipping_policy("full", sequence=2)
        order = self.sold()
        self.assertEqual(order.shipping_gate_state, "held")
        self.customer.category_id = tag
        self.settle()
        self.assertEqual(order.shipping_gate_state, "released")

    def test_every_criterion_has_to_fit(self):
        china, germany = self.env.ref("base.cn"), self.env.ref("base.de")
        self.customer.country_id = china
        order = self.sold()
        lathes = self.env["product.category"].create({"name": "Lathes"})
        Policy = self.env["sales.shipping.policy"]
        for fits, values in (
            (True, {"country_ids": [Command.set(china.ids)]}),
            (False, {"country_ids": [Command.set(germany.ids)]}),
            (True, {"partner_ids": [Command.set(self.customer.ids)]}),
            (False, {"partner_ids": [Command.set(self.other_customer.ids)]}),
            (False, {"team_ids": [Command.set(self.south.ids)]}),
            (True, {"amount_from": 100}),
            (False, {"amount_from": 101}),
            (True, {"amount_to": 101}),
            (False, {"amount_to": 100}),
            (False, {"product_category_ids": [Command.set(lathes.ids)]}),
        ):
            policy = Policy.create({"name": "x", "currency_id": self.company.currency_id.id, **values})
            self.assertEqual(policy._match(order), fits, values)

    def test_credit_limit_counts_what_is_owed_and_what_left_without_invoice(self):
        self.shipping_policy("credit", credit_limit=250)
        first, second, third = self.sold(), self.sold(), self.sold()
        self.ship(self.delivery(first))
        self.bill(first)
        self.ship(self.delivery(second))
        self.assertHeld(lambda: self.ship(self.delivery(third)))
        self.pay(first.invoice_ids)
        self.ship(self.delivery(third))
        self.assertEqual(self.with_customers(), 3)

    def test_terms_of_a_customer_do_not_hold_where_somebody_else_is_invoiced(self):
        tag = self.env["res.partner.category"].create({"name": "Old friend"})
        china = self.env.ref("base.cn")
        term = self.env.ref("account.account_payment_term_30days")
        self.other_customer.write(
            {"category_id": [Command.set(tag.ids)], "country_id": china.id, "property_payment_term_id": term.id}
        )
        self.customer.country_id = self.customer.property_payment_term_id = False
        policy = self.shipping_policy("none")
        for values in (
            {"category_ids": [Command.set(tag.ids)]},
            {"partner_ids": [Command.set(self.other_customer.ids)]},
            {"country_ids": [Command.set(china.ids)]},
            {"payment_term_ids": [Command.set(term.ids)]},
        ):
            empty = ("category_ids", "partner_ids", "country_ids", "payment_term_ids")
            policy.write({**dict.fromkeys(empty, [Command.clear()]), **values})
            for buyer, payer, state in (
                (self.other_customer, self.other_customer, "released"),
                (self.other_customer, self.customer, "held"),
                (self.customer, self.other_customer, "held"),
            ):
                order = self.sold(partner=buyer, partner_invoice_id=payer.id)
                self.assertEqual(order.shipping_gate_state, state, (values, buyer.name, payer.name))
        open_order = self.sold(partner=self.other_customer)
        self.rpc(self.li, "sale.order", "write", open_order.ids, {"partner_invoice_id": self.customer.id})
        self.assertHeld(lambda: self.ship(self.delivery(open_order)))

    def test_credit_is_needed_by_who_buys_and_by_who_is_invoiced(self):
        self.shipping_policy("credit")
        self.other_customer.credit_limit = 150
        self.assertEqual(self.sold(partner=self.other_customer).shipping_gate_state, "released")
        for buyer, payer in ((self.other_customer, self.customer), (self.customer, self.other_customer)):
            order = self.sold(partner=buyer, partner_invoice_id=payer.id)
            self.assertEqual(order.shipping_gate_state, "held", (buyer.name, payer.name))
            self.assertHeld(lambda order=order: self.ship(self.delivery(order)))
        self.customer.credit_limit = 1000
        branch = self.sold(partner=self.customer, partner_invoice_id=self.other_customer.id)
        self.ship(self.delivery(branch))
        self.assertHeld(lambda: self.ship(self.delivery(self.sold(partner=self.other_customer))))
        self.assertEqual(self.with_customers(), 1)

    def test_overdue_invoice_closes_credit(self):
        self.shipping_policy("credit", credit_limit=10000, overdue_days=5)
        self.company.resource_calendar_id.tz = "Pacific/Kiritimati"
        first, second = self.sold(), self.sold()
        invoice = self.bill(first, post=False)
        invoice.invoice_payment_term_id = False
        invoice.invoice_date = self.day(-30)
        invoice.invoice_date_due = self.day(-6)
        invoice.action_post()
        self.settle()
        self.assertEqual(second.shipping_gate_state, "held")
        self.assertIn("overdue", second.shipping_gate_reason)
        abroad = second.with_context(tz="Etc/GMT+12")
        abroad.invalidate_recordset()
        self.assertEqual(abroad.shipping_gate_state, "held", "days are counted where the company is")
        self.assertHeld(lambda: self.ship(self.delivery(abroad)))
        self.pay(invoice)
        self.assertEqual(second.shipping_gate_state, "released")

    def test_hold_level_of_the_policy_comes_before_the_company(self):
        self.shipping_policy("full", hold_level="delivery")
        self.assertFalse(self.sold().picking_ids)
