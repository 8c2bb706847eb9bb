# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Odoo in this process: its configuration, its databases, and transactions that leave no trace."""

import shutil
from contextlib import contextmanager
from pathlib import Path

import psycopg2
from psycopg2.extensions import quote_ident

import odoo
from odoo import api
from odoo.modules.registry import Registry
from odoo.sql_db import close_db, connection_info_for
from odoo.tools import config

from bench.querylog import listening
from bench.timing import Sample, Stopwatch


def configure(config_file=None, addons_path=None):
    """Read the Odoo configuration as the server would, without web server and scheduled jobs.

    :param str config_file: path; by default what the environment variable ODOO_RC names
    :param str addons_path: further addon folders, comma separated
    """
    arguments = ["--no-http", "--max-cron-threads=0", "--log-level=error"]
    if config_file:
        arguments.append(f"--config={config_file}")
    if addons_path:
        arguments.append(f"--addons-path={addons_path}")
    config.parse_config(arguments, setup_logging=True)
    odoo.modules.initialize_sys_path()


@contextmanager
def _maintenance():
    _name, parameters = connection_info_for("postgres")
    connection = psycopg2.connect(**parameters)
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            yield cursor
    finally:
        connection.close()


def copy_database(template, name):
    """Make `name` a fresh copy of the database `template`; a database of that name goes."""
    drop_database(name)
    with _maintenance() as cursor:
        cursor.execute(f"CREATE DATABASE {quote_ident(name, cursor)} TEMPLATE {quote_ident(template, cursor)}")


def drop_database(name):
    """Remove a database and its files, if there is one."""
    close_db(name)
    Registry.delete(name)
    with _maintenance() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {quote_ident(name, cursor)} WITH (FORCE)")
    shutil.rmtree(config.filestore(name), ignore_errors=True)


def processor_seconds(process):
    """Return how long a process of this machine has run on a processor, or 0 where Linux does not tell."""
    try:
        return int(Path(f"/proc/{process}/schedstat").read_text().split()[0]) / 1e9
    except OSError:
        return 0


class Database:
    """One Odoo database, seen by one of its users."""

    def __init__(self, name, login=None):
        self.name = name
        self.login = login
        self.registry = Registry(name)

    def as_user(self, login):
        """Return the same database seen by the user with this login."""
        return Database(self.name, login)

    @contextmanager
    def transaction(self, commit=False):
        """Yield an environment of a new transaction, of the superuser if there is no login; rolled back at the end."""
        with self.registry.cursor() as cursor:
            try:
                env = api.Environment(cursor, api.SUPERUSER_ID, {})
                if self.login:
                    user = env["res.users"].search([("login", "=", self.login)])
                    env = api.Environment(
                        cursor, user.id, {"lang": user.lang, "tz": user.tz, "allowed_company_ids": user.company_ids.ids}
                    )
                yield env
                if commit:
                    cursor.commit()
            finally:
                cursor.rollback()

    def run(self, operation):
        """Run an operation once in a transaction that is rolled back, and return its Sample.

        :param operation: callable that gets an environment with an empty cache, prepares, and returns the callable to
            time. What it left to flush, and what runs before a commit, belongs to its time.
        """
        return self.run_and_listen(operation)[0]

    def run_and_listen(self, operation):
        """As `run`; return the QueryLog as well."""
        with self.transaction() as env:
            timed = operation(env)
            env.cr.flush()
            env.invalidate_all()
            # Who asks is known to the server before the request reaches the model.
            env.user.has_group("base.group_user")
            watch, process = Stopwatch(), env.cr._cnx.info.backend_pid
            before = processor_seconds(process)
            with listening() as log, watch.running():
                timed()
                env.cr.flush()
            return Sample(watch.seconds, len(log), log.seconds, processor_seconds(process) - before), log
