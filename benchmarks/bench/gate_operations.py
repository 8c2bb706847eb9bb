# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Confirm, reserve and validate many deliveries in one call, alike in every database."""

from bench.gate_fixture import PAID, QUOTATION, find

SIZES = (1, 10, 100)


def operations(sizes=SIZES):
    """Return the operations, as a dict of title to operation; each gets an environment and returns what to time."""
    steps = {"confirm": _confirm, "reserve": _reserve, "validate": _validate}
    return {f"{title} {size}": make(size) for title, make in steps.items() for size in sizes}


def _deliveries(env, size):
    # By their numbers, as a request names them: what is read of one is then read of all.
    return env["stock.picking"].browse(find(env, PAID, size).picking_ids.ids)


def _confirm(size):
    def operation(env):
        orders = env["sale.order"].browse(find(env, QUOTATION, size).ids)
        return lambda: orders.action_confirm()

    return operation


def _reserve(size):
    def operation(env):
        pickings = _deliveries(env, size)
        pickings.do_unreserve()

        def timed():
            pickings.action_assign()
            env.flush_all()

        return timed

    return operation


def _validate(size):
    def operation(env):
        pickings = _deliveries(env, size)

        def timed():
            pickings.with_context(skip_backorder=True, skip_sms=True).button_validate()
            env.flush_all()
            if set(pickings.mapped("state")) != {"done"}:
                raise SystemExit("Not everything has left.")

        return timed

    return operation
