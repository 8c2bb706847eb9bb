# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import SUPERUSER_ID, api
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .penalty import FACTS
from .race import RaceCommon


@tagged("post_install", "-at_install")
class TestPenaltyRace(RaceCommon):
    """A case is decided by two people at once, or dropped meanwhile, in two real transactions (PEN-5)."""

    def setUp(self):
        super().setUp()
        self.users = []
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {"no_reset_password": True, "tracking_disable": True})
            groups = (
                "base.group_user",
                "sales_policy.group_policy_officer",
                "sales_policy.group_general_manager",
                "sales_policy.group_general_manager",
            )
            users = [self.person(env, f"race{n}", group) for n, group in enumerate(groups)]
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
                "DELETE FROM sales_approval_sales_approval_refusal_rel WHERE sales_approval_id = %(approval)s",
                "DELETE FROM sales_approval_refusal WHERE create_uid = ANY(%(users)s)",
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

    def refuse(self, cr):
        env = api.Environment(cr, self.users[3], {})
        refusal = env["sales.approval.refusal"].create(
            {"approval_ids": [(6, 0, [self.approval_id])], "note": "Not proven"}
        )
        refusal.action_apply()
        env.flush_all()

    def outcome(self):
        with self.registry.cursor() as cr:
            cr.execute(
                "SELECT penalty.state, approval.status FROM sales_penalty penalty, sales_approval approval "
                "WHERE penalty.id = %s AND approval.id = %s",
                [self.case_id, self.approval_id],
            )
            return cr.fetchone()

    def test_dropped_case_is_not_decided_any_more(self):
        self.assertTrue(self.race(self.drop, self.approve, self.users[2]))
        self.assertEqual(self.outcome(), ("dropped", "lapsed"))

    def test_decided_case_is_not_dropped_by_its_proposer_any_more(self):
        self.assertIsInstance(self.race(self.approve, self.drop, self.users[1]), AccessError)
        self.assertEqual(self.outcome(), ("settled", "used"))

    def test_of_two_who_decide_at_once_the_first_is_heard(self):
        error = self.race(self.approve, self.refuse, self.users[3])
        self.assertRegex(str(error), "used since")
        self.assertEqual(self.outcome(), ("settled", "used"))
        with self.registry.cursor() as cr:
            cr.execute("SELECT verdict FROM sales_approval_decision WHERE approval_id = %s", [self.approval_id])
            self.assertEqual(cr.fetchall(), [("approved",)])
