# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The project's Odoo as a command, for tests that need it in a process of its own."""

import subprocess
from pathlib import Path

COMMAND = Path(__file__).resolve().parents[1] / "tools/odoo"
# What the buttons of the Apps menu do; ``env`` is that of the new registry afterwards.
APPS = """
def apps(name, button):
    getattr(env["ir.module.module"].search([("name", "=", name)]), f"button_immediate_{button}")()
"""


def shell(database, script):
    """Run a script in Odoo's shell, where ``apps(name, button)`` installs, upgrades and uninstalls.

    :return: what the script prints; a warning, an error or a failed script fails the test
    """
    run = subprocess.run(
        [COMMAND, "shell", "-d", database, "--no-http", "--log-level=warn"],
        input=APPS + script,
        text=True,
        capture_output=True,
        timeout=900,
    )
    output = run.stdout + run.stderr
    assert run.returncode == 0, output
    assert not [
        line for line in output.splitlines() if " WARNING " in line or " ERROR " in line or "Traceback" in line
    ], output
    return run.stdout
