# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Ranking and overdue detection over many open deliveries, beside bare SQL."""

import sys
from functools import partial

from bench import ground, shipping_fill, shipping_operations
from bench.base_run import show_slowest
from bench.operations_run import publish
from bench.timing import compare

ROUNDS = 5
NAME = "bench_shipping"


def run(options):
    """Fill the database unless it is filled, measure, print, and write the JSON; see `run.py --help`."""
    if options.addon_template:
        ground.copy_database(options.addon_template, NAME)
    database = ground.Database(NAME)
    with database.transaction() as env:
        shipping_fill.fill(env, options.deliveries)
    database = database.as_user(shipping_fill.SHIPPER)
    with database.transaction() as env:
        pairs = shipping_operations.pairs(env)
    pairs = {title: pair for title, pair in pairs.items() if (options.only or "") in title}
    comparisons = []
    for title, operations in pairs.items():
        contenders = {
            name: partial(database.run, operation) for name, operation in zip(("reference", "addon"), operations)
        }
        comparisons.append(compare(title, contenders, options.rounds or ROUNDS, min(options.warmup, 1)))
        print(".", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    publish(comparisons, options, "reference", "addon")
    if options.queries:
        for title, (_reference, addon) in pairs.items():
            show_slowest(title, database.run_and_listen(addon)[1])
    if options.drop:
        ground.drop_database(NAME)
