# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from .common import GateCommon


@tagged("post_install", "-at_install")
class TestGate(GateCommon):
    """Nothing leaves before the money is in (SHP-3)."""

    def test_unpaid_delivery_is_held_and_says_what_is_missing_and_whom_to_ask(self):
        order = self.sold()
        picking = self.delivery(order)
        with self.assertRaisesRegex(UserError, "100.00.* is missing.*general manager"):
            self.ship(picking)
        self.assertEqual((order.shipping_gate_state, picking.shipping_gate_state), ("held", "held"))
        self.assertEqual(order.shipping_gate_missing_amount, 100)

    def test_paid_delivery_leaves(self):
        order = self.sold()
        self.paid(order)
        self.assertEqual(order.shipping_gate_state, "released")
        self.ship(self.delivery(order))
        self.assertEqual(self.with_customers(), 1)

    def test_part_payment_opens_nothing_where_full_payment_is_required(self):
        order = self.sold()
        self.paid(order, 99.0)
        self.assertHeld(lambda: self.ship(self.delivery(order)))
        self.company.shipping_tolerance = 1.0
        self.ship(self.delivery(order))

    def test_gate_closes_again_when_the_payment_goes(self):
        for undo in (
            lambda invoice, payment: payment.action_draft(),
            lambda invoice, payment: payment.action_reject(),
            lambda invoice, payment: invoice.line_ids.remove_move_reconcile(),
            lambda invoice, payment: invoice.button_draft(),
            lambda invoice, payment: (
                invoice._reverse_moves(cancel=False).action_post() or invoice.line_ids.remove_move_reconcile()
            ),
        ):
            order = self.sold()
            invoice = self.bill(order)
            payment = self.pay(invoice)
            self.assertEqual(order.shipping_gate_state, "released")
            undo(invoice, payment)
            self.settle()
            self.assertEqual(order.shipping_gate_state, "held")
            self.assertHeld(lambda order=order: self.ship(self.delivery(order)))

    def test_gate_closes_again_when_the_order_grows(self):
        order = self.sold()
        self.paid(order)
        order.order_line.price_unit = 150
        self.assertHeld(lambda: self.ship(self.delivery(order)))

    def test_order_without_value_never_opens_by_itself(self):
        order = self.sold()
        order.order_line.price_unit = 0
        self.settle()
        self.assertEqual((order.amount_total, order.shipping_gate_state), (0, "held"))
        self.assertHeld(lambda: self.ship(self.delivery(order)))

    def test_discount_of_a_hundred_percent_never_opens_by_itself(self):
        order = self.sold()
        order.order_line.discount = 100
        self.assertHeld(lambda: self.ship(self.delivery(order)))

    def test_money_of_another_order_does_not_help(self):
        first, second = self.sold(), self.sold()
        self.paid(first)
        self.assertEqual((first.shipping_gate_state, second.shipping_gate_state), ("released", "held"))

    def test_several_orders_in_one_delivery_need_the_money_of_each(self):
        first, second = self.sold(), self.sold()
        self.paid(first)
        picking = self.delivery(first)
        self.delivery(second).move_ids.write({"picking_id": picking.id})
        self.assertHeld(lambda: self.ship(picking))
        self.paid(second)
        self.ship(picking)
        self.assertEqual(self.with_customers(), 2)

    def test_delivery_that_passed_never_trips_over_its_history(self):
        order = self.sold(2)
        invoice = self.bill(order)
        payment = self.pay(invoice)
        self.ship(self.delivery(order))
        payment.action_draft()
        self.settle()
        move = order.order_line.move_ids
        move.move_line_ids.quantity = 1
        self.env.add_to_compute(move._fields["quantity"], move)
        self.env.flush_all()
        self.assertEqual(self.with_customers(), 1)

    def test_gate_of_a_company_that_is_off_lets_everything_pass(self):
        self.company.shipping_gate_enabled = False
        order = self.sold()
        self.ship(self.delivery(order))
        self.assertEqual(order.shipping_gate_state, "not_applicable")

    def test_switching_on_leaves_alone_what_is_under_way(self):
        self.company.shipping_gate_enabled = False
        order = self.sold(2)
        self.company.shipping_gate_enabled = True
        self.ship(self.delivery(order))
        self.assertEqual(self.with_customers(), 2)
        order.order_line.product_uom_qty = 3
        self.settle()
        self.assertHeld(lambda: self.ship(self.delivery(order)))

    def test_nothing_is_reserved_until_the_money_is_in_then_by_itself(self):
        self.company.shipping_hold_level = "reservation"
        order = self.sold()
        self.assertEqual(self.delivery(order).state, "confirmed")
        self.delivery(order).with_user(self.worker).action_assign()
        self.assertEqual(self.delivery(order).state, "confirmed")
        self.assertHeld(lambda: self.delivery(order).move_ids.with_user(self.worker).write({"quantity": 1}))
        self.paid(order)
        self.assertEqual(self.delivery(order).state, "assigned")

    def test_no_delivery_is_created_until_the_money_is_in_then_by_itself(self):
        self.company.shipping_hold_level = "delivery"
        order = self.sold()
        self.assertFalse(order.picking_ids)
        self.paid(order)
        self.assertEqual(self.delivery(order).state, "assigned")

    def test_job_sets_going_what_opened_by_a_path_without_a_hook(self):
        self.company.shipping_hold_level = "reservation"
        order = self.sold()
        self.env["sales.shipping.policy"].create({"name": "All free", "requirement": "none"})
        with self.enter_registry_test_mode():
            self.env.ref("sales_shipping_gate.ir_cron_gate_sweep").method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual(self.delivery(order).state, "assigned")

    def test_delivery_that_cannot_be_made_takes_nothing_else_along(self):
        self.company.shipping_hold_level = "delivery"
        order = self.sold()
        self.warehouse.delivery_route_id.rule_ids.active = False
        self.paid(order)
        self.assertFalse(order.picking_ids)
        self.assertEqual(order.shipping_gate_state, "released")
        self.assertEqual(self.shares(order), {self.li: 100.0})

    def test_held_orders_are_found(self):
        held, free = self.sold(), self.sold()
        self.paid(free)
        search = self.env["sale.order"].with_user(self.manager).search
        self.assertIn(held, search([("shipping_gate_state", "=", "held")]))
        self.assertNotIn(free, search([("shipping_gate_state", "=", "held")]))
        self.assertIn(free, search([("shipping_gate_state", "=", "released")]))

    def test_online_payment_opens(self):
        order = self.sold()
        self.online(order, 100.0)
        self.assertEqual(order.shipping_gate_state, "released")

    def test_company_that_wants_the_bank_statement_waits_for_it(self):
        self.company.shipping_money_level = "matched"
        order = self.sold()
        invoice = self.bill(order)
        payment = self.pay(invoice)
        self.assertFalse(payment.is_matched)
        self.assertEqual(order.shipping_gate_state, "held")
        other = self.sold()
        self.statement(self.bill(other), 100.0)
        self.assertEqual(other.shipping_gate_state, "released")

    def test_payment_without_invoice_counts_where_finance_says(self):
        order = self.sold()
        payment = self.env["account.payment"].create(
            {
                "payment_type": "inbound",
                "partner_type": "customer",
                "partner_id": self.other_customer.id,
                "amount": 150.0,
                "journal_id": self.bank.id,
            }
        )
        payment.action_post()
        Link = self.env["sales.payment.link"].with_user(self.fu)
        with Form(Link) as form:
            form.payment_id, form.order_id, form.amount = payment, order.with_user(self.fu), 100
        self.settle()
        self.assertEqual(order.shipping_gate_state, "released")
        with self.assertRaisesRegex(UserError, "cannot get more"), self.cr.savepoint():
            Link.create({"payment_id": payment.id, "order_id": self.sold().id, "amount": 60})
        payment.action_draft()
        self.settle()
        self.assertEqual(order.shipping_gate_state, "held")

    def test_linked_payment_is_not_counted_twice_when_it_is_matched_later(self):
        order = self.sold(2)
        payment = self.env["account.payment"].create(
            {
                "payment_type": "inbound",
                "partner_type": "customer",
                "partner_id": self.customer.id,
                "amount": 100.0,
                "journal_id": self.bank.id,
            }
        )
        payment.action_post()
        self.env["sales.payment.link"].with_user(self.fu).create(
            {"payment_id": payment.id, "order_id": order.id, "amount": 100}
        )
        invoice = self.bill(order)
        items = (invoice | payment.move_id).line_ids
        items.filtered(lambda item: item.account_type == "asset_receivable").reconcile()
        self.settle()
        self.assertEqual(order._gate_money()[order], 100)

    def test_queries_do_not_grow_with_the_number_of_deliveries(self):
        counts = []
        for number in (2, 2, 8):
            orders = self.env["sale.order"].union(*(self.sold() for _n in range(number)))
            for order in orders:
                self.paid(order)
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.cr.sql_log_count
            orders._gate_verdicts()
            counts.append(self.cr.sql_log_count - start)
        self.assertEqual(counts[1], counts[2], counts)

    def test_switch_is_for_administrators(self):
        self.company.shipping_gate_enabled = False
        for user in (self.manager, self.stock_manager, self.he):
            self.assertRefused(
                UserError, user, "res.company", "write", self.company.ids, {"shipping_gate_enabled": True}
            )

    def test_delivery_of_an_order_that_is_cancelled_or_locked_does_not_leave(self):
        order = self.sold()
        picking = self.delivery(order)
        copy = picking.copy({"move_ids": []})
        self.env["stock.move"].create(
            {
                "product_id": self.lathe.id,
                "product_uom_qty": 1,
                "picking_id": copy.id,
                "location_id": self.stock.id,
                "location_dest_id": self.customers.id,
                "sale_line_id": order.order_line.id,
            }
        )
        order._action_cancel()
        copy.action_confirm()
        self.assertHeld(lambda: self.ship(copy))

    def test_line_order_command_is_seen(self):
        order = self.sold()
        self.paid(order)
        order.write(
            {"order_line": [Command.create({"product_id": self.lathe.id, "product_uom_qty": 5, "tax_ids": False})]}
        )
        self.settle()
        self.assertEqual((order.shipping_gate_state, order.shipping_gate_missing_amount), ("held", 500))
