"""docker/start, the program of the container, run without a container: it serves, and a signal ends it."""
import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

START = Path(__file__).parent.parent / "docker/start"


@pytest.fixture
def environment(tmp_path):
    """A database with our addons, and what the container would know about it."""
    source = os.environ["GROUND_DATABASE"]
    database = f"{source}_start"
    subprocess.run(["createdb", "--template", source, database], check=True)
    secret = tmp_path / "secret"
    secret.write_text("no-one-knows")
    yield {
        **os.environ,
        "ODOO": f"{sys.executable} -m odoo",
        "ADDONS": os.environ["ADDONS_DIR"],
        "HOST": os.environ["PGHOST"],
        "USER": "odoo",
        "DB_NAME": database,
        "DATA_DIR": str(tmp_path / "data"),
        "PASSWORD_FILE": str(secret),
        "ADMIN_PASSWORD_FILE": str(secret),
        "WAIT": "5",
    }
    subprocess.run(["dropdb", "--force", database], check=True)
    shutil.rmtree(tmp_path / "data", ignore_errors=True)


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def answers(url, seconds=60):
    for _ in range(seconds * 5):
        try:
            with urllib.request.urlopen(url) as response:
                return response.status == 200
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.2)
    return False


def command_lines():
    """What every user of the machine can see of the running programs."""
    lines = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            lines.append(path.read_text(errors="replace"))
    return "\n".join(lines)


def test_it_serves_until_it_is_told_to_stop(environment):
    port = free_port()
    with subprocess.Popen(
        [START, "server"],
        env={**environment, "ODOO_ARGS": f"--http-interface=127.0.0.1 --http-port={port} --max-cron-threads=0"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as server:
        try:
            served = answers(f"http://127.0.0.1:{port}/web/health")
            shown = command_lines()
        finally:
            server.send_signal(signal.SIGTERM)
            output, _ = server.communicate(timeout=60)
    assert served, output
    assert "no-one-knows" not in shown
    assert server.returncode == 0, output


def test_without_postgresql_it_says_so(environment):
    run = subprocess.run(
        [START], env={**environment, "HOST": "/nowhere", "WAIT": "2"}, capture_output=True, text=True, timeout=30
    )
    assert run.returncode == 1
    assert "no PostgreSQL at /nowhere" in run.stderr


def test_without_addons_it_says_so(environment, tmp_path):
    run = subprocess.run([START], env={**environment, "ADDONS": str(tmp_path)}, capture_output=True, text=True)
    assert run.returncode == 1
    assert "no addon in" in run.stderr
