# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Options come from the command line, else from the environment, else are set."""

import pytest

import run


def test_defaults(monkeypatch):
    monkeypatch.delenv("BENCH_PLAIN", raising=False)
    options = run.parse([])
    assert (options.what, options.plain, options.plain_template) == ("operations", "bench_plain", None)
    assert options.warmup == 5


def test_environment(monkeypatch):
    monkeypatch.setenv("BENCH_PLAIN", "here")
    monkeypatch.setenv("BENCH_ADDON_TEMPLATE", "ours")
    monkeypatch.setenv("BENCH_ROUNDS", "7")
    monkeypatch.setenv("ODOO_RC", "odoo.conf")
    options = run.parse([])
    assert (options.plain, options.addon_template, options.rounds, options.config) == ("here", "ours", 7, "odoo.conf")


def test_command_line_goes_before_the_environment(monkeypatch):
    monkeypatch.setenv("BENCH_PLAIN", "here")
    options = run.parse(["base", "--plain", "there", "--partners", "1000"])
    assert (options.what, options.plain, options.partners) == ("base", "there", 1000)


def test_help_needs_no_odoo(capsys):
    with pytest.raises(SystemExit) as ended:
        run.parse(["--help"])
    assert ended.value.code == 0
    assert "--plain-template" in capsys.readouterr().out
