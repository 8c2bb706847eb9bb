# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Many complaints, beside what Odoo does with as many leads."""

import sys
from functools import partial

from bench import complaint_fill, complaint_operations, ground
from bench.operations_run import publish, show_additional
from bench.timing import compare

ROUNDS, SLOW_ROUNDS = 15, 3
NAME = "bench_complaints"


def run(options):
    """Fill the database unless it is filled, measure, print, and write the JSON; see `run.py --help`."""
    if options.addon_template:
        ground.copy_database(options.addon_template, NAME)
    database = ground.Database(NAME)
    with database.transaction() as env:
        complaint_fill.fill(env, options.complaints)
    database = database.as_user(complaint_fill.HANDLER)
    # A tenth of them is in each state.
    many = min(complaint_operations.MANY, options.complaints // 20)
    with database.transaction() as env:
        pairs = complaint_operations.pairs(env, many)
    pairs = {title: pair for title, pair in pairs.items() if (options.only or "") in title}
    comparisons = []
    for title, operations in pairs.items():
        slow = complaint_operations.is_slow(title, many)
        contenders = {
            name: partial(database.run, operation) for name, operation in zip(("leads", "complaints"), operations)
        }
        rounds = options.rounds or (SLOW_ROUNDS if slow else ROUNDS)
        comparisons.append(compare(title, contenders, rounds, min(options.warmup, 1) if slow else options.warmup))
        print(".", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    publish(comparisons, options, "leads", "complaints")
    if options.queries:
        for title, operations in pairs.items():
            show_additional(title, *(database.run_and_listen(operation)[1] for operation in operations))
    if options.drop:
        ground.drop_database(NAME)
