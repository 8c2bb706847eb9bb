# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Many complaints, beside what Odoo does with as many leads."""

from bench import complaint_fill, complaint_operations, ground
from bench.contests import compare_pairs
from bench.operations_run import publish, show_additional

ROUNDS, SLOW_ROUNDS = 15, 3
NAME, CONTENDERS = "bench_complaints", ("leads", "complaints")


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

    def rounds(title):
        if complaint_operations.is_slow(title, many):
            return options.rounds or SLOW_ROUNDS, min(options.warmup, 1)
        return options.rounds or ROUNDS, options.warmup

    publish(compare_pairs(database, pairs, CONTENDERS, rounds), options, *CONTENDERS)
    if options.queries:
        for title, operations in pairs.items():
            show_additional(title, *(database.run_and_listen(operation)[1] for operation in operations))
    if options.drop:
        ground.drop_database(NAME)
