# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from datetime import timedelta

from odoo import SUPERUSER_ID, api, fields
from odoo.tests import tagged

from .common import SUMMARY
from .race import RaceCommon


@tagged("post_install", "-at_install")
class TestRace(RaceCommon):
    """Two people register the same customer in the same instant, in two real transactions (OWN-2)."""

    def setUp(self):
        super().setUp()
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {"no_reset_password": True})
            self.was_enabled = env.company.sales_ownership_enabled
            env.company.sales_ownership_enabled = True
            self.users = [self.person(env, f"race{n}", "sales_team.group_sale_salesman").id for n in (1, 2)]
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

    def both_register(self):
        first, second = self.users
        return self.race(lambda cr: self.register(cr, first), lambda cr: self.register(cr, second), second)

    def register(self, cr, uid):
        env = api.Environment(cr, uid, {})
        wizard = env["sales.customer.register"].create({"partner_id": self.partner_id, "summary": SUMMARY})
        wizard.action_register()
        env.flush_all()

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
        error = self.both_register()
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
        error = self.both_register()
        self.assertRegex(str(error), "taken and protected until")
        self.assertEqual(self.owners(), self.users[:1])
