"""pytest plugin: every worker tests in its own copy of the database and of its files.

pytest-odoo copies the database for a worker but lets all of them share one filestore, where the clean-up of
one worker can take the files of another; and without workers it writes into the database it was given.
"""
import contextlib
import os
import shutil
import subprocess
from pathlib import Path

import pytest_odoo

import odoo.sql_db
from odoo.tools import config


def _drop(name: str, files: Path) -> None:
    subprocess.run(["dropdb", "--if-exists", "--force", name], check=True)
    shutil.rmtree(files, ignore_errors=True)


@contextlib.contextmanager
def copied_database():
    """The name of a fresh copy of the configured database; the copy is gone afterwards."""
    (source,) = config["db_name"]
    name = f"{source}_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    files = Path(config.filestore(source)).parent
    _drop(name, files / name)
    subprocess.run(["createdb", "--template", source, name], check=True)
    try:
        if (files / source).exists():
            shutil.copytree(files / source, files / name, copy_function=os.link)
        config["db_name"], config["dbfilter"] = [name], f"^{name}$"
        yield name
    finally:
        config["db_name"], config["dbfilter"] = [source], f"^{source}$"
        odoo.sql_db.close_db(name)
        _drop(name, files / name)


pytest_odoo._worker_db_name = copied_database
