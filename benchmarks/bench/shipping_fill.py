# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Many open deliveries, each with its move, its order and its request: one that the server made, multiplied by SQL.

As many more have left, a tenth of them on the word of finance.
"""

from odoo import Command

from bench.multiply import analyze, finish_sequence, multiply

MARK = "bench.shipping"
SHIPPER = "bench_dispatcher"
CUSTOMERS, PRODUCTS = 2000, 50
TABLES = (
    "sale_order",
    "sale_order_line",
    "stock_picking",
    "stock_move",
    "sales_shipping_request",
    "sales_shipping_request_line",
    "sales_shipping_request_step",
    "sales_shipping_decision",
)
STATES = "submitted,checked,released,picking,shipped,received,closed,closed"


def fill(env, deliveries):
    """Fill the database of a superuser's environment and commit, unless it is filled.

    :param int deliveries: number of open deliveries, and of requests
    """
    parameters = env["ir.config_parameter"]
    if parameters.get_param(MARK) == str(deliveries):
        return
    if parameters.get_param(MARK):
        raise SystemExit(f"The database holds {parameters.get_param(MARK)} deliveries; make it anew.")
    groups = (
        "stock.group_stock_user",
        "stock.group_stock_manager",
        "sales_policy.group_sales_clerk",
        "sales_team.group_sale_salesman_all_leads",
    )
    env["res.users"].with_context(no_reset_password=True).create(
        {
            "name": "Bench Dispatcher",
            "login": SHIPPER,
            "email": f"{SHIPPER}@bench.example",
            "group_ids": [Command.set([env.ref(group).id for group in groups])],
        }
    )
    env.company.write({"shipping_gate_enabled": True, "shipping_priority_enabled": True})
    customers = env["res.partner"].create([{"name": f"Customer {n:04}"} for n in range(CUSTOMERS)])
    for letter, some in (("a", customers[: CUSTOMERS // 10]), ("b", customers[CUSTOMERS // 10 : CUSTOMERS // 3])):
        some.write({"shipping_class": letter, "shipping_transit_days": 3})
    products = env["product.product"].create(
        [{"name": f"Goods {n:02}", "type": "consu", "taxes_id": False} for n in range(PRODUCTS)]
    )
    order = env["sale.order"].create(
        {
            "partner_id": customers[0].id,
            "order_line": [Command.create({"product_id": products[0].id, "product_uom_qty": 3, "tax_ids": False})],
        }
    )
    order.action_confirm()
    request = env["sales.shipping.request"].create({"order_id": order.id})
    request.action_submit()
    env["sales.shipping.decision"]._record("confirmation", order, "Bench", env.user)
    env.flush_all()
    _multiply(env.cr, deliveries, order, request, customers.ids, products.ids)
    for table in TABLES:
        finish_sequence(env.cr, table)
    parameters.set_param(MARK, str(deliveries))
    env.cr.commit()
    analyze(env.cr.dbname, TABLES)


def _multiply(cr, deliveries, order, request, customers, products):
    source = f"generate_series(1, {deliveries - 1}) AS place(n)"
    picking, move, line = order.picking_ids, order.picking_ids.move_ids, order.order_line
    customer = f"(ARRAY{customers})[1 + mod(n, {len(customers)})]"
    product = f"(ARRAY{products})[1 + mod(n, {len(products)})]"
    promised = "now() AT TIME ZONE 'UTC' + make_interval(days => mod(n, 60) - 5)"
    names = STATES.split(",")
    multiply(
        cr,
        "sale_order",
        order.id,
        source,
        {
            "id": f"{order.id} + n",
            "name": "'B' || n",
            "partner_id": customer,
            "date_order": "now() AT TIME ZONE 'UTC' - make_interval(days => mod(n, 4000))",
            "access_token": "NULL",
            "shipping_gate_mark": "CASE WHEN mod(n, 20) = 0 THEN 'held' ELSE 'released' END",
        },
    )
    multiply(
        cr,
        "sale_order_line",
        line.id,
        source,
        {"id": f"{line.id} + n", "order_id": f"{order.id} + n", "product_id": product},
    )
    multiply(
        cr,
        "stock_picking",
        picking.id,
        source,
        {
            "id": f"{picking.id} + n",
            "name": "'B/OUT/' || n",
            "partner_id": customer,
            "sale_id": f"{order.id} + n",
            "state": "'assigned'",
            "date_deadline": promised,
        },
    )
    multiply(
        cr,
        "stock_move",
        move.id,
        source,
        {
            "id": f"{move.id} + n",
            "picking_id": f"{picking.id} + n",
            "sale_line_id": f"{line.id} + n",
            "product_id": product,
            "state": "'assigned'",
        },
    )
    multiply(
        cr,
        "sales_shipping_request",
        request.id,
        source,
        {
            "id": f"{request.id} + n",
            "name": "'B/' || n",
            "order_id": f"{order.id} + n",
            "state": f"(ARRAY{names})[1 + mod(n, {len(names)})]",
            "target_date": "now() AT TIME ZONE 'UTC' + make_interval(hours => mod(n, 200) - 20)",
        },
    )
    multiply(
        cr,
        "sales_shipping_request_line",
        request.line_ids.id,
        source,
        {
            "id": f"{request.line_ids.id} + n",
            "request_id": f"{request.id} + n",
            "order_line_id": f"{line.id} + n",
            "product_id": product,
        },
    )
    last = picking.id + deliveries
    multiply(
        cr,
        "stock_picking",
        picking.id,
        source,
        {
            "id": f"{last} + n",
            "name": "'L/OUT/' || n",
            "partner_id": customer,
            "sale_id": f"{order.id} + n",
            "state": "'done'",
            "date_deadline": f"{promised} - interval '90 days'",
            "date_done": f"{promised} - make_interval(days => 92 - mod(n, 4))",
        },
    )
    decision = order.env["sales.shipping.decision"].search([("order_id", "=", order.id)])
    multiply(
        cr,
        "sales_shipping_decision",
        decision.id,
        f"generate_series(5, {deliveries - 1}, 10) AS place(n)",
        {"id": f"{decision.id} + n", "order_id": f"{order.id} + n", "date": f"{promised} - interval '99 days'"},
    )
    step = request.step_ids
    multiply(
        cr,
        "sales_shipping_request_step",
        step[0].id,
        source,
        {"id": f"{max(step.ids)} + n", "request_id": f"{request.id} + n", "hours": "mod(n, 40)"},
    )
