# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

import threading

from psycopg2.errors import SerializationFailure

import odoo
from odoo import SUPERUSER_ID, Command, api
from odoo.exceptions import UserError
from odoo.modules.registry import Registry
from odoo.service.model import retrying
from odoo.tests import BaseCase, get_db_name
from odoo.tools import mute_logger

PATIENCE = 30


class RaceCommon(BaseCase):
    """Two people in the same instant, in two real transactions. What is committed has to be cleaned up."""

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        self.addCleanup(self.clean_up)

    def clean_up(self):
        """Remove what the test has committed."""

    def commit(self, step):
        """Do something, a function of an environment, in a transaction of its own, and return what it returns."""
        with self.registry.cursor() as cr:
            return step(api.Environment(cr, SUPERUSER_ID, {}))

    def person(self, env, login, groups):
        """Create a user, without a password: to hash one takes a second outside of Odoo's own test cases."""
        groups = [env.ref(group).id for group in groups.split(",")]
        values = {"login": login, "name": login, "email": f"{login}@example.com", "group_ids": [Command.set(groups)]}
        return env["res.users"].with_context(no_reset_password=True).create(values).with_env(env)

    def race(self, first, second, uid=SUPERUSER_ID):
        """Let the second step begin before the first one is committed, and be repeated as the server does.

        :param first: function of a cursor; it goes first
        :param second: function of a cursor; its transaction began earlier, so it does not see the first step
        :param int uid: the user of the second step
        :return: the error with which the repetition of the second step is refused; None where the step succeeded,
            at once after waiting or when it was repeated
        """
        failures = []
        cr = self.registry.cursor()
        self.addCleanup(cr.close)
        other = odoo.sql_db.db_connect(get_db_name()).cursor()
        self.addCleanup(other.close)
        # Made here: the test run holds the lock of the registry, which a thread would wait for.
        env = api.Environment(other, uid, {})
        api.Environment(other, SUPERUSER_ID, {})
        # The first query begins the transaction.
        other.execute("SELECT pg_backend_pid()")
        [backend] = other.fetchone()
        first(cr)

        def lose():
            try:
                with mute_logger("odoo.sql_db"):
                    second(other)
                    other.commit()
            except SerializationFailure as error:
                failures.append(error)

        thread = threading.Thread(target=lose)
        thread.start()
        self.wait_until_blocked(backend)
        cr.commit()
        thread.join(PATIENCE)
        self.assertFalse(thread.is_alive(), "the second step never ended")
        if not failures:
            return None
        other.rollback()
        env.transaction.reset()
        try:
            retrying(lambda: second(other), env)
        except UserError as error:
            other.rollback()
            return error
        other.commit()
        return None

    def wait_until_blocked(self, backend):
        waiting = threading.Event()
        for _attempt in range(PATIENCE * 20):
            with odoo.sql_db.db_connect(get_db_name()).cursor() as cr:
                cr.execute("SELECT cardinality(pg_blocking_pids(%s)) > 0", [backend])
                if cr.fetchone()[0]:
                    return
            waiting.wait(0.05)
        self.fail("the second step was not held up by the first one")
