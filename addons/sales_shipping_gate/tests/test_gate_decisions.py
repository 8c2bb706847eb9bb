# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import GateCommon


@tagged("post_install", "-at_install")
class TestGateDecisions(GateCommon):
    """What people decide: finance confirms, the general manager lets goods go, a hold stops them (SHP-3)."""

    def decide(self, orders, kind, user, reason="Seen on the bank's web site"):
        self.env["sales.shipping.decide"].with_user(user).create(
            {"kind": kind, "order_ids": orders.ids, "reason": reason}
        ).action_apply()
        self.settle()

    def release(self, order, amount=100.0, user=None, **values):
        """Ask for a special release as a salesperson."""
        release = (
            self.env["sales.shipping.release"]
            .with_user(user or self.li)
            .create(
                {
                    "order_id": order.id,
                    "amount": amount,
                    "reason": "The ship leaves tonight",
                    "promised_date": fields.Date.today() + timedelta(days=7),
                    **values,
                }
            )
        )
        release.action_ask()
        return release.sudo()

    def grant(self, release, user=None):
        release.approval_ids.with_user(user or self.he).action_approve()
        self.settle()

    def test_finance_confirms_and_goods_leave(self):
        order = self.sold()
        self.decide(order, "confirmation", self.fu)
        self.assertEqual(order.shipping_gate_state, "released")
        self.ship(self.delivery(order))

    def test_confirmation_ends_when_the_order_changes(self):
        for change in (
            lambda order: order.order_line.write({"price_unit": 120}),
            lambda order: order.order_line.write({"product_uom_qty": 2}),
            lambda order: order.write({"partner_id": self.other_customer.id}),
            lambda order: order.write({"partner_invoice_id": self.other_customer.id}),
        ):
            order = self.sold()
            self.decide(order, "confirmation", self.fu)
            change(order)
            self.settle()
            self.assertEqual(order.shipping_gate_state, "held")

    def test_confirmation_ends_when_money_goes_that_was_in(self):
        order = self.sold()
        invoice = self.bill(order)
        payment = self.pay(invoice, 60.0)
        self.decide(order, "confirmation", self.fu)
        self.assertEqual(order.shipping_gate_state, "released")
        payment.action_draft()
        self.settle()
        self.assertEqual(order.shipping_gate_state, "held")

    def test_finance_does_not_confirm_an_own_sale(self):
        order = self.sold(user=self.fu)
        with self.assertRaisesRegex(UserError, "your own sale"):
            self.decide(order, "confirmation", self.fu)

    def test_finance_does_not_confirm_an_order_that_it_has_entered(self):
        order = self.sold(user=self.fu)
        order.user_id = self.wang
        self.assertEqual(order.create_uid, self.fu)
        with self.assertRaisesRegex(UserError, "your own sale"):
            self.decide(order, "confirmation", self.fu)

    def test_general_manager_lets_goods_go_once(self):
        order = self.sold(2)
        release = self.release(order, 100.0)
        self.assertHeld(lambda: self.ship(self.delivery(order), quantity=1))
        self.grant(release)
        self.ship(self.delivery(order), quantity=1)
        self.assertEqual((self.with_customers(), release.used_value), (1, 100))
        self.assertEqual(release.approval_ids.state, "used")
        self.assertHeld(lambda: self.ship(self.delivery(order)))

    def test_release_is_bounded_by_its_value_and_its_lines(self):
        order = self.sold(2)
        self.grant(self.release(order, 100.0))
        self.assertHeld(lambda: self.ship(self.delivery(order)))
        gold = self.goods("Gold")
        order = self.sold()
        order.write({"order_line": [Command.create({"product_id": gold.id, "product_uom_qty": 1, "tax_ids": False})]})
        self.settle()
        self.grant(self.release(order, 1000.0, line_ids=[Command.set(order.order_line[0].ids)]))
        self.assertHeld(lambda: self.ship(self.delivery(order)), gold)

    def test_requester_and_salesperson_do_not_release(self):
        order = self.sold()
        release = self.release(order)
        for user in self.li | self.manager | self.fu | self.worker | self.accountant:
            self.assertRefused(UserError, user, "sales.approval", "action_approve", release.approval_ids.ids)
        own = self.sold(user=self.he)
        with self.assertRaises(UserError):
            self.grant(self.release(own, user=self.clerk))

    def test_stranger_cannot_ask(self):
        order = self.sold()
        with self.assertRaises(AccessError):
            self.release(order, user=self.chen)

    def test_release_that_is_changed_after_the_yes_is_none(self):
        order = self.sold(2)
        release = self.release(order, 100.0)
        self.grant(release)
        release.with_user(self.li).amount = 200
        self.env.flush_all()
        self.assertEqual(release.approval_ids.state, "lapsed")
        self.assertHeld(lambda: self.ship(self.delivery(order)))

    def test_release_does_not_stretch_when_the_order_changes(self):
        for change in (
            lambda order: order.order_line.write({"price_unit": 50}),
            lambda order: order.order_line.write({"product_uom_qty": 9}),
            lambda order: order.sudo().write({"partner_id": self.other_customer.id}),
        ):
            order = self.sold(2)
            self.grant(self.release(order, 100.0))
            change(order.with_user(self.li))
            self.settle()
            self.assertHeld(lambda order=order: self.ship(self.delivery(order)), order.order_line.product_id)

    def test_release_is_asked_in_the_company_of_the_order(self):
        branch = self.env["res.company"].create({"name": "Suzhou branch"})
        self.li.company_ids |= branch
        order = self.sold()
        release = self.release(order)
        values = {
            "order_id": order.id,
            "amount": 100,
            "reason": "x",
            "promised_date": fields.Date.today(),
        }
        for extra, context in (({"company_id": branch.id}, {}), ({}, {"default_company_id": branch.id})):
            try:
                with self.cr.savepoint():
                    self.rpc(self.li, "sales.shipping.release", "create", [{**values, **extra}], context=context)
            except UserError:
                self.env.invalidate_all()
        self.assertRefused(
            UserError, self.li, "sales.shipping.release", "write", release.ids, {"company_id": branch.id}
        )
        self.assertEqual(
            self.env["sales.shipping.release"].search([("order_id", "=", order.id)]).company_id, self.company
        )

    def test_holding_is_not_for_everybody(self):
        order = self.sold()
        for user in self.worker | self.stock_manager | self.li | self.employee | self.accountant:
            for kind in ("hold", "hold_end"):
                with self.assertRaises(UserError), self.cr.savepoint():
                    self.decide(order, kind, user)
                self.env.invalidate_all()
        self.assertFalse(order.shipping_decision_ids)

    def test_release_lapses_by_the_clock(self):
        order = self.sold()
        release = self.release(order)
        self.grant(release)
        approval = release.approval_ids
        approval._evidence_write({"valid_until": fields.Datetime.now() - timedelta(seconds=1)})
        self.assertHeld(lambda: self.ship(self.delivery(order)))

    def test_manual_hold_is_stronger_than_money_and_release(self):
        order = self.sold()
        self.paid(order)
        self.decide(order, "hold", self.clerk, "The customer disputes the last delivery")
        self.assertIn("disputes", order.shipping_gate_reason)
        self.assertHeld(lambda: self.ship(self.delivery(order)))
        with self.assertRaises(AccessError):
            self.decide(order, "hold_end", self.clerk)
        self.decide(order, "hold_end", self.manager, "Settled")
        self.ship(self.delivery(order))

    def test_decision_without_reason_is_refused(self):
        order = self.sold()
        with self.assertRaisesRegex(UserError, "give a reason"):
            self.decide(order, "hold", self.fu, "  ")

    def test_limit_of_special_releases_counts_what_is_out_and_unpaid(self):
        self.company.shipping_exposure_limit = 150
        first = self.sold()
        self.grant(self.release(first))
        self.ship(self.delivery(first))
        with self.assertRaisesRegex(UserError, "limit of"), self.cr.savepoint():
            self.release(self.sold())
        self.paid(first)
        self.release(self.sold())

    def test_delivery_made_by_hand_is_released_by_the_general_manager(self):
        picking = (
            self.env["stock.picking"]
            .with_user(self.worker)
            .create(
                {
                    "picking_type_id": self.warehouse.out_type_id.id,
                    "location_id": self.stock.id,
                    "location_dest_id": self.customers.id,
                    "move_ids": [
                        Command.create(
                            {
                                "product_id": self.lathe.id,
                                "product_uom_qty": 1,
                                "location_id": self.stock.id,
                                "location_dest_id": self.customers.id,
                            }
                        )
                    ],
                }
            )
        )
        picking.action_confirm()
        self.assertEqual(picking.shipping_gate_state, "held")
        for user in self.worker | self.stock_manager | self.manager | self.fu:
            with self.assertRaises(UserError), self.cr.savepoint():
                self.release_by_hand(picking, user)
            self.env.invalidate_all()
        self.release_by_hand(picking, self.he)
        self.assertEqual(picking.shipping_gate_state, "released")
        move = picking.move_ids
        move.product_uom_qty = 5
        self.assertEqual(picking.shipping_gate_state, "held")
        self.assertHeld(lambda: self.ship(picking))
        move.product_uom_qty = 1
        self.ship(picking)

    def release_by_hand(self, picking, user):
        self.env["sales.shipping.decide"].with_user(user).create(
            {"kind": "unlinked", "picking_ids": picking.ids, "reason": "Sample for the fair"}
        ).action_apply()
