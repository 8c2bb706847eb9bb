"""record.py ODOO-ARGUMENTS...: Odoo's command line, with the result of every test written to $CORE_RESULTS.

Each line is `module<TAB>Class.test<TAB>pass|fail|error|skip<TAB>reason`. All tests run at the end, with every
installed module loaded, those too that Odoo would run between the installation of two modules: only so they
meet the addons that are installed on top.
"""
import os
import sys

import odoo.cli
from odoo.tests import loader
from odoo.tests.result import OdooTestResult

_make_suite = loader.make_suite


def _one_line(text):
    return " ".join(str(text).split())[:300]


def _case(test):
    """The test a subtest belongs to."""
    while getattr(test, "test_case", None):
        test = test.test_case
    return test


class RecordingResult(OdooTestResult):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._running = {}

    def startTest(self, test):
        self._running[id(_case(test))] = ("pass", "")
        super().startTest(test)

    def _note(self, test, result, reason):
        case = _case(test)
        if id(case) in self._running:
            self._running[id(case)] = (result, reason)
        else:
            # setUpClass failed or skipped: there is no test, only a holder with a description
            _write(getattr(test, "__module__", "?"), str(test), result, reason)

    def addError(self, test, err):
        if not self._soft_fail:
            self._note(test, "error", f"{err[0].__name__}: {err[1]}")
        super().addError(test, err)

    def addFailure(self, test, err):
        if not self._soft_fail:
            self._note(test, "fail", f"{err[0].__name__}: {err[1]}")
        super().addFailure(test, err)

    def addSkip(self, test, reason):
        self._note(test, "skip", reason)
        super().addSkip(test, reason)

    def stopTest(self, test):
        case = _case(test)
        noted = self._running.pop(id(case), None)
        if noted:
            _write(type(case).__module__, f"{type(case).__qualname__}.{case._testMethodName}", *noted)
        super().stopTest(test)


def _write(python_module, name, result, reason):
    parts = python_module.split(".")
    module = parts[2] if parts[:2] == ["odoo", "addons"] else parts[0]
    with open(os.environ["CORE_RESULTS"], "a", encoding="utf-8") as file:
        print(module, name, result, _one_line(reason), sep="\t", file=file)


def make_suite(module_names, position="at_install"):
    if position == "at_install":
        return loader.OdooSuite([])
    names = list(module_names)
    return loader.OdooSuite([*_make_suite(names, "at_install"), *_make_suite(names, "post_install")])


if __name__ == "__main__":
    loader.OdooTestResult = RecordingResult
    loader.make_suite = make_suite
    sys.argv[0] = "odoo"
    odoo.cli.main()
