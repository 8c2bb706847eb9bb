"""The comparison of Odoo's own tests with their baseline."""
import pytest
from core.compare import compare, read_baseline, read_results, write_baseline

KEY = ("sale", "TestSale.test_a")


@pytest.mark.parametrize(
    ("before", "after", "worse"),
    [
        ("pass", "pass", False),
        ("pass", "fail", True),
        ("pass", "skip", True),
        ("pass", None, True),
        ("skip", "error", True),
        ("skip", "pass", False),
        ("fail", "pass", False),
        ("fail", "error", False),
        (None, "fail", True),
        (None, "pass", False),
    ],
)
def test_what_is_worse(before, after, worse):
    other = {("sale", "TestSale.test_other"): ("pass", "")}
    _lines, count = compare(
        {**other, **({KEY: (before, "")} if before else {})},
        {**other, **({KEY: (after, "")} if after else {})},
    )
    assert bool(count["failed"]) is worse


def test_other_suites_are_not_missed():
    _lines, count = compare({("crm", "TestCrm.test_a"): ("pass", "")}, {KEY: ("pass", "")})
    assert count == {"passed": 1, "failed": 0, "skipped": 0}


def test_a_baseline_keeps_the_suites_that_were_not_run(tmp_path):
    write_baseline(tmp_path / "baseline.tsv", {("crm", "TestCrm.test_a"): ("pass", "")})
    (tmp_path / "sale.tsv").write_text("sale\tTestSale.test_a\tpass\t\nsale\tTestSale.test_a\tfail\tno\n")
    write_baseline(tmp_path / "baseline.tsv", {KEY: read_results(tmp_path)[KEY]})
    assert read_baseline(tmp_path / "baseline.tsv") == {
        ("crm", "TestCrm.test_a"): ("pass", ""),
        KEY: ("fail", "no"),
    }
