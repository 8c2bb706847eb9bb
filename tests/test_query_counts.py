# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Our addons add at most three queries to what salespeople do all day; counted by the benchmarks, not timed."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
MOST = 3


@pytest.fixture(scope="module")
def counts():
    """The queries of each operation as (on plain Odoo, with our addons)."""
    ours, plain = os.environ["GROUND_DATABASE"], os.environ["GROUND_PLAIN_DATABASE"]
    databases = {"--plain": f"{ours}_count_plain", "--addon": f"{ours}_count_addon"}
    command = [sys.executable, ROOT / "benchmarks/run.py", "--rounds=5", "--warmup=3", "--customers=20", "--json=-"]
    command += ["--drop", f"--plain-template={plain}", f"--addon-template={ours}"]
    command += [f"{option}={name}" for option, name in databases.items()]
    try:
        run = subprocess.run(command, text=True, capture_output=True, timeout=600)
        assert run.returncode == 0, run.stderr
    finally:
        for name in databases.values():
            subprocess.run(["dropdb", "--if-exists", "--force", name], check=True)
    return {
        found["name"]: (found["reference"]["queries"], found["subject"]["queries"])
        for found in json.loads(run.stdout)["operations"]
    }


@pytest.mark.parametrize("operation", ["create partner", "confirm quotation", "post message on partner"])
def test_three_queries_more_at_most(counts, operation):
    plain, ours = counts[operation]
    assert ours <= plain + MOST, f"{operation}: {plain} queries on plain Odoo, {ours} with our addons"


def test_additional_queries_are_counted(counts):
    """Where our fields are on the form they have to be read; a counter that sees nothing would pass everything."""
    plain, ours = counts["open partner form"]
    assert plain > 10
    assert ours > plain
