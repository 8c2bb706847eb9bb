#!/usr/bin/env python3
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Compare Odoo with our addons to plain Odoo, and our addons on a large customer base to bare SQL.

operations  the daily operations of a salesperson, alternately in two databases (the default)
base        a customer base of a million partners: open customers, reminders, registration
gate        confirm, reserve and validate 1, 10 and 100 deliveries with the shipping gate off and on
sweep       the job that sets going what has opened, among many deliveries that are held
complaints  a hundred thousand complaints: list, pivot, and a thousand at once, beside as many leads
shipping    ranking and finding late ones among a hundred thousand open deliveries, beside bare SQL
shield      read partners with masked fields, with and without a log of what was read
files       store, read and send secret files of 1 KB, 1 MB and 200 MB, beside plain ones, with peak memory

Every option can be set in the environment too: BENCH_PLAIN for --plain, and so on.
"""

import argparse
import os
import sys
from importlib import import_module
from pathlib import Path

SUBJECTS = {
    "operations": "operations_run",
    "base": "base_run",
    "gate": "gate_run",
    "sweep": "sweep_run",
    "complaints": "complaint_run",
    "shipping": "shipping_run",
    "shield": "shield_run",
    "files": "files_run",
}


def parse(arguments):
    """Return the options of a command line, completed from the environment."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)

    def option(name, default=None, **rest):
        value = os.environ.get("BENCH_" + name.upper().replace("-", "_"), default)
        parser.add_argument("--" + name, default=value, **rest)

    parser.add_argument("what", nargs="?", choices=SUBJECTS, default="operations")
    option("config", os.environ.get("ODOO_RC"), metavar="FILE", help="Odoo configuration (ODOO_RC)")
    option("addons-path", metavar="DIRS", help="addon folders beside the configured ones, comma separated")
    option("plain", "bench_plain", metavar="DB", help="database without our addons (%(default)s)")
    option("addon", "bench_addon", metavar="DB", help="database with our addons (%(default)s)")
    option("base", "bench_base", metavar="DB", help="database of the large customer base (%(default)s)")
    option("plain-template", metavar="DB", help="make --plain a fresh copy of this database")
    option("addon-template", metavar="DB", help="make --addon or --base a fresh copy of this database")
    option("rounds", 0, type=int, metavar="N", help="measured runs of each contender (60; base: 15)")
    option("warmup", 5, type=int, metavar="N", help="runs before, not measured (%(default)s)")
    option("customers", 100, type=int, metavar="N", help="operations: customers in each database (%(default)s)")
    option("partners", 1_000_000, type=int, metavar="N", help="base: number of partners (%(default)s)")
    option("logs", 5_000_000, type=int, metavar="N", help="base: number of contact logs (%(default)s)")
    option("held", 100_000, type=int, metavar="N", help="sweep: deliveries that stay held (%(default)s)")
    option("complaints", 100_000, type=int, metavar="N", help="complaints: how many, and leads (%(default)s)")
    option("deliveries", 100_000, type=int, metavar="N", help="shipping: open deliveries (%(default)s)")
    option("only", metavar="WORD", help="only operations with this word in their name")
    option("json", metavar="FILE", help="write the numbers here as well; - for standard output instead of the table")
    parser.add_argument("--oca", action="store_true", help="gate, shield: the nearest addons of the OCA beside it")
    parser.add_argument("--queries", action="store_true", help="list the statements that the addons add, or run")
    parser.add_argument("--drop", action="store_true", help="remove the databases afterwards")
    return parser.parse_args(arguments)


def main(arguments):
    options = parse(arguments)
    sys.path.insert(0, str(Path(__file__).parent))
    from bench import ground

    ground.configure(options.config, options.addons_path)
    import_module(f"bench.{SUBJECTS[options.what]}").run(options)


if __name__ == "__main__":
    main(sys.argv[1:])
