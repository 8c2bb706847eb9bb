"""pytest plugin: a test that logs a warning or an error fails.

A test that expects such a line says so with `assertLogs` or `mute_logger`; both keep it from getting here.
"""
import logging

import pytest


class _Unexpected(logging.Handler):
    def __init__(self):
        super().__init__(logging.WARNING)
        self.lines = []

    def emit(self, record):
        self.lines.append(f"{record.levelname} {record.name}: {record.getMessage()}")

    def take(self):
        lines, self.lines = self.lines, []
        return lines


_unexpected = _Unexpected()


@pytest.hookimpl(trylast=True)
def pytest_sessionstart(session):
    logging.getLogger().addHandler(_unexpected)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    lines = _unexpected.take()
    if lines and report.passed:
        report.outcome = "failed"
        report.longrepr = "\n".join([f"logged in the {report.when} of a test that expects no such line:", *lines])
    return report
