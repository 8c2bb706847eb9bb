# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Secret files beside plain ones: stored, read whole, and sent piece by piece; time and peak memory."""

import os
import tempfile
import tracemalloc
from pathlib import Path

from odoo.tools import config

from bench import fixture, ground
from bench.contests import compare_pairs
from bench.operations_run import publish

NAME, PIECE = "bench_files", 256 * 1024
SIZES = {"1 KB": (1024, 40), "1 MB": (1024**2, 20), "200 MB": (200 * 1024**2, 5)}
SIDES = ("plain", "secret")


def run(options):
    """Prepare the database, measure, print, and write the JSON; see `run.py --help`."""
    if options.addon_template:
        ground.copy_database(options.addon_template, NAME)
    database = ground.Database(NAME)
    from odoo.addons.sales_confidentiality.cipher import OPTION, KeyRing

    with tempfile.TemporaryDirectory() as folder:
        KeyRing.add_new(Path(folder) / "keys")
        config[OPTION] = str(Path(folder) / "keys")
        with database.transaction(commit=True) as env:
            classes = _clear(env, fixture.salesperson(env, fixture.SALESPERSON))
        database = database.as_user(fixture.SALESPERSON)
        pairs, rounds = {}, {}
        for label, (size, times) in SIZES.items():
            files = {}
            for side in SIDES:
                with database.transaction(commit=True) as env:
                    files[side] = env["ir.attachment"].create(_values(size, classes, side)).id
            for title, operation in operations(size, classes, files).items():
                title = f"{title} {label}"
                if not options.only or options.only in title:
                    pairs[title] = [operation(side) for side in SIDES]
                    rounds[title] = (options.rounds or times, min(options.warmup, 2))
        publish(compare_pairs(database, pairs, SIDES, rounds.get), options, *SIDES)
        for title, contenders in pairs.items():
            peaks = [_peak(database, operation) for operation in contenders]
            print(f"{title}: peak memory {peaks[0]:.1f} MB plain, {peaks[1]:.1f} MB secret")
    # Files of transactions that were rolled back stay until somebody collects them.
    ground.drop_database(NAME)


def operations(size, classes, files):
    """Return what is measured, as a dict of title to function of a side to an operation.

    :param files: dict of side to the id of a stored file of this size
    """

    def store(side):
        def operation(env):
            values = _values(size, classes, side)
            return lambda: env["ir.attachment"].create(values)

        return operation

    def read(side):
        def operation(env):
            def timed():
                if len(env["ir.attachment"].browse(files[side]).raw) != size:
                    raise SystemExit("What was read is not what was stored.")

            return timed

        return operation

    def send(side):
        def operation(env):
            def timed():
                # As the server does once it knows the file: a secret one is verified before its first byte leaves.
                file = env["ir.attachment"].browse(files[side])
                if side == "secret":
                    reader = file._confidentiality_verify(file._confidentiality_reader())
                else:
                    reader = file._confidentiality_file()
                with reader:
                    reader.seek(0)
                    if sum(map(len, iter(lambda: reader.read(PIECE), b""))) != size:
                        raise SystemExit("What was sent is not what was stored.")

            return timed

        return operation

    return {"store": store, "read": read, "send": send}


def _values(size, classes, side):
    # No two files are equal: the file store would write only the first one.
    start = os.urandom(16)
    piece = os.urandom(min(size, PIECE))
    content = (start + piece * (size // len(piece)))[:size]
    return {"name": "bench.bin", "raw": content, **(classes if side == "secret" else {})}


def _clear(env, user):
    """Clear the user for one category up to one level, and return both as values of a file."""
    category = env["sales.confidentiality.category"].search([], limit=1)
    level = env["sales.confidentiality.level"].search([], limit=1)
    env["sales.confidentiality.clearance"].create(
        {"user_id": user.id, "category_id": category.id, "level_id": level.id, "reason": "Bench"}
    )
    return {"confidentiality_category_id": category.id, "confidentiality_level_id": level.id}


def _peak(database, operation):
    """Return how much memory one run takes at most, in megabytes, beside what was there before."""
    with database.transaction() as env:
        timed = operation(env)
        env.cr.flush()
        env.invalidate_all()
        tracemalloc.start()
        try:
            timed()
            env.cr.flush()
            return tracemalloc.get_traced_memory()[1] / 1024**2
        finally:
            tracemalloc.stop()
