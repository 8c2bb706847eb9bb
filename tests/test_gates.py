"""The gates of the test run: an unexpected log line and a skipped test make it fail, an expected line does not."""
import os
import subprocess
import sys

import pytest

TESTS = {
    "quiet": "def test_quiet(): pass",
    "warning": "import logging\ndef test_warning(): logging.getLogger('x').warning('trouble ahead')",
    "expected": """
import logging, unittest
class TestExpected(unittest.TestCase):
    def test_expected(self):
        with self.assertLogs('x', 'WARNING'):
            logging.getLogger('x').warning('trouble ahead')
""",
    "skipped": "import pytest\ndef test_skipped(): pytest.skip('no browser')",
}


@pytest.mark.parametrize(
    ("name", "allowed", "status", "text"),
    [
        ("quiet", "0", 0, "1 passed"),
        ("warning", "0", 1, "WARNING x: trouble ahead"),
        ("expected", "0", 0, "1 passed"),
        ("skipped", "0", 1, "1 skipped, 0 allowed"),
        ("skipped", "1", 0, "1 skipped"),
    ],
)
@pytest.mark.parametrize("workers", [[], ["-n", "1"]])
def test_gate(tmp_path, name, allowed, status, text, workers):
    (tmp_path / f"test_{name}.py").write_text(TESTS[name])
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTEST_")}
    plugins = ["-p", "no:odoo", "-p", "log_gate", "-p", "skip_gate", *workers]
    run = subprocess.run(
        [sys.executable, "-m", "pytest", *plugins, "-c", tmp_path / "pytest.ini", tmp_path],
        env={**environment, "MAX_SKIPPED": allowed},
        capture_output=True,
        text=True,
    )
    assert run.returncode == status, run.stdout + run.stderr
    assert text in run.stdout
