# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The daily operations, alternately in plain Odoo and in Odoo with our addons."""

import sys
from functools import partial
from pathlib import Path

from bench import fixture, ground, operations, querylog, report
from bench.timing import compare

ROUNDS = 60


def run(options):
    """Prepare both databases, measure, print, and write the JSON; see `run.py --help`."""
    sides = {"plain": (options.plain, options.plain_template), "addons": (options.addon, options.addon_template)}
    databases, known = {}, {}
    for side, (name, template) in sides.items():
        if template:
            ground.copy_database(template, name)
        database = ground.Database(name)
        with database.transaction(commit=True) as env:
            fixture.build(env, options.customers)
        databases[side] = database.as_user(fixture.SALESPERSON)
        known[side] = prepare(databases[side])
    names = [name for name in known["plain"] if (options.only or "") in name]
    comparisons = []
    for name in names:
        contenders = {side: partial(databases[side].run, known[side][name]) for side in databases}
        comparisons.append(compare(name, contenders, options.rounds or ROUNDS, options.warmup))
        print(".", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    publish(comparisons, options, "plain", "addons")
    if options.queries:
        for name in names:
            show_additional(name, *(databases[side].run_and_listen(known[side][name])[1] for side in databases))
    if options.drop:
        for name, _template in sides.values():
            ground.drop_database(name)


def prepare(database):
    """Return the operations of one database as its salesperson runs them."""
    with database.transaction() as env:
        return operations.operations(env, fixture.find(env(su=True)))


def publish(comparisons, options, reference, subject):
    """Print the table, and write the JSON where it is wanted."""
    text = report.document(
        comparisons,
        reference=reference,
        subject=subject,
        measured=options.what,
        rounds=comparisons[0].subject.rounds if comparisons else 0,
    )
    if options.json == "-":
        print(text)
        return
    print(report.table(comparisons, reference, subject))
    if options.json:
        Path(options.json).write_text(text + "\n", "utf-8")


def show_additional(name, plain, addons):
    """Print the statements that the addons' run has more often than the plain one, and those it has less often."""
    print(f"\n{name}: {len(plain)} → {len(addons)} queries")
    for sign, statements in (("+", querylog.additional(addons, plain)), ("-", querylog.additional(plain, addons))):
        for statement, times in statements:
            print(f"  {sign}{times}  {statement[:600]}")
