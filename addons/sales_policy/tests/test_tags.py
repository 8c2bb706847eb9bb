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

    def test_tag_of_a_policy_is_neither_archived_nor_deleted_by_others(self):
        creator = self._user("creator", "Creator", "base.group_user,base.group_partner_manager")
        for user in (self.li, creator):
            self.assertRefused(AccessError, user, "res.partner.category", "write", self.key.ids, {"active": False})
            self.assertRefused(AccessError, user, "res.partner.category", "unlink", self.key.ids)
        self.rpc(creator, "res.partner.category", "write", self.fair.ids, {"active": False})
        self.rpc(creator, "res.partner.category", "unlink", self.fair.ids)
        self.rpc(self.manager, "res.partner.category", "write", self.key.ids, {"active": False})

    def test_tag_is_not_brought_along_by_a_merge(self):
        tagged_one, mine = self.env["res.partner"].create([{"name": "Tagged"}, {"name": "Mine"}])
        tagged_one.category_id = self.key | self.fair
        self.li.group_ids |= self.env.ref("base.group_partner_manager")
        values = {"partner_ids": [Command.set((tagged_one | mine).ids)], "dst_partner_id": mine.id}
        wizards = self.env["base.partner.merge.automatic.wizard"]
        for user, refused in ((self.li, True), (self.manager, False)):
            wizard = wizards.with_user(user).create({**values, "state": "selection"})
            if refused:
                self.assertRefused(AccessError, user, wizard._name, "action_merge", wizard.ids)
            else:
                self.rpc(user, wizard._name, "action_merge", wizard.ids)
        self.assertIn(self.key, mine.category_id)

    def test_tag_is_not_brought_along_by_a_contact(self):
        company = self.env["res.partner"].create({"name": "Tagged", "is_company": True})
        person = self.env["res.partner"].create(
            {"name": "Her", "parent_id": company.id, "category_id": [Command.set(self.key.ids)]}
        )
        plain = self.env["res.partner"].create({"name": "Him", "category_id": [Command.set(self.fair.ids)]})
        under_mine = {"parent_id": self.customer.id, "is_company": False}
        for partner in (person, company):
            self.assertRefused(AccessError, self.li, "res.partner", "write", partner.ids, under_mine)
        self.assertRefused(AccessError, self.li, "res.partner", "write", person.ids, {"parent_id": False})
        self.rpc(self.li, "res.partner", "write", plain.ids, under_mine)
        self.rpc(self.manager, "res.partner", "write", person.ids, under_mine)
        self.assertEqual(person.commercial_partner_id, self.customer)

    def test_copy_of_a_tagged_customer_has_the_tags_that_one_may_give(self):
        self.customer.category_id = self.key | self.fair
        for user, tags in ((self.li, self.fair), (self.manager, self.key | self.fair)):
            [copy] = self.rpc(user, "res.partner", "copy", self.customer.ids)
            self.assertEqual(self.env["res.partner"].browse(copy).category_id, tags)
        given = {"category_id": [Command.set(self.key.ids)]}
        self.assertRefused(AccessError, self.li, "res.partner", "copy", self.customer.ids, given)
