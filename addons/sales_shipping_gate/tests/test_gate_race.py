# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import Command
from odoo.tests import tagged

from .gate_race import GateRaceCommon


@tagged("post_install", "-at_install")
class TestGateRace(GateRaceCommon):
    """Money goes, or the order grows, in the instant in which the goods leave: two real transactions (SHP-3)."""

    def test_payment_that_goes_first_keeps_the_goods_in(self):
        for go in (self.unmatch, self.payment_to_draft):
            with self.registry.cursor() as cr:
                self.order_id, self.invoice_id = self.sell(self.env(cr))
            before = self.shipped()
            error = self.race(go, self.ship(self.order_id), self.worker_id)
            self.assertIn("is missing", str(error))
            self.assertEqual(self.shipped(), before)

    def test_goods_that_leave_first_have_left_paid(self):
        error = self.race(self.ship(self.order_id), self.unmatch)
        self.assertFalse(error)
        self.assertEqual(self.shipped(), 1)

    def test_price_that_is_raised_first_keeps_the_goods_in(self):
        error = self.race(self.raise_price, self.ship(self.order_id), self.worker_id)
        self.assertIn("is missing", str(error))
        self.assertEqual(self.shipped(), 0)

    def test_two_deliveries_of_one_line_do_not_both_leave(self):
        with self.registry.cursor() as cr:
            order = self.env(cr)["sale.order"].browse(self.order_id)
            second = order.picking_ids.copy()
            second.move_ids.sale_line_id = order.order_line
            second.action_confirm()
        error = self.race(self.ship(self.order_id, 0), self.ship(self.order_id, 1), self.worker_id)
        self.assertIn("ordered were", str(error))
        self.assertEqual(self.shipped(), 1)

    def test_two_orders_do_not_share_one_credit_limit(self):
        with self.registry.cursor() as cr:
            env = self.env(cr)
            env["sales.shipping.policy"].create(
                {
                    "name": "Race",
                    "requirement": "credit",
                    "credit_limit": 100,
                    "currency_id": env.company.currency_id.id,
                    "partner_ids": [Command.set([self.partner_id])],
                }
            )
            first, second = self.sell(env, paid=False)[0], self.sell(env, paid=False)[0]
        error = self.race(self.ship(first), self.ship(second), self.worker_id)
        self.assertIn("credit limit", str(error))
        self.assertEqual(self.shipped(), 1)

    def test_two_lines_do_not_leave_for_the_same_money(self):
        with self.registry.cursor() as cr:
            env = self.env(cr)
            env["sales.shipping.policy"].create(
                {"name": "Race", "requirement": "value", "partner_ids": [Command.set([self.partner_id])]}
            )
            order = env["sale.order"].browse(self.sell(env, paid=False, lines=3)[0])
            # One is with the customer already, so that neither delivery changes the state of the order.
            payment = env["account.payment"].create(
                {"payment_type": "inbound", "partner_id": self.partner_id, "partner_type": "customer", "amount": 200}
            )
            payment.action_post()
            env["sales.payment.link"].create({"payment_id": payment.id, "order_id": order.id, "amount": 200})
            picking = order.picking_ids
            for move in picking.move_ids[1:]:
                move.picking_id = picking.copy({"move_ids": []})
                move.move_line_ids.picking_id = move.picking_id
            cr.flush()
            self.ship(order.id, 0)(cr)
        self.assertEqual(self.shipped(), 1)
        error = self.race(self.ship(order.id, 1), self.ship(order.id, 2), self.worker_id)
        self.assertIn("are paid", str(error))
        self.assertEqual(self.shipped(), 2)
