# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The table and the JSON say the same as the comparison."""

import json
from dataclasses import replace

from bench.report import document, table
from bench.timing import Comparison, Summary

COMPARISON = Comparison(
    "create partner",
    Summary(median=0.040, fastest=0.030, database=0.010, queries=17, rounds=60, database_cpu=0.008),
    Summary(median=0.050, fastest=0.033, database=0.020, queries=18, rounds=60, database_cpu=0.010),
)


def cells(line):
    return [cell.strip() for cell in line.strip("|").split("|")]


def test_table():
    headings, _rule, row = table([COMPARISON], "plain", "addons").splitlines()
    assert cells(headings) == [
        "operation",
        "plain ms",
        "addons ms",
        "ratio",
        "fastest",
        "SQL",
        "CPU",
        "queries",
        "more",
    ]
    assert cells(row) == ["create partner", "40.0", "50.0", "1.25", "1.10", "0.50", "1.25", "17 → 18", "+1"]


def test_a_yardstick_has_its_own_columns():
    measured = replace(COMPARISON, yardstick=Summary(0.040, 0.030, 0.010, 16, 60))
    headings, _rule, first, second = table([measured, COMPARISON], "SQL", "addon").splitlines()
    assert cells(headings)[-2:] == ["Odoo ms", "to Odoo"]
    assert cells(first)[-2:] == ["40.0", "1.25"]
    assert cells(second)[-2:] == ["", ""]
    [told, silent] = json.loads(document([measured, COMPARISON]))["operations"]
    assert (told["yardstick"]["queries"], told["yardstick_ratio"]) == (16, 1.25)
    assert silent["yardstick"] is None


def test_table_lines_are_equally_long():
    assert len({len(line) for line in table([COMPARISON, COMPARISON], "plain", "addons").splitlines()}) == 1


def test_document():
    facts = json.loads(document([COMPARISON], rounds=60))
    assert facts["rounds"] == 60
    [operation] = facts["operations"]
    assert operation["name"] == "create partner"
    assert (operation["ratio"], operation["fastest_ratio"], operation["database_ratio"]) == (1.25, 1.1, 0.5)
    assert operation["cpu_ratio"] == 1.25
    assert operation["extra_queries"] == 1
    assert operation["reference"] == {
        "median": 0.04,
        "fastest": 0.03,
        "database": 0.01,
        "queries": 17,
        "rounds": 60,
        "database_cpu": 0.008,
    }
    assert operation["subject"]["queries"] == 18


def test_processor_time_that_nobody_tells_is_left_out():
    unknown = Comparison("work", *(Summary(0.1, 0.1, 0.1, queries, 1) for queries in (1, 2)))
    assert cells(table([unknown], "plain", "addons").splitlines()[2])[-3:] == ["", "1 → 2", "+1"]
    assert json.loads(document([unknown]))["operations"][0]["cpu_ratio"] is None


def test_document_of_nothing():
    assert json.loads(document([]))["operations"] == []
