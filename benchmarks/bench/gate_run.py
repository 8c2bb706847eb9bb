# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The shipping gate, on and off, beside plain Odoo."""

import sys
from functools import partial

from bench import gate_fixture, gate_operations, ground
from bench.operations_run import publish, show_additional
from bench.timing import Comparison, alternate, summarize

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
        many = title.endswith("100")
        samples = alternate(
            {
                side: partial(database.run, operation)
                for side, database in databases.items()
                # The OCA addon on deliveries takes one at a time: with more it ends in an error.
                if not (side == "OCA" and title.startswith("validate") and not title.endswith(" 1"))
            },
            options.rounds or (ROUNDS_OF_MANY if many else ROUNDS),
            1 if many else options.warmup,
        )
        plain, *others = ((side, summarize(taken)) for side, taken in samples.items())
        comparisons += [Comparison(f"{title}: {side}", plain[1], summary) for side, summary in others]
        print(".", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    publish(comparisons, options, "plain", "addons")
    if options.queries:
        for title, operation in operations.items():
            show_additional(title, *(databases[side].run_and_listen(operation)[1] for side in ("plain", "gate on")))
    if options.drop:
        for database in databases.values():
            ground.drop_database(database.name)
