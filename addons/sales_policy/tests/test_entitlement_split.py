# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .money import MoneyCommon


@tagged("post_install", "-at_install")
class TestEntitlementSplit(MoneyCommon):
    """A split by hand counts once it is approved (OWN-8)."""

    def propose(self, order, shares, user=None, ask=True):
        split = (
            self.env["sales.entitlement.split"]
            .with_user(user or self.li)
            .create(
                {
                    "order_id": order.id,
                    "reason": "Won together",
                    "line_ids": [Command.create({"user_id": who.id, "share": share}) for who, share in shares.items()],
                }
            )
        )
        if ask:
            split.action_request()
        return split

    def decide(self, split, verdict="approve", user=None):
        approval = split.sudo().approval_ids.sorted("id")[-1:]
        getattr(approval.with_user(user or self.manager), f"action_{verdict}")()
        self.settle()

    def test_approved_beforehand_it_takes_effect_with_the_first_money(self):
        order = self.confirmed()
        split = self.propose(order, {self.li: 60, self.wang: 40})
        self.decide(split)
        self.assertFalse(self.entitlements(order))
        self.pay(self.bill(order))
        self.assertEqual(self.shares(order), {self.li: 60.0, self.wang: 40.0})
        self.assertEqual(self.entitlements(order).split_id, split.sudo())
        self.assertTrue(split.is_in_effect)
        self.assertEqual(set(self.entitlements(order).mapped("kind")), {"money"})

    def test_approved_afterwards_it_replaces_what_stands(self):
        order = self.confirmed()
        self.pay(self.bill(order))
        self.decide(self.propose(order, {self.li: 60, self.wang: 40}))
        self.assertEqual(self.shares(order), {self.li: 60.0, self.wang: 40.0})
        self.assertEqual(sorted(self.entitlements(order).mapped("kind")), ["counter", "money", "split", "split"])
        self.decide(self.propose(order, {self.wang: 100}))
        self.assertEqual(self.shares(order), {self.wang: 100.0})
        self.assertEqual(sum(self.entitlements(order).mapped("amount")), 100.0)

    def test_refused_or_undecided_it_counts_for_nothing(self):
        order, other = self.confirmed(), self.confirmed()
        self.propose(other, {self.wang: 100})
        refused = self.propose(order, {self.wang: 100})
        refused.sudo().approval_ids.with_user(self.manager)._decide("refused", "No")
        self.pay(self.bill(order) | self.bill(other), group_payment=False)
        self.assertEqual((self.shares(order), self.shares(other)), ({self.li: 100.0}, {self.li: 100.0}))

    def test_split_goes_before_a_rule(self):
        self.env["sales.entitlement.rule"].create({"name": "Rule", "owner_share": 70.0, "closer_share": 30.0})
        self.register(self.customer, self.li)
        order = self.confirmed(user=self.wang)
        self.decide(self.propose(order, {self.li: 50, self.wang: 50}, self.wang))
        self.pay(self.bill(order))
        self.assertEqual(self.shares(order), {self.li: 50.0, self.wang: 50.0})

    def test_changing_what_was_asked_lapses_it(self):
        order = self.confirmed()
        split = self.propose(order, {self.li: 60, self.wang: 40})
        split.line_ids.filtered(lambda line: line.user_id == self.li).share = 10
        split.line_ids.filtered(lambda line: line.user_id == self.wang).share = 90
        self.env.flush_all()
        self.assertEqual(split.approval_state, "lapsed")
        with self.assertRaises(UserError), self.cr.savepoint():
            self.decide(split)

    def test_approved_split_stays_as_it_is(self):
        split = self.propose(self.confirmed(), {self.li: 60, self.wang: 40})
        self.decide(split)
        for step in (
            lambda: split.write({"reason": "Other"}),
            lambda: split.line_ids[:1].write({"share": 1}),
            lambda: split.line_ids[:1].unlink(),
            lambda: split.write({"line_ids": [Command.create({"user_id": self.chen.id, "share": 10})]}),
            lambda: self.env["sales.entitlement.split.line"].create(
                {"split_id": split.id, "user_id": self.chen.id, "share": 10}
            ),
            split.unlink,
            split.action_request,
        ):
            with self.assertRaisesRegex(UserError, "was approved and stays"), self.cr.savepoint():
                step()

    def test_shares_make_up_the_whole_and_name_each_person_once(self):
        order = self.confirmed()
        with self.assertRaisesRegex(ValidationError, "100 %"), self.cr.savepoint():
            self.propose(order, {self.li: 60, self.wang: 30})
        with self.assertRaisesRegex(ValidationError, "100 %"), self.cr.savepoint():
            self.propose(order, {})
        with self.assertRaisesRegex(ValidationError, "one share"), self.cr.savepoint():
            self.env["sales.entitlement.split"].create(
                {
                    "order_id": order.id,
                    "reason": "Twice",
                    "line_ids": [Command.create({"user_id": self.li.id, "share": 50}) for _n in range(2)],
                }
            )

    def test_who_may_propose_and_who_may_decide(self):
        order = self.confirmed(user=self.li)
        self.assertRefused(
            AccessError,
            self.chen,
            "sales.entitlement.split",
            "create",
            [{"order_id": order.id, "reason": "Mine", "line_ids": [(0, 0, {"user_id": self.chen.id, "share": 100})]}],
        )
        split = self.propose(order, {self.li: 50, self.manager: 50})
        with self.assertRaises(UserError), self.cr.savepoint():
            self.decide(split, user=self.manager)
        for user in (self.li, self.leader, self.officer):
            with self.assertRaises(UserError), self.cr.savepoint():
                self.decide(split, user=user)
        self.assertTrue(split.with_user(self.leader).reason)
        self.assertRefused(AccessError, self.chen, "sales.entitlement.split", "read", split.ids)
        theirs = self.propose(self.confirmed(user=self.li), {self.li: 50, self.chen: 50})
        self.assertEqual(theirs.with_user(self.chen).line_ids.mapped("share"), [50.0, 50.0])
        self.assertRefused(AccessError, self.chen, "sales.entitlement.split", "write", theirs.ids, {"reason": "x"})
        self.assertRefused(
            AccessError, self.chen, "sales.entitlement.split.line", "write", theirs.line_ids.ids, {"share": 1}
        )

    def test_deciders_are_those_of_the_order_s_company(self):
        branch = self.env["res.company"].create({"name": "Suzhou branch"})
        self.li.company_ids |= branch
        order = self.confirmed(user=self.li)
        split = self.propose(order, {self.li: 100}, ask=False)
        for values in ({"company_id": branch.id}, {"order_name": "S99999"}):
            self.assertRefused(UserError, self.li, "sales.entitlement.split", "write", split.ids, values)
        fresh = {"order_id": order.id, "reason": "x", "line_ids": [(0, 0, {"user_id": self.li.id, "share": 100})]}
        context = {"default_company_id": branch.id, "default_order_name": "S99999"}
        self.rpc(self.li, "sales.entitlement.split", "create", [fresh], context=context)
        splits = self.env["sales.entitlement.split"].search([("order_id", "=", order.id)])
        self.assertEqual((splits.company_id, set(splits.mapped("order_name"))), (self.company, {order.name}))
