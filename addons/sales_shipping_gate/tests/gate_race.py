# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import SUPERUSER_ID, Command, api
from odoo.addons.sales_policy.tests.race import RaceCommon


class GateRaceCommon(RaceCommon):
    """An order that is paid and ready to leave, all of it committed; and what one may do to it in a transaction."""

    def setUp(self):
        super().setUp()
        self.orders = []
        with self.registry.cursor() as cr:
            env = self.env(cr)
            company = env.company
            if not company.chart_template:
                # Stays when the test is over: the other tests load the same one.
                env["account.chart.template"].try_loading("generic_coa", company=company, install_demo=False)
            self.worker_id = self.person(env, "racing.worker", "stock.group_stock_user").id
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
