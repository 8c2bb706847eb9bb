# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import SUPERUSER_ID, Command, api
from odoo.addons.sales_policy.tests.race import RaceCommon
from odoo.tests import new_test_user, tagged


@tagged("post_install", "-at_install")
class TestGateRace(RaceCommon):
    """Money goes, or the order grows, in the instant in which the goods leave: two real transactions (SHP-3)."""

    def setUp(self):
        super().setUp()
        self.orders = []
        with self.registry.cursor() as cr:
            env = self.env(cr)
            company = env.company
            if not company.chart_template:
                # Stays when the test is over: the other tests load the same one.
                env["account.chart.template"].try_loading("generic_coa", company=company, install_demo=False)
            self.worker_id = new_test_user(env, "racing.worker", groups="stock.group_stock_user").id
            self.product_id = (
                env["product.product"]
                .create(
                    {"name": "Contested lathe", "is_storable": True, "list_price": 100.0, "invoice_policy": "order"}
                )
                .id
            )
            warehouse = env["stock.warehouse"].search([("company_id", "=", company.id)], limit=1)
            product = env["product.product"].browse(self.product_id)
            env["stock.quant"]._update_available_quantity(product, warehouse.lot_stock_id, 10)
            self.partner_id = env["res.partner"].create({"name": "Customer in a hurry"}).id
            company.write({"shipping_gate_enabled": True, "shipping_hold_level": "leaving"})
            self.order_id, self.invoice_id = self.sell(env)

    def env(self, cr, uid=SUPERUSER_ID):
        return api.Environment(cr, uid, {"no_reset_password": True, "tracking_disable": True})

    def sell(self, env, paid=True, lines=1):
        line = Command.create({"product_id": self.product_id, "product_uom_qty": 1, "tax_ids": False})
        order = env["sale.order"].create({"partner_id": self.partner_id, "order_line": [line] * lines})
        self.orders.append(order.id)
        order.action_confirm()
        if not paid:
            return order.id, False
        invoice = order._create_invoices()
        invoice.action_post()
        register = env["account.payment.register"].with_context(active_model="account.move", active_ids=invoice.ids)
        register.create({})._create_payments()
        return order.id, invoice.id

    def clean_up(self):
        with self.registry.cursor() as cr:
            env = self.env(cr)
            env.company.shipping_gate_enabled = False
            env["sales.shipping.policy"].search([("name", "=", "Race")]).unlink()
            # Posted entries, done moves and evidence cannot be deleted through the ORM, on purpose.
            for query in (
                "DELETE FROM sales_payment_link WHERE order_id = ANY(%(orders)s)",
                "DELETE FROM account_partial_reconcile WHERE debit_move_id IN"
                " (SELECT id FROM account_move_line WHERE partner_id = %(partner)s)",
                "DELETE FROM sale_order_line_invoice_rel WHERE order_line_id IN"
                " (SELECT id FROM sale_order_line WHERE order_id = ANY(%(orders)s))",
                "UPDATE account_move SET origin_payment_id = NULL WHERE partner_id = %(partner)s",
                "DELETE FROM account_payment WHERE partner_id = %(partner)s",
                "DELETE FROM account_move_line WHERE partner_id = %(partner)s",
                "DELETE FROM account_move WHERE partner_id = %(partner)s",
                "DELETE FROM stock_move_line WHERE product_id = %(product)s",
                "DELETE FROM stock_move WHERE product_id = %(product)s",
                "DELETE FROM stock_quant WHERE product_id = %(product)s",
                "DELETE FROM stock_picking WHERE partner_id = %(partner)s",
                "DELETE FROM account_payment_register WHERE partner_id = %(partner)s",
                "DELETE FROM sales_credit WHERE order_id = ANY(%(orders)s)",
                "DELETE FROM sale_order_line WHERE order_id = ANY(%(orders)s)",
                "DELETE FROM sale_order WHERE id = ANY(%(orders)s)",
            ):
                cr.execute(query, {"partner": self.partner_id, "product": self.product_id, "orders": self.orders})
            env.invalidate_all()
            env["product.product"].browse(self.product_id).unlink()
            user = env["res.users"].browse(self.worker_id)
            partner = user.partner_id
            user.unlink()
            (partner | env["res.partner"].browse(self.partner_id)).unlink()

    def ship(self, order_id, picking=0):
        def step(cr):
            env = self.env(cr, self.worker_id)
            pickings = env["sale.order"].sudo().browse(order_id).picking_ids.sorted("id")
            picking_to_ship = pickings[picking].with_user(self.worker_id)
            picking_to_ship.move_ids.quantity = 1
            picking_to_ship.move_ids.picked = True
            picking_to_ship.with_context(skip_backorder=True).button_validate()
            cr.flush()

        return step

    def unmatch(self, cr):
        self.env(cr)["account.move"].browse(self.invoice_id).line_ids.remove_move_reconcile()
        cr.flush()

    def payment_to_draft(self, cr):
        self.env(cr)["account.move"].browse(self.invoice_id).matched_payment_ids.action_draft()
        cr.flush()

    def raise_price(self, cr):
        self.env(cr)["sale.order"].browse(self.order_id).order_line.price_unit = 200
        cr.flush()

    def shipped(self):
        with self.registry.cursor() as cr:
            moves = self.env(cr)["stock.move"].search([("product_id", "=", self.product_id), ("state", "=", "done")])
            return sum(moves.mapped("quantity"))

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
