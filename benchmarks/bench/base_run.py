# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Our addon on a large customer base, beside the bare SQL that does the same work."""

from bench import base_fill, base_operations, fixture, ground
from bench.contests import compare_pairs
from bench.operations_run import publish

ROUNDS, SLOW_ROUNDS = 15, 3
CONTENDERS = ("SQL", "addon", "Odoo")


def run(options):
    """Fill the database unless it is filled, measure, print, and write the JSON; see `run.py --help`."""
    if options.addon_template:
        ground.copy_database(options.addon_template, options.base)
    database = ground.Database(options.base)
    with database.transaction() as env:
        base_fill.fill(env, options.partners, options.logs)
    database = database.as_user(f"{fixture.SALESPERSON}_1")
    with database.transaction() as env:
        difference = base_operations.disagreement(env) or base_operations.registered_differently(env)
        if difference:
            raise SystemExit(f"The bare SQL does not do the same work: {difference}")
        pairs = base_operations.pairs(env)
    pairs = {title: pair for title, pair in pairs.items() if (options.only or "") in title}

    def rounds(title):
        if base_operations.is_slow(title):
            return options.rounds or SLOW_ROUNDS, min(options.warmup, 1)
        return options.rounds or ROUNDS, options.warmup

    publish(compare_pairs(database, pairs, CONTENDERS, rounds), options, "SQL", "addon")
    if options.queries:
        for title, (_bare, addon, *_odoo) in pairs.items():
            show_slowest(title, database.run_and_listen(addon)[1])
    if options.drop:
        ground.drop_database(options.base)


def show_slowest(title, log, most=12):
    """Print the statements in which a run spent most of its time, with milliseconds."""
    seconds = log.seconds_by_shape()
    print(f"\n{title}: {len(log)} queries, {log.seconds * 1000:.1f} ms in SQL")
    for shape, (times, spent) in sorted(seconds.items(), key=lambda item: -item[1][1])[:most]:
        print(f"  {spent * 1000:8.1f} ms  {times:5}x  {shape[:700]}")
