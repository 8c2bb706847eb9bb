# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Many orders that wait for their money: one that the server made, with invoice and delivery, multiplied by SQL."""

from bench.gate_fixture import QUOTATION, find
from bench.multiply import analyze, finish_sequence, multiply

HELD = "Bench Held"
TABLES = ("sale_order", "sale_order_line", "account_move", "account_move_line", "stock_picking", "stock_move")


def fill(env, orders):
    """Let so many orders wait for money, as superuser, and commit. Nothing of them is reserved.

    :param env: environment of a database in which `gate_fixture.build` was called
    :param int orders: number of orders
    """
    if env["sale.order"].search_count([("client_order_ref", "=", HELD)]):
        return
    sample = find(env, QUOTATION, 1).copy({"client_order_ref": HELD})
    sample.order_line[1:].unlink()
    sample.action_confirm()
    sample._create_invoices().action_post()
    sample.picking_ids.do_unreserve()
    env.flush_all()
    env.cr.execute(f"SELECT {', '.join(f'(SELECT max(id) FROM {table})' for table in TABLES)}")
    last = dict(zip(TABLES, env.cr.fetchone(), strict=True))
    source = f"generate_series(1, {orders - 1}) AS n"
    line, move = sample.order_line, sample.picking_ids.move_ids
    invoice = sample.invoice_ids
    items = invoice.line_ids

    def copy(table, record, number="n", **values):
        multiply(env.cr, table, record.id, source, {"id": f"{last[table]} + {number}", **values})

    def new(table, number="n"):
        return f"{last[table]} + {number}"

    copy("sale_order", sample, name="'BH' || n")
    copy("sale_order_line", line, order_id=new("sale_order"))
    copy("account_move", invoice, name="'BH/' || n", sequence_prefix="'BH/'", sequence_number="n")
    for place, item in enumerate(items):
        number = f"n * {len(items)} - {place}"
        copy("account_move_line", item, number, move_id=new("account_move"), move_name="'BH/' || n")
        if item.sale_line_ids:
            env.cr.execute(
                f"INSERT INTO sale_order_line_invoice_rel (order_line_id, invoice_line_id) "
                f"SELECT {new('sale_order_line')}, {new('account_move_line', number)} FROM {source}"
            )
    copy("stock_picking", sample.picking_ids, name="'BH/OUT/' || n", sale_id=new("sale_order"))
    copy("stock_move", move, picking_id=new("stock_picking"), sale_line_id=new("sale_order_line"))
    for table in TABLES:
        finish_sequence(env.cr, table)
    env.cr.commit()
    analyze(env.cr.dbname, TABLES)
