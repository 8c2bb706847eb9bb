# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

import threading

from psycopg2 import OperationalError
from psycopg2.errors import SerializationFailure

import odoo
from odoo import SUPERUSER_ID, api
from odoo.exceptions import AccessError, UserError
from odoo.modules.registry import Registry
from odoo.service.model import retrying
from odoo.tests import BaseCase, get_db_name, new_test_user, tagged
from odoo.tools import mute_logger

from .penalty import FACTS

PATIENCE = 30


@tagged("post_install", "-at_install")
class TestPenaltyRace(BaseCase):
    """A case is dropped while it is being decided, in two real transactions (PEN-5)."""

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        self.addCleanup(self.clean_up)
        self.users = []
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {"no_reset_password": True, "tracking_disable": True})
            groups = ("base.group_user", "sales_policy.group_policy_officer", "sales_policy.group_general_manager")
            users = [new_test_user(env, f"race{n}", groups=group) for n, group in enumerate(groups)]
            self.users = [user.id for user in users]
            person = env["hr.employee"].create({"name": "Contested", "user_id": users[0].id})
            self.employee_id = person.id
            rule = env.ref("sales_policy.sales_penalty_rule_shipping_late")
            vals = {"employee_id": person.id, "rule_id": rule.id, "facts": FACTS}
            case = env["sales.penalty"].with_user(users[1])._propose([vals])
            case.action_open_hearing()
            case.with_user(users[0])._answer("It was the weather")
            case.action_request_decision()
            self.case_id = case.id
            self.approval_id = env["sales.approval"].search([("res_id", "=", case.id)], limit=1).id

    def clean_up(self):
        with self.registry.cursor() as cr:
            # Evidence cannot be deleted through the ORM, on purpose.
            values = {"users": self.users, "case": self.case_id, "approval": self.approval_id}
            for query in (
                "DELETE FROM mail_activity WHERE user_id = ANY(%(users)s)",
                "DELETE FROM mail_mail WHERE mail_message_id IN (SELECT id FROM mail_message WHERE "
                "(model = 'sales.penalty' AND res_id = %(case)s) "
                "OR (model = 'sales.approval' AND res_id = %(approval)s))",
                "DELETE FROM mail_message WHERE (model = 'sales.penalty' AND res_id = %(case)s) "
                "OR (model = 'sales.approval' AND res_id = %(approval)s)",
                "DELETE FROM mail_followers WHERE res_model = 'sales.approval' AND res_id = %(approval)s",
                "DELETE FROM sales_approval_decision WHERE approval_id = %(approval)s",
                "DELETE FROM sales_approval WHERE id = %(approval)s",
                "DELETE FROM sales_penalty_statement WHERE penalty_id = %(case)s",
                "DELETE FROM sales_penalty_step WHERE penalty_id = %(case)s",
                "DELETE FROM sales_penalty WHERE id = %(case)s",
                "DELETE FROM sales_penalty_reason WHERE create_uid = ANY(%(users)s)",
            ):
                cr.execute(query, values)
            env = api.Environment(cr, SUPERUSER_ID, {})
            employee = env["hr.employee"].browse(self.employee_id)
            resource = employee.resource_id
            employee.unlink()
            resource.exists().unlink()
            users = env["res.users"].browse(self.users)
            partners = users.partner_id
            users.unlink()
            partners.unlink()

    def drop(self, cr):
        env = api.Environment(cr, self.users[1], {})
        env["sales.penalty.reason"].create(
            {"penalty_ids": [(6, 0, [self.case_id])], "step": "drop", "reason": "Mistaken"}
        ).action_apply()
        env.flush_all()

    def approve(self, cr):
        env = api.Environment(cr, self.users[2], {})
        env["sales.approval"].browse(self.approval_id).action_approve()
        env.flush_all()

    def race(self, first, second, uid, errors):
        """Let the second step begin while the first is not committed yet; it must fail when it is repeated."""
        failures = []
        cr = self.registry.cursor()
        self.addCleanup(cr.close)
        other = odoo.sql_db.db_connect(get_db_name()).cursor()
        self.addCleanup(other.close)
        # Made here: the test run holds the lock of the registry, which a thread would wait for.
        env = api.Environment(other, uid, {})
        other.execute("SELECT count(*) FROM sales_penalty")
        other.execute("SELECT pg_backend_pid()")
        [backend] = other.fetchone()
        first(cr)

        def lose():
            try:
                with mute_logger("odoo.sql_db"):
                    second(other)
            except OperationalError as error:
                failures.append(error)

        thread = threading.Thread(target=lose)
        thread.start()
        self.wait_until_blocked(backend)
        cr.commit()
        thread.join(PATIENCE)
        self.assertFalse(thread.is_alive(), "the second step never ended")
        self.assertIsInstance(failures[0], SerializationFailure)
        other.rollback()
        env.transaction.reset()
        with self.assertRaises(errors):
            retrying(lambda: second(other), env)
        other.rollback()

    def wait_until_blocked(self, backend):
        waiting = threading.Event()
        for _attempt in range(PATIENCE * 20):
            with odoo.sql_db.db_connect(get_db_name()).cursor() as cr:
                cr.execute("SELECT cardinality(pg_blocking_pids(%s)) > 0", [backend])
                if cr.fetchone()[0]:
                    return
            waiting.wait(0.05)
        self.fail("the second step was not held up by the first one")

    def outcome(self):
        with self.registry.cursor() as cr:
            cr.execute(
                "SELECT penalty.state, approval.status FROM sales_penalty penalty, sales_approval approval "
                "WHERE penalty.id = %s AND approval.id = %s",
                [self.case_id, self.approval_id],
            )
            return cr.fetchone()

    def test_dropped_case_is_not_decided_any_more(self):
        self.race(self.drop, self.approve, self.users[2], UserError)
        self.assertEqual(self.outcome(), ("dropped", "lapsed"))

    def test_decided_case_is_not_dropped_by_its_proposer_any_more(self):
        self.race(self.approve, self.drop, self.users[1], AccessError)
        self.assertEqual(self.outcome(), ("settled", "used"))
