# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Ranking and overdue detection over many open deliveries, beside bare SQL."""

from bench import ground, shipping_fill, shipping_operations
from bench.base_run import show_slowest
from bench.contests import compare_pairs
from bench.operations_run import publish

ROUNDS = 5
NAME, CONTENDERS = "bench_shipping", ("reference", "addon")


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
        shipping_operations.check_overdue(env)
    pairs = {title: pair for title, pair in pairs.items() if (options.only or "") in title}
    rounds = options.rounds or ROUNDS, min(options.warmup, 1)
    publish(compare_pairs(database, pairs, CONTENDERS, lambda _title: rounds), options, *CONTENDERS)
    if options.queries:
        for title, (_reference, addon) in pairs.items():
            show_slowest(title, database.run_and_listen(addon)[1])
    if options.drop:
        ground.drop_database(NAME)
