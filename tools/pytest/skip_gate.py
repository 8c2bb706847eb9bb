"""pytest plugin: more than MAX_SKIPPED skipped tests (0 unless set) make the run fail.

Odoo skips its browser tests where the browser is missing; that must not pass for green.
"""
import os

import pytest

LIMIT = int(os.environ.get("MAX_SKIPPED") or 0)
_skipped = []


def pytest_runtest_logreport(report):
    if report.skipped and not hasattr(report, "wasxfail"):
        _skipped.append(report)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session, exitstatus):
    if not hasattr(session.config, "workerinput") and len(_skipped) > LIMIT and not session.exitstatus:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter):
    if len(_skipped) <= LIMIT:
        return
    terminalreporter.section(f"{len(_skipped)} skipped, {LIMIT} allowed (MAX_SKIPPED)")
    for report in _skipped:
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        terminalreporter.line(f"{report.nodeid}: {reason}")
