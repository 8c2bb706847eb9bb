# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The same orders in every database: quotations to confirm, and paid orders whose deliveries are ready to leave."""

from odoo import Command, fields

SHIPPER = "bench_shipper"
QUOTATION, PAID = "Bench Quotation", "Bench Paid"
LINES = 2


def build(env, orders, switch=None):
    """Create the fixture as superuser, unless it is there already.

    :param env: environment of the superuser, to be committed by the caller
    :param int orders: number of quotations, and of paid orders
    :param switch: callable that gets the environment and switches on what is measured, before the first order is made
    """
    if env["res.users"].search_count([("login", "=", SHIPPER)]):
        return
    env["res.users"].with_context(no_reset_password=True).create(
        {
            "name": "Bench Shipper",
            "login": SHIPPER,
            "email": f"{SHIPPER}@bench.example",
            "group_ids": [
                Command.set(
                    [
                        env.ref("sales_team.group_sale_salesman_all_leads").id,
                        env.ref("stock.group_stock_user").id,
                    ]
                )
            ],
        }
    )
    if switch:
        switch(env)
    products = _products(env)
    customers = env["res.partner"].create(
        [{"name": f"Bench Buyer {number:03}", "is_company": True} for number in range(orders)]
    )
    env["sale.order"].create([_values(customer, products, QUOTATION) for customer in customers])
    paid = env["sale.order"].create([_values(customer, products, PAID) for customer in customers])
    _pay(env, paid)
    if "tier.definition" in env:
        _review(env, paid.picking_ids)


def _products(env):
    products = env["product.product"].create(
        [
            {
                "name": f"Bench Goods {number}",
                "is_storable": True,
                "list_price": 100.0,
                "taxes_id": False,
                "invoice_policy": "order",
            }
            for number in range(LINES)
        ]
    )
    stock = env["stock.warehouse"].search([("company_id", "=", env.company.id)], limit=1).lot_stock_id
    for product in products:
        env["stock.quant"]._update_available_quantity(product, stock, 1_000_000)
    return products


def _values(customer, products, reference):
    return {
        "partner_id": customer.id,
        "client_order_ref": reference,
        "order_line": [Command.create({"product_id": product.id, "product_uom_qty": 3}) for product in products],
    }


def _pay(env, orders):
    """Confirm orders, let their customers pay, and make their deliveries ready to leave."""
    orders.action_confirm()
    for order in orders:
        invoice = order._create_invoices()
        invoice.action_post()
        env["account.payment.register"].with_context(active_model="account.move", active_ids=invoice.ids).create(
            {
                "payment_date": fields.Date.today(),
            }
        ).action_create_payments()
    env.cr.flush()
    orders.picking_ids.action_assign()
    orders.picking_ids.move_ids.picked = True


def find(env, reference, count):
    """Return some of the orders that `build` left, in the order of their creation."""
    orders = env["sale.order"].search([("client_order_ref", "=", reference)], order="id", limit=count)
    if len(orders) != count:
        raise SystemExit(f"There are {len(orders)} of {count} orders; make the databases anew.")
    return orders


def switch_gate_on(env):
    """Switch the shipping gate on. What is confirmed is reserved as in plain Odoo, so that the work is the same."""
    env.company.write({"shipping_gate_enabled": True, "shipping_hold_level": "leaving"})


OCA_ADDONS = ("sale_financial_risk", "stock_picking_tier_validation")


def install_oca(env):
    """Install the addons of the OCA that do the nearest thing; the registry is another one afterwards."""
    env["ir.module.module"].update_list()
    env["ir.module.module"].search([("name", "in", OCA_ADDONS)]).button_immediate_install()


def switch_oca_on(env):
    """Let deliveries need a review; the credit limits of the customers come with them, no order reaches them."""
    env["tier.definition"].create(
        {
            "name": "Bench",
            "model_id": env["ir.model"]._get_id("stock.picking"),
            "review_type": "individual",
            "reviewer_id": env["res.users"].search([("login", "=", SHIPPER)]).id,
            "definition_domain": "[('picking_type_code', '=', 'outgoing')]",
        }
    )


def _review(env, pickings):
    """Let the deliveries be reviewed where that is asked for."""
    shipper = env["res.users"].search([("login", "=", SHIPPER)])
    for picking in pickings.with_user(shipper):
        picking.request_validation()
        picking.invalidate_recordset()
        picking.validate_tier()
