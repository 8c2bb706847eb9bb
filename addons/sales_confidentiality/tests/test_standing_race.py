# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from datetime import timedelta

from odoo import api, fields
from odoo.addons.sales_confidentiality.shield.guard import ranks_of, standing_of
from odoo.addons.sales_policy.tests.race import RaceCommon
from odoo.tests import tagged


@tagged("post_install", "-at_install")
class TestStandingRace(RaceCommon):
    """Leave is taken away while a request of that person runs: the next request knows (CON-2, CON-9)."""

    def setUp(self):
        super().setUp()
        self.commit(self.prepare)

    def prepare(self, env):
        now = fields.Datetime.now()
        self.user_id = self.person(env, "race.reader", "base.group_user").id
        self.category = env["sales.confidentiality.category"].search([], limit=1)
        level = env["sales.confidentiality.level"].search([], limit=1)
        rule = env["sales.confidentiality.rule"].with_context(active_test=False).search([], limit=1)
        env["sales.confidentiality.grant"].create(
            {
                "user_id": self.user_id,
                "rule_id": rule.id,
                "record_ids": str(env.user.partner_id.id),
                "reason": "Fair",
                "date_from": now,
                "date_to": now + timedelta(hours=8),
            }
        )
        self.clearance = env["sales.confidentiality.clearance"].create(
            {"user_id": self.user_id, "category_id": self.category.id, "level_id": level.id, "reason": "Fair"}
        )

    def clean_up(self):
        def remove(env):
            for table in ("grant", "suspension", "clearance"):
                env.cr.execute(f"DELETE FROM sales_confidentiality_{table} WHERE user_id = %s", [self.user_id])
            env["res.users"].browse(self.user_id).unlink()
            env.registry.clear_cache()

        self.commit(remove)

    def after(self, change, look):
        """Return what the next request sees, when another one of that person has looked around the change."""
        with self.registry.cursor() as running:
            # The first query begins the transaction.
            running.execute("SELECT 1")
            self.commit(change)
            look(api.Environment(running, self.user_id, {}))
        with self.registry.cursor() as cr:
            return look(api.Environment(cr, self.user_id, {}))

    def test_suspension_takes_the_grant_from_the_next_request(self):
        def suspend(env):
            env["sales.confidentiality.suspension"].create({"user_id": self.user_id, "reason": "Leak"})

        def granted(env):
            return standing_of(env).granted

        self.assertTrue(self.commit(lambda env: granted(env(user=self.user_id))))
        self.assertFalse(self.after(suspend, granted))

    def test_revoked_clearance_is_gone_with_the_next_request(self):
        def revoke(env):
            clearance = env["sales.confidentiality.clearance"].browse(self.clearance.id)
            clearance.date_to = clearance.date_from

        def held(env):
            return self.category.id in ranks_of(env)

        self.assertTrue(self.commit(lambda env: held(env(user=self.user_id))))
        self.assertFalse(self.after(revoke, held))
