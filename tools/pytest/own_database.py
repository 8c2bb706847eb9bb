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
def copy_of(source: str, name: str):
    """A fresh copy of a database and of its files; both are gone afterwards."""
    files = Path(config.filestore(source)).parent
    _drop(name, files / name)
    subprocess.run(["createdb", "--template", source, name], check=True)
    try:
        if (files / source).exists():
            shutil.copytree(files / source, files / name, copy_function=os.link)
        yield name
    finally:
        odoo.sql_db.close_db(name)
        _drop(name, files / name)


@contextlib.contextmanager
def copied_database():
    """The name of a fresh copy of the configured database; the copy is gone afterwards."""
    (source,) = config["db_name"]
    with copy_of(source, f"{source}_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}") as name:
        config["db_name"], config["dbfilter"] = [name], f"^{name}$"
        try:
            yield name
        finally:
            config["db_name"], config["dbfilter"] = [source], f"^{source}$"


pytest_odoo._worker_db_name = copied_database
