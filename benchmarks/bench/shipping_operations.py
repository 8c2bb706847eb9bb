# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What is done with all open deliveries at once, beside bare SQL that writes or reads as many rows."""

from odoo import fields

from bench.operations import COUNT_LIMIT, LIST_SIZE
from bench.specification import specification


def pairs(env):
    """Return what is measured, as a dict of title to operations: the reference, and ours.

    :param env: environment of the dispatcher
    """
    return {
        "rank all deliveries anew": (_plain_update(), _rank(forget=True)),
        "rank all deliveries, nothing changed": (_plain_update(), _rank(forget=False)),
        "find what is overdue": (_plain_overdue(), _overdue()),
        f"list of {LIST_SIZE} requests": (_list(env, "stock.picking"), _list(env, "sales.shipping.request")),
        "held goods by reason and age": (
            _pivot("sale.order", ["state", "date_order:month"], ["amount_total:sum"]),
            _pivot("sales.shipping.held", ["reason", "age"], ["value:sum"]),
        ),
        "what left, by month": (
            _pivot("stock.picking", ["state", "date_done:month"], ["__count"]),
            _pivot("sales.shipping.left", ["date:month"], ["on_time:avg", "exception:avg", "incident:avg", "__count"]),
        ),
        "steps by month": (
            _pivot("stock.move", ["state", "date:month"], ["product_uom_qty:sum"]),
            _pivot("sales.shipping.request.step", ["step", "date:month"], ["hours:avg"]),
        ),
    }


def check_overdue(env):
    """Check that the bare SQL finds the same overdue deliveries as the addon.

    :raises SystemExit: where it does not
    """
    plain, ours = (set(operation(env)()) for operation in (_plain_overdue(), _overdue()))
    if plain != ours:
        raise SystemExit(f"overdue deliveries differ: {len(plain)} by bare SQL, {len(ours)} by the addon")


def _plain_update():
    def operation(env):
        _forget(env)

        def timed():
            env.cr.execute(
                'UPDATE stock_picking SET shipping_score = 12.5, shipping_score_parts = \'{"customer": ["a", 40.0]}\''
                " WHERE state IN ('waiting', 'confirmed', 'assigned')"
            )

        return timed

    return operation


def _rank(forget):
    def operation(env):
        if forget:
            _forget(env)
        else:
            env["stock.picking"].sudo()._shipping_rank(env.company)
        return lambda: env["stock.picking"].sudo()._shipping_rank(env.company)

    return operation


def _forget(env):
    env.cr.execute("UPDATE stock_picking SET shipping_score = NULL, shipping_score_parts = NULL")


def _plain_overdue():
    def operation(env):
        def timed():
            env.cr.execute(
                """
                SELECT id FROM stock_picking
                 WHERE date_deadline < %(now)s::date
                   AND (state = 'assigned' OR state = 'done' AND date_done::date > date_deadline::date
                        AND date_done > %(now)s::timestamp - interval '30 days')
                   AND company_id IN (SELECT id FROM res_company WHERE shipping_gate_enabled)
                   AND location_dest_id IN (SELECT id FROM stock_location WHERE usage = 'customer')
                   AND id NOT IN (SELECT picking_id FROM sales_shipping_incident WHERE kind = 'delay')
                   AND NOT EXISTS (SELECT FROM sale_order
                                    WHERE id = stock_picking.sale_id AND shipping_gate_mark = 'held')
                 ORDER BY id
                """,
                {"now": fields.Datetime.now()},
            )
            return env.cr.fetchall()

        return timed

    return operation


def _overdue():
    def operation(env):
        incidents = env["sales.shipping.incident"].sudo()
        return lambda: env.execute_query(incidents._overdue_query(fields.Datetime.now()))

    return operation


def _list(env, model):
    columns = specification(env[model].get_views([(False, "list")]), "list")

    def operation(env):
        return lambda: env[model].web_search_read([], columns, limit=LIST_SIZE, count_limit=COUNT_LIMIT + 1)

    return operation


def _pivot(model, groupby, aggregates):
    def operation(env):
        return lambda: env[model].formatted_read_group([], groupby, aggregates)

    return operation
