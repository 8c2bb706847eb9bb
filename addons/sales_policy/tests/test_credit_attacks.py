# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import SalesPolicyCommon
from .money import MoneyCommon


@tagged("post_install", "-at_install")
class TestCreditAttacks(SalesPolicyCommon):
    """Salespeople try to be credited for the customers of others (OWN-3)."""

    def setUp(self):
        super().setUp()
        self.register(self.customer, self.li)
        self.shell = self.env["res.partner"].create({"name": "Shell", "is_company": True})

    def order(self, partner, user, **values):
        """Create a quotation of a service: nothing is under way that a salesperson could not cancel."""
        product = self.env["product.product"].create({"name": "Training", "type": "service", "list_price": 100.0})
        line = Command.create({"product_id": product.id, "product_uom_qty": 1})
        return super().order(partner, user, **{"order_line": [line], **values})

    def credited(self, order):
        self.env.flush_all()
        self.env.invalidate_all()
        return order.with_user(self.manager).credited_user_id

    def confirm(self, order, user=None):
        self.rpc(user or self.wang, "sale.order", "action_confirm", order.ids)

    def cancel(self, order, user=None):
        self.rpc(user or self.wang, "sale.order", "action_cancel", order.ids)
        self.rpc(user or self.wang, "sale.order", "action_draft", order.ids)

    def test_order_that_is_born_confirmed_credits_the_owner(self):
        values = {"partner_id": self.customer.id, "user_id": self.wang.id}
        ids = self.rpc(self.wang, "sale.order", "create", [values], context={"default_state": "sale"})
        self.rpc(self.wang, "ir.default", "set", "sale.order", "state", "sale", user_id=self.wang.id)
        orders = self.env["sale.order"].browse(ids) | self.order(self.customer, self.wang)
        self.assertEqual(orders.mapped("state"), ["sale", "sale"])
        for order in orders:
            self.assertEqual(self.credited(order), self.li)
            self.assertEqual(order.sudo().sales_credit_ids.basis, "owner")

    def test_credited_order_keeps_its_customer_whatever_became_of_it(self):
        order = self.order(self.shell, self.wang)
        self.confirm(order)
        to_customer = {"partner_id": self.customer.id}
        for user in (self.wang, self.leader, self.manager, self.accountant):
            self.assertRefused((UserError, AccessError), user, "sale.order", "write", order.ids, to_customer)
        self.rpc(self.wang, "sale.order", "action_cancel", order.ids)
        self.assertRefused(UserError, self.wang, "sale.order", "write", order.ids, to_customer)
        self.rpc(self.wang, "sale.order", "action_draft", order.ids)
        self.assertRefused(UserError, self.wang, "sale.order", "write", order.ids, to_customer)
        inverse = {"sale_order_ids": [Command.link(order.id)]}
        self.assertRefused((UserError, AccessError), self.wang, "res.partner", "write", self.customer.ids, inverse)
        self.assertEqual(order.partner_id, self.shell)

    def test_quotation_and_contact_of_the_same_customer_are_changed_as_ever(self):
        quotation = self.order(self.shell, self.wang)
        self.rpc(self.wang, "sale.order", "write", quotation.ids, {"partner_id": self.customer.id})
        self.confirm(quotation)
        self.assertEqual(self.credited(quotation), self.li)
        buyer = self.env["res.partner"].create({"name": "Buyer", "parent_id": self.customer.id})
        wife = self.env["res.partner"].create({"name": "Ma Lin"})
        values = {"partner_id": self.customer.id, "other_partner_id": wife.id, "kind": "spouse", "note": "Register"}
        self.env["sales.customer.relation"].with_user(self.li).create(values)
        for partner in (buyer, wife, self.customer):
            self.rpc(self.wang, "sale.order", "write", quotation.ids, {"partner_id": partner.id})
            self.assertEqual(self.credited(quotation), self.li)

    def test_order_confirmed_again_keeps_its_credit_whatever_became_of_the_customer(self):
        protected, free = self.order(self.customer, self.wang), self.order(self.shell, self.wang)
        self.confirm(protected | free)
        self.register(self.shell, self.li)
        self.pass_days(20)
        values = {
            "partner_id": self.other_customer.id,
            "other_partner_id": self.customer.id,
            "kind": "subsidiary",
            "note": "Licence",
        }
        self.rpc(self.wang, "sales.customer.relation", "create", [values])
        for order, user in ((protected, self.li), (free, self.wang)):
            self.cancel(order)
            self.assertEqual(self.credited(order), user)
            self.confirm(order)
            self.assertEqual(self.credited(order), user)
            self.assertEqual(len(order.sudo().sales_credit_ids), 1)

    def test_manager_credits_an_active_colleague_with_a_reason_and_never_oneself(self):
        order = self.order(self.customer, self.wang)
        self.confirm(order)
        elsewhere = self.env["res.company"].create({"name": "Suzhou"})
        stranger = self._user("stranger", "Stranger")
        stranger.write({"company_ids": [Command.set(elsewhere.ids)], "company_id": elsewhere.id})
        self.chen.active = False
        refused = [(self.manager, "Mine"), (self.wang, " ")]
        refused += [(person, "Deserved") for person in (self.portal, stranger, self.chen)]
        for person, reason in refused:
            values = {"order_ids": [Command.set(order.ids)], "user_id": person.id, "reason": reason}
            wizard = self.env["sales.credit.decision"].with_user(self.manager).create(values)
            self.assertRefused(
                (UserError, AccessError), self.manager, "sales.credit.decision", "action_apply", wizard.ids
            )
        self.assertEqual(self.credited(order), self.li)


@tagged("post_install", "-at_install")
class TestEntitledColleagues(MoneyCommon):
    """Nobody but colleagues is entitled, and nobody by a name written down afterwards (OWN-8)."""

    def test_order_confirmed_for_nobody_is_not_taken_after_the_money_came(self):
        order = self.order(self.customer, self.li, user_id=False).sudo()
        order.user_id = False
        order.action_confirm()
        self.settle()
        self.pay(self.bill(order))
        self.rpc(self.wang, "sale.order", "write", order.ids, {"user_id": self.wang.id})
        self.settle()
        order._fix_entitlements()
        self.assertFalse(self.entitlements(order))
        order.with_user(self.manager)._sales_decide_credit(self.li, "Answered the customer's questions")
        order._fix_entitlements()
        self.assertEqual(self.shares(order), {self.li: 100.0})

    def test_split_and_correction_entitle_colleagues_only(self):
        order = self.confirmed(user=self.li)
        share = [Command.create({"user_id": self.portal.id, "share": 100})]
        values = {"order_id": order.id, "reason": "Won together", "line_ids": share}
        self.assertRefused(UserError, self.li, "sales.entitlement.split", "create", [values])
        self.pay(self.bill(order))
        with self.assertRaisesRegex(UserError, "does not work for"):
            self.entitlements(order).with_user(self.manager)._sales_correct("Deserved", self.portal)
        self.assertEqual(self.shares(order), {self.li: 100.0})
