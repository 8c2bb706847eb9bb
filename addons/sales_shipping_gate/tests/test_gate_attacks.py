# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import GateCommon

REFUSED = (AccessError, UserError, ValidationError)


@tagged("post_install", "-at_install")
class TestGateAttacks(GateCommon):
    """Everybody tries to make money appear, or a decision that nobody took (SHP-3)."""

    def setUp(self):
        super().setUp()
        self.unpaid = self.sold()
        self.people = self.worker | self.stock_manager | self.li | self.employee | self.accountant | self.clerk
        self.env.flush_all()

    def assertStillHeld(self):
        self.settle()
        self.assertEqual(self.unpaid.shipping_gate_state, "held")
        self.assertHeld(lambda: self.ship(self.delivery(self.unpaid)))

    def test_price_written_to_nothing_does_not_open(self):
        line = self.unpaid.order_line
        for model, record, values in (
            ("sale.order.line", line, {"price_unit": 0}),
            ("sale.order.line", line, {"discount": 100}),
            ("sale.order.line", line, {"price_total": 0}),
            ("sale.order.line", line, {"product_uom_qty": 0}),
            ("sale.order", self.unpaid, {"amount_total": 0}),
            ("sale.order", self.unpaid, {"order_line": [Command.update(line.id, {"price_unit": 0})]}),
        ):
            for user in self.worker | self.stock_manager:
                self.assertRefused(REFUSED, user, model, "write", record.ids, values)
        for values in ({"amount_total": 0}, {"amount_untaxed": 0, "amount_total": 0}):
            self.assertRefused(REFUSED, self.li, "sale.order", "write", self.unpaid.ids, values)
        self.rpc(self.li, "sale.order.line", "write", line.ids, {"price_unit": 0})
        self.assertStillHeld()

    def test_total_written_down_after_a_part_payment_does_not_open(self):
        self.paid(self.unpaid, 10.0)
        for user in self.worker | self.stock_manager:
            self.assertRefused(REFUSED, user, "sale.order", "write", self.unpaid.ids, {"amount_total": 10})
            self.assertRefused(
                REFUSED, user, "sale.order.line", "write", self.unpaid.order_line.ids, {"price_unit": 10}
            )
        self.assertStillHeld()

    def test_payment_of_somebody_else_is_not_matched_by_the_warehouse(self):
        mine, other = self.bill(self.unpaid), self.sold(partner=self.other_customer)
        payment = self.pay(self.bill(other))
        debit = mine.line_ids.filtered(lambda item: item.account_type == "asset_receivable")
        credit = payment.move_id.line_ids.filtered(lambda item: item.account_type == "asset_receivable")
        forged = {
            "debit_move_id": debit.id,
            "credit_move_id": credit.id,
            "amount": 100,
            "debit_amount_currency": 100,
            "credit_amount_currency": 100,
        }
        for user in self.worker | self.stock_manager | self.li | self.employee:
            self.assertRefused(REFUSED, user, "account.partial.reconcile", "create", [forged])
            partial = self.env["account.partial.reconcile"].search([], limit=1)
            self.assertRefused(REFUSED, user, "account.partial.reconcile", "write", partial.ids, {"amount": 1})
            self.assertRefused(REFUSED, user, "account.partial.reconcile", "unlink", partial.ids)
        self.assertStillHeld()

    def test_decisions_are_not_written_by_hand(self):
        decision = {
            "kind": "confirmation",
            "order_id": self.unpaid.id,
            "company_id": self.company.id,
            "currency_id": self.company.currency_id.id,
            "user_id": self.fu.id,
            "reason": "x",
        }
        real = self.unpaid.with_user(self.fu)._gate_decide("hold", "Wait")
        for user in self.people | self.fu | self.he | self.manager:
            self.assertRefused(REFUSED, user, "sales.shipping.decision", "create", [decision])
            self.assertRefused(REFUSED, user, "sales.shipping.decision", "write", real.ids, {"kind": "hold_end"})
            self.assertRefused(REFUSED, user, "sales.shipping.decision", "unlink", real.ids)
            self.assertRefused(
                REFUSED,
                user,
                "sale.order",
                "write",
                self.unpaid.ids,
                {"shipping_decision_ids": [Command.create(decision)]},
            )
        self.assertStillHeld()

    def test_only_finance_confirms_money(self):
        for user in self.people | self.manager | self.he:
            for values in ({"kind": "confirmation", "order_ids": self.unpaid.ids, "reason": "It is in"},):
                with self.assertRaises(UserError), self.cr.savepoint():
                    wizard = self.env["sales.shipping.decide"].with_user(user).create(values)
                    wizard.action_apply()
                self.env.invalidate_all()
            self.assertRefused(REFUSED, user, "sale.order", "_gate_decide", self.unpaid.ids, "confirmation", "x")
        self.assertStillHeld()

    def test_payment_is_linked_by_finance_only(self):
        payment = self.pay(self.bill(self.sold(partner=self.other_customer)))
        values = {"payment_id": payment.id, "order_id": self.unpaid.id, "amount": 100}
        for user in self.people | self.manager | self.he:
            self.assertRefused(REFUSED, user, "sales.payment.link", "create", [values])
        self.env["sales.payment.link"].with_user(self.fu).create(values)
        # The payment is matched with the other customer's invoice: nothing is left of it.
        self.assertStillHeld()

    def test_policies_and_settings_are_not_for_salespeople_or_the_warehouse(self):
        for user in self.people | self.manager | self.he | self.fu:
            self.assertRefused(
                REFUSED, user, "sales.shipping.policy", "create", [{"name": "Free", "requirement": "none"}]
            )
            for values in (
                {"shipping_gate_enabled": False},
                {"shipping_tolerance": 1e6},
                {"shipping_gate_unlinked": False},
                {"shipping_money_level": "registered"},
            ):
                self.assertRefused(REFUSED, user, "res.company", "write", self.company.ids, values)
        self.assertStillHeld()

    def test_payment_term_on_the_order_does_not_give_credit(self):
        term = self.env.ref("account.account_payment_term_30days")
        self.env["sales.shipping.policy"].create(
            {"name": "Credit", "requirement": "none", "payment_term_ids": [Command.set(term.ids)]}
        )
        self.unpaid.with_user(self.li).payment_term_id = term
        self.assertStillHeld()
        self.customer.property_payment_term_id = term
        self.settle()
        self.assertEqual(self.unpaid.shipping_gate_state, "released")

    def test_context_opens_nothing(self):
        for key in (
            "shipping_gate_pass",
            "gate_bypass",
            "install_mode",
            "import_file",
            "is_scrap",
            "skip_sanity_check",
        ):
            for value in (True, 1, "PASS"):
                picking = self.delivery(self.unpaid).with_context(**{key: value})
                self.assertHeld(lambda picking=picking: self.ship(picking))
                picking.move_ids.picked = True
                self.assertHeld(lambda picking=picking: picking.move_ids.sudo()._action_done())

    def test_archived_policy_opens_nothing_for_whoever_asks_for_archived_records(self):
        self.env["sales.shipping.policy"].create({"name": "Of former times", "requirement": "none", "active": False})
        for value in (False, 0, None):
            picking = self.delivery(self.unpaid)
            self.assertHeld(lambda picking=picking, value=value: self.ship(picking.with_context(active_test=value)))
            for user in (self.li, self.worker):
                self.env.registry.clear_cache()
                context = {"active_test": value}
                self.rpc(user, "stock.picking", "read", picking.ids, ["shipping_gate_state"], context=context)
        # Nor is it remembered for the others.
        self.assertStillHeld()
        self.assertHeld(lambda: self.ship(self.delivery(self.unpaid)))
