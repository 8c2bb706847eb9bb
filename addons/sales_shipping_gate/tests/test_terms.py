# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import Command
from odoo.addons.sales_policy.tests.attack import REFUSED
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import GateCommon


@tagged("post_install", "-at_install")
class TestTerms(GateCommon):
    """Who sells, keeps the stock or the books does not give a customer the terms on which goods leave (SHP-3)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.everybody = cls.li | cls.wang | cls.manager | cls.accountant | cls.worker | cls.clerk
        for user in cls.everybody | cls.fu:
            user.group_ids += cls.env.ref("base.group_partner_manager")
        cls.tag, cls.other_tag = cls.env["res.partner.category"].create([{"name": "Trusted"}, {"name": "Fair 2026"}])
        cls.term = cls.env.ref("account.account_payment_term_30days")
        cls.other_term = cls.env.ref("account.account_payment_term_15days")
        cls.germany, cls.france = cls.env.ref("base.de"), cls.env.ref("base.fr")

    def let(self, **values):
        """Let the goods of certain orders leave unpaid."""
        self.shipping_policy("none", **values)

    def assertOnlyFinanceGives(self, values, model="res.partner", records=None):
        """Check that a change is refused to everybody but finance, and that only then the goods may leave."""
        order = self.sold()
        records = records or self.customer
        for user in self.everybody:
            for context in ({}, {"active_test": False}, {"default_category_id": [self.tag.id]}):
                self.assertRefused(REFUSED, user, model, "write", records.ids, values, context=context)
        self.assertEqual(order.shipping_gate_state, "held")
        self.assertHeld(lambda: self.ship(self.delivery(order)))
        records.with_user(self.fu).write(values)
        self.settle()
        self.assertEqual(order.shipping_gate_state, "released")

    def test_tag_that_a_policy_names(self):
        self.let(category_ids=self.tag.ids)
        self.customer.with_user(self.li).category_id = self.other_tag
        self.assertOnlyFinanceGives({"category_id": [Command.link(self.tag.id)]})

    def test_tag_given_from_the_side_of_the_tag(self):
        self.let(category_ids=self.tag.ids)
        self.other_tag.with_user(self.li).partner_ids = self.customer
        values = {"partner_ids": [Command.link(self.customer.id)]}
        self.assertOnlyFinanceGives(values, "res.partner.category", self.tag)

    def test_payment_term_that_a_policy_names(self):
        self.let(payment_term_ids=self.term.ids)
        self.customer.with_user(self.li).property_payment_term_id = self.other_term
        self.assertOnlyFinanceGives({"property_payment_term_id": self.term.id})

    def test_country_is_filled_in_by_anybody_and_changed_by_finance(self):
        self.let(country_ids=self.germany.ids)
        self.customer.country_id = False
        self.customer.with_user(self.li).country_id = self.france
        self.assertOnlyFinanceGives({"country_id": self.germany.id})

    def test_limit_on_the_customer(self):
        self.shipping_policy("credit")
        self.fu.group_ids += self.env.ref("account.group_account_invoice")
        self.assertOnlyFinanceGives({"credit_limit": 5000})

    def test_term_of_the_customer_where_invoices_must_not_be_overdue(self):
        self.shipping_policy("credit", credit_limit=10000, overdue_days=5)
        for user in self.everybody:
            for term in (self.term, self.other_term):
                values = {"property_payment_term_id": term.id}
                self.assertRefused(REFUSED, user, "res.partner", "write", self.customer.ids, values)
        self.customer.with_user(self.fu).property_payment_term_id = self.other_term

    def test_term_of_an_order_is_no_longer_than_that_of_its_customer(self):
        quotation = self.order(self.customer, self.li)
        self.rpc(self.li, "sale.order", "write", quotation.ids, {"payment_term_id": self.term.id})
        quotation.payment_term_id = False
        self.shipping_policy("credit", credit_limit=10000, overdue_days=5)
        self.customer.property_payment_term_id = self.other_term
        values, name = {"partner_id": self.customer.id}, "payment_term_id"
        self.assertRefused(AccessError, self.li, "sale.order", "write", quotation.ids, {name: self.term.id})
        self.assertRefused(AccessError, self.li, "sale.order", "create", [{**values, name: self.term.id}])
        forged = {f"default_{name}": self.term.id}
        self.assertRefused(AccessError, self.li, "sale.order", "create", [values], context=forged)
        self.env["ir.default"].set("sale.order", name, self.term.id, user_id=self.li.id)
        self.assertRefused(AccessError, self.li, "sale.order", "create", [values])
        self.env["ir.default"].search([("user_id", "=", self.li.id)]).unlink()
        for term in (self.other_term.id, False):
            self.rpc(self.li, "sale.order", "write", quotation.ids, {name: term})
        order = self.env["sale.order"].browse(self.rpc(self.li, "sale.order", "create", [values]))
        self.assertEqual(order.payment_term_id, self.other_term)
        self.fu.group_ids += self.env.ref("sales_team.group_sale_salesman_all_leads")
        self.rpc(self.fu, "sale.order", "write", quotation.ids, {name: self.term.id})
        self.rpc(self.li, "sale.order", "write", quotation.ids, {name: self.term.id, "client_order_ref": "PO 7"})

    def test_new_customer_does_not_begin_with_terms(self):
        self.let(category_ids=self.tag.ids, payment_term_ids=self.term.ids)
        for values in ({"category_id": self.tag.ids}, {"property_payment_term_id": self.term.id}):
            self.assertRefused(AccessError, self.li, "res.partner", "create", [{"name": "Mine", **values}])
            [(name, value)] = values.items()
            forged = {f"default_{name}": value}
            self.assertRefused(AccessError, self.li, "res.partner", "create", [{"name": "Mine"}], context=forged)
        self.env["ir.default"].set("res.partner", "property_payment_term_id", self.term.id, user_id=self.li.id)
        self.assertRefused(AccessError, self.li, "res.partner", "create", [{"name": "Mine"}])
        self.env["ir.default"].search([("user_id", "=", self.li.id)]).unlink()
        self.rpc(self.li, "res.partner", "create", [{"name": "Mine", "country_id": self.germany.id}])

    def test_contact_that_leaves_its_company_does_not_take_the_terms_with_it(self):
        self.let(payment_term_ids=self.term.ids)
        self.customer.property_payment_term_id = self.term
        values = {"name": "Buyer", "parent_id": self.customer.id}
        contact = self.env["res.partner"].browse(self.rpc(self.li, "res.partner", "create", [values]))
        self.assertEqual(contact.property_payment_term_id, self.term)
        for values in ({"parent_id": False}, {"is_company": True}):
            self.assertRefused(AccessError, self.li, "res.partner", "write", contact.ids, values)

    def test_customer_with_orders_does_not_become_a_contact_of_a_company_with_terms(self):
        self.let(partner_ids=self.other_customer.ids)
        self.customer.is_company = False
        order = self.sold()
        company = self.other_customer
        for user in self.everybody:
            self.assertRefused(REFUSED, user, "res.partner", "write", self.customer.ids, {"parent_id": company.id})
            link = {"child_ids": [Command.link(self.customer.id)]}
            self.assertRefused(REFUSED, user, "res.partner", "write", company.ids, link)
        self.assertEqual(order.shipping_gate_state, "held")
        self.rpc(self.fu, "res.partner", "write", self.customer.ids, {"parent_id": company.id})
        self.settle()
        self.assertEqual(order.shipping_gate_state, "released")
        buyer = self.env["res.partner"].create({"name": "Buyer"})
        self.rpc(self.li, "res.partner", "write", buyer.ids, {"parent_id": company.id})

    def test_team_is_that_of_the_person_credited(self):
        self.let(team_ids=self.south.ids)
        order = self.sold(user=self.li)
        self.rpc(self.li, "sale.order", "write", order.ids, {"team_id": self.south.id})
        self.assertHeld(lambda: self.ship(self.delivery(order)))
        theirs = self.sold(partner=self.other_customer, user=self.chen)
        self.ship(self.delivery(theirs))
        self.assertEqual(self.with_customers(), 1)

    def test_what_no_policy_names_is_free(self):
        self.let(partner_ids=self.other_customer.ids)
        values = {"category_id": self.tag.ids, "property_payment_term_id": self.term.id, "country_id": self.germany.id}
        self.rpc(self.li, "res.partner", "write", self.customer.ids, values)
        self.assertEqual(self.customer.category_id, self.tag)

    def test_archived_tag_gives_nothing(self):
        self.let(category_ids=self.tag.ids)
        self.customer.category_id = self.tag
        self.tag.active = False
        order = self.sold()
        for value in (True, False):
            self.assertHeld(lambda value=value: self.ship(self.delivery(order).with_context(active_test=value)))

    def merge(self, user, source, target):
        """Merge contacts as a user does, in the form."""
        merge = self.env["base.partner.merge.automatic.wizard"].with_user(user).create({})
        merge.write({"partner_ids": [Command.set((source | target).ids)], "dst_partner_id": target.id})
        merge.action_merge()

    def assertOnlyFinanceMerges(self, target):
        """Check that the customer of an order is not merged into one with other terms, but by finance."""
        order = self.sold()
        (self.customer | target).email = "buyer@ningbo.example"
        for user in self.everybody:
            with self.assertRaises(AccessError), self.cr.savepoint():
                self.merge(user, self.customer, target)
        self.assertEqual(order.shipping_gate_state, "held")
        self.merge(self.fu, self.customer, target)
        self.settle()
        self.assertEqual((order.partner_id, order.shipping_gate_state), (target, "released"))

    def test_merging_into_a_customer_with_a_payment_term_that_a_policy_names(self):
        self.let(payment_term_ids=self.term.ids)
        self.assertOnlyFinanceMerges(
            self.env["res.partner"].create({"name": "N", "property_payment_term_id": self.term.id})
        )

    def test_merging_into_a_customer_with_a_tag_that_a_policy_names(self):
        self.let(category_ids=self.tag.ids)
        self.assertOnlyFinanceMerges(self.env["res.partner"].create({"name": "N", "category_id": self.tag.ids}))

    def test_merging_into_a_customer_whom_a_policy_names(self):
        target = self.env["res.partner"].create({"name": "N"})
        self.let(partner_ids=target.ids)
        self.assertOnlyFinanceMerges(target)

    def test_merging_a_customer_with_terms_into_one_without(self):
        self.let(payment_term_ids=self.term.ids)
        source = self.env["res.partner"].create({"name": "N", "property_payment_term_id": self.term.id})
        (self.customer | source).email = "buyer@ningbo.example"
        for user in self.everybody:
            with self.assertRaises(AccessError), self.cr.savepoint():
                self.merge(user, source, self.customer)
        self.shipping_policy("none", partner_ids=source.ids)
        source.property_payment_term_id = False
        for user in self.everybody:
            with self.assertRaises(AccessError), self.cr.savepoint():
                self.merge(user, source, self.customer)

    def test_a_customer_entered_twice_is_merged_by_whoever_sells(self):
        self.let(payment_term_ids=self.term.ids)
        self.customer.property_payment_term_id = self.term
        order = self.sold()
        twin = self.env["res.partner"].create({"name": "Ningbo Valve", "email": "buyer@ningbo.example"})
        self.customer.email = twin.email
        self.merge(self.li, twin, self.customer)
        self.assertFalse(twin.exists())
        self.assertEqual((order.partner_id, order.shipping_gate_state), (self.customer, "released"))
