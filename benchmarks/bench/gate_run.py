# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The shipping gate, on and off, beside plain Odoo."""

import sys

from bench import gate_fixture, gate_operations, ground
from bench.contests import compare_sides
from bench.operations_run import publish, show_additional

ROUNDS, ROUNDS_OF_MANY = 15, 5


def run(options):
    """Prepare the databases, measure, print, and write the JSON; see `run.py --help`."""
    sides = {
        "plain": (options.plain_template, None),
        "gate off": (options.addon_template, None),
        "gate on": (options.addon_template, gate_fixture.switch_gate_on),
    }
    if options.oca:
        sides["OCA"] = (options.plain_template, gate_fixture.switch_oca_on)
    databases = {}
    for number, (side, (template, switch)) in enumerate(sides.items()):
        name = f"bench_gate_{number}"
        if template:
            ground.copy_database(template, name)
            if side == "OCA":
                with ground.Database(name).transaction() as env:
                    gate_fixture.install_oca(env)
        database = ground.Database(name)
        with database.transaction(commit=True) as env:
            gate_fixture.build(env, max(gate_operations.SIZES), switch)
        databases[side] = database.as_user(gate_fixture.SHIPPER)
    operations = {
        title: operation
        for title, operation in gate_operations.operations().items()
        if not options.only or title in options.only.split(",")
    }
    comparisons = []
    for title, operation in operations.items():
        # The OCA addon on deliveries takes one at a time: with more it ends in an error.
        too_many = title.startswith("validate") and not title.endswith(" 1")
        sides = {side: database for side, database in databases.items() if not (side == "OCA" and too_many)}
        rounds, warmup = (ROUNDS_OF_MANY, 1) if title.endswith("100") else (ROUNDS, options.warmup)
        comparisons += compare_sides(title, sides, operation, options.rounds or rounds, warmup)
    print(file=sys.stderr)
    publish(comparisons, options, "plain", "addons")
    if options.queries:
        for title, operation in operations.items():
            show_additional(title, *(databases[side].run_and_listen(operation)[1] for side in ("plain", "gate on")))
    if options.drop:
        for database in databases.values():
            ground.drop_database(database.name)
