# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

import threading
from datetime import timedelta

from psycopg2 import OperationalError
from psycopg2.errors import SerializationFailure

import odoo
from odoo import SUPERUSER_ID, api, fields
from odoo.exceptions import UserError
from odoo.modules.registry import Registry
from odoo.service.model import retrying
from odoo.tests import BaseCase, get_db_name, new_test_user, tagged
from odoo.tools import mute_logger

from .common import SUMMARY

PATIENCE = 30


@tagged("post_install", "-at_install")
class TestRace(BaseCase):
    """Two people register the same customer in the same instant, in two real transactions (OWN-2)."""

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        self.addCleanup(self.clean_up)
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {"no_reset_password": True})
            self.was_enabled = env.company.sales_ownership_enabled
            env.company.sales_ownership_enabled = True
            self.users = [new_test_user(env, f"race{n}", groups="sales_team.group_sale_salesman").id for n in (1, 2)]
            self.partner_id = env["res.partner"].create({"name": "Contested customer"}).id

    def clean_up(self):
        with self.registry.cursor() as cr:
            # Evidence cannot be deleted through the ORM, on purpose.
            cr.execute("SELECT group_id FROM sales_customer_membership WHERE partner_id = %s", [self.partner_id])
            groups = [row[0] for row in cr.fetchall()] or [0]
            for query in (
                "DELETE FROM mail_activity WHERE user_id = ANY(%(users)s)",
                "DELETE FROM sales_ownership WHERE group_id = ANY(%(groups)s)",
                "DELETE FROM sales_contact_log WHERE partner_id = %(partner)s",
                "DELETE FROM sales_customer_membership WHERE partner_id = %(partner)s",
                "DELETE FROM sales_customer_register WHERE partner_id = %(partner)s",
                "UPDATE res_partner SET sales_customer_group_id = NULL WHERE id = %(partner)s",
                "DELETE FROM sales_customer_group WHERE id = ANY(%(groups)s)",
            ):
                cr.execute(query, {"users": self.users, "groups": groups, "partner": self.partner_id})
            env = api.Environment(cr, SUPERUSER_ID, {})
            env.company.sales_ownership_enabled = self.was_enabled
            users = env["res.users"].browse(self.users)
            partners = users.partner_id
            users.unlink()
            (partners | env["res.partner"].browse(self.partner_id)).unlink()

    def register(self, cr, uid):
        env = api.Environment(cr, uid, {})
        wizard = env["sales.customer.register"].create({"partner_id": self.partner_id, "summary": SUMMARY})
        wizard.action_register()
        env.flush_all()

    def race(self):
        """Let the second person register while the first one's registration is not committed yet.

        :return: the error that the second person gets when the server repeats the request
        """
        first, second = self.users
        failures = []
        cr = self.registry.cursor()
        self.addCleanup(cr.close)
        other = odoo.sql_db.db_connect(get_db_name()).cursor()
        self.addCleanup(other.close)
        # Made here: the test run holds the lock of the registry, which a thread would wait for.
        env = api.Environment(other, second, {})
        # The second transaction has begun before the first one ends: both see a free customer.
        other.execute("SELECT count(*) FROM sales_ownership")
        other.execute("SELECT pg_backend_pid()")
        [backend] = other.fetchone()
        self.register(cr, first)

        def lose():
            try:
                with mute_logger("odoo.sql_db"):
                    self.register(other, second)
            except OperationalError as error:
                failures.append(error)

        thread = threading.Thread(target=lose)
        thread.start()
        self.wait_until_blocked(backend)
        cr.commit()
        thread.join(PATIENCE)
        self.assertFalse(thread.is_alive(), "the second registration never ended")
        self.assertIsInstance(failures[0], SerializationFailure)
        other.rollback()
        env.transaction.reset()
        with self.assertRaises(UserError) as refusal:
            retrying(lambda: self.register(other, second), env)
        other.rollback()
        return refusal.exception

    def wait_until_blocked(self, backend):
        waiting = threading.Event()
        for _attempt in range(PATIENCE * 20):
            with odoo.sql_db.db_connect(get_db_name()).cursor() as cr:
                cr.execute("SELECT cardinality(pg_blocking_pids(%s)) > 0", [backend])
                if cr.fetchone()[0]:
                    return
            waiting.wait(0.05)
        self.fail("the second registration was not held up by the first one")

    def owners(self):
        with self.registry.cursor() as cr:
            cr.execute(
                "SELECT owned.user_id FROM sales_ownership owned JOIN res_partner partner "
                "ON partner.sales_customer_group_id = owned.group_id WHERE partner.id = %s "
                "AND owned.date_end > %s ORDER BY owned.id",
                [self.partner_id, fields.Datetime.now()],
            )
            return [row[0] for row in cr.fetchall()]

    def test_first_registration_of_an_unclaimed_customer_has_one_winner(self):
        error = self.race()
        self.assertRegex(str(error), "taken and protected until")
        self.assertEqual(self.owners(), self.users[:1])

    def test_takeover_of_a_lapsed_customer_has_one_winner(self):
        with self.registry.cursor() as cr:
            self.register(cr, self.users[1])
        with self.registry.cursor() as cr:
            past = fields.Datetime.now() - timedelta(days=1)
            cr.execute(
                "UPDATE sales_ownership SET date_start = %s, date_end = %s WHERE user_id = %s",
                [past - timedelta(days=7), past, self.users[1]],
            )
        error = self.race()
        self.assertRegex(str(error), "taken and protected until")
        self.assertEqual(self.owners(), self.users[:1])
