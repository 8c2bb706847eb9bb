# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The job that sets going what has opened, beside one SQL query that finds the paid orders and Odoo's reservation."""

from functools import partial

from bench import gate_fixture, ground, sweep_fill
from bench.operations_run import publish, show_additional
from bench.timing import compare

ROUNDS, OPENED = 9, 100


def run(options):
    """Prepare both databases, measure, print, and write the JSON; see `run.py --help`."""
    contenders, listeners = {}, {}
    for name, template, switch, operation in (
        ("bench_sweep_plain", options.plain_template, None, _by_hand),
        ("bench_sweep_addon", options.addon_template, gate_fixture.switch_gate_on, _sweep),
    ):
        if template:
            ground.copy_database(template, name)
        database = ground.Database(name)
        with database.transaction() as env:
            gate_fixture.build(env, OPENED, switch)
            sweep_fill.fill(env, options.held)
            env.cr.commit()
        contenders[name] = partial(database.run, operation)
        listeners[name] = partial(database.run_and_listen, operation)
    title = f"sweep: {OPENED} of {options.held + OPENED} have opened"
    publish([compare(title, contenders, options.rounds or ROUNDS, 1)], options, "by hand", "addons")
    if options.queries:
        show_additional(title, *(listen()[1] for listen in listeners.values()))
    if options.drop:
        for name in contenders:
            ground.drop_database(name)


def _waiting(env):
    """Return the orders that are paid and whose deliveries wait all the same."""
    orders = gate_fixture.find(env, gate_fixture.PAID, OPENED)
    orders.picking_ids.move_ids.picked = False
    orders.picking_ids.do_unreserve()
    return orders


def _by_hand(env):
    _waiting(env)

    def timed():
        env.cr.execute(
            """
            SELECT sale.id
              FROM sale_order sale
              JOIN sale_order_line line ON line.order_id = sale.id
              JOIN sale_order_line_invoice_rel rel ON rel.order_line_id = line.id
              JOIN account_move_line item ON item.id = rel.invoice_line_id
              JOIN account_move invoice ON invoice.id = item.move_id AND invoice.state = 'posted'
             WHERE sale.state = 'sale'
               AND EXISTS (SELECT FROM stock_picking picking
                            WHERE picking.sale_id = sale.id AND picking.state IN ('confirmed', 'waiting'))
             GROUP BY sale.id
            HAVING SUM(item.price_total * (1 - invoice.amount_residual / invoice.amount_total)) >= sale.amount_total
            """
        )
        orders = env["sale.order"].browse(order_id for [order_id] in env.cr.fetchall())
        if len(orders) != OPENED:
            raise SystemExit(f"{len(orders)} orders are paid instead of {OPENED}.")
        orders.picking_ids.move_ids._action_assign()
        env.flush_all()

    return timed


def _sweep(env):
    superuser = env(su=True)
    orders = _waiting(superuser)
    superuser.company.shipping_hold_level = "reservation"
    superuser.flush_all()
    superuser.cr.execute("UPDATE sale_order SET shipping_gate_mark = 'held' WHERE state = 'sale'")

    def timed():
        opened = superuser["sale.order"]._gate_candidates()._gate_sweep(before=("held",))
        superuser.flush_all()
        if opened != orders or set(opened.picking_ids.mapped("state")) != {"assigned"}:
            raise SystemExit("Not everything was set going.")

    return timed
