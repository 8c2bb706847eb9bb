# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import SalesPolicyCommon


@tagged("post_install", "-at_install")
class TestTags(SalesPolicyCommon):
    """Tags on which the terms of protection depend are given by managers (OWN-2)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.key, cls.fair = cls.env["res.partner.category"].create([{"name": "Key account"}, {"name": "Fair 2026"}])
        cls.policy.copy({"name": "Key accounts", "sequence": -1, "window_days": 60, "category_ids": cls.key.ids})

    def test_salesperson_neither_gives_nor_takes_it_from_any_side(self):
        self.assertRefused(
            AccessError,
            self.li,
            "res.partner",
            "write",
            self.customer.ids,
            {"category_id": [Command.link(self.key.id)]},
        )
        self.assertRefused(
            AccessError, self.li, "res.partner", "create", [{"name": "Mine", "category_id": self.key.ids}]
        )
        forged = {"default_category_id": self.key.ids}
        self.assertRefused(AccessError, self.li, "res.partner", "create", [{"name": "Mine"}], context=forged)
        for user in (self.li, self.clerk, self.accountant):
            user.group_ids += self.env.ref("base.group_partner_manager")
            self.assertRefused(
                AccessError, user, "res.partner.category", "write", self.key.ids, {"partner_ids": self.customer.ids}
            )
        self.customer.with_user(self.li).category_id = self.fair
        self.customer.with_user(self.manager).category_id = self.key
        self.assertRefused(
            AccessError, self.li, "res.partner", "write", self.customer.ids, {"category_id": [Command.clear()]}
        )
        self.assertEqual(self.customer.category_id, self.key)

    def test_policy_that_names_an_archived_tag_fits_nobody(self):
        self.customer.category_id = self.key
        self.key.active = False
        policy = self.env["sales.ownership.policy"]
        group = self.register(self.customer, self.li).group_id
        for value in (True, False):
            found = policy.with_context(active_test=value)._for_groups(group, self.company, self.north)
            self.assertEqual(found[group], self.policy, value)
