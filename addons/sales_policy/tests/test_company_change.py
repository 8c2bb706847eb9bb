# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import SalesPolicyCommon


@tagged("post_install", "-at_install")
class TestCompanyChange(SalesPolicyCommon):
    """Contacts get a company, become one, or change it, and nobody gains or loses a customer by it (OWN-2, OWN-4)."""

    def setUp(self):
        super().setUp()
        self.person = self.env["res.partner"].create({"name": "Mr Hu", "company_name": "Hu Works"})

    def write(self, user, partner, **values):
        self.rpc(user, "res.partner", "write", partner.ids, values)
        self.env.invalidate_all()

    def assertMoveRefused(self, user, partner, **values):
        self.assertRefused(AccessError, user, "res.partner", "write", partner.ids, values)

    def test_person_who_gets_a_company_stays_with_the_owner(self):
        self.register(self.person, self.li)
        self.li.group_ids |= self.env.ref("base.group_partner_manager")
        self.rpc(self.li, "res.partner", "create_company", self.person.ids)
        self.env.invalidate_all()
        self.assertTrue(self.person.parent_id)
        self.assertEqual(self.owner(self.person), self.li)
        self.assertEqual(self.owner(self.person.parent_id), self.li)
        order = self.order(self.person.parent_id, self.wang)
        order.action_confirm()
        self.assertEqual(order.with_user(self.manager).credited_user_id, self.li)

    def test_server_that_gives_a_person_a_company_takes_ownership_along(self):
        self.register(self.person, self.li)
        self.person.sudo().parent_id = self.third_customer
        self.env.invalidate_all()
        self.assertEqual(self.owner(self.third_customer), self.li)
        self.assertEqual(len(self.person.sudo().sales_membership_ids.filtered(lambda m: not m.date_end)), 0)

    def test_contact_that_is_made_a_company_stays_with_the_customer(self):
        self.register(self.customer, self.li)
        buyer = self.env["res.partner"].create({"name": "Purchasing", "parent_id": self.customer.id})
        self.write(self.wang, buyer, is_company=True)
        self.assertEqual(buyer.commercial_partner_id, buyer)
        self.assertEqual(self.owner(buyer), self.li)
        with self.assertRaisesRegex(UserError, "taken and protected|protected for"):
            self.register(buyer, self.wang)

    def test_open_customer_is_not_had_by_putting_it_under_ones_own(self):
        self.policy.cooldown_days = 60
        self.register(self.person, self.wang)
        self.register(self.other_customer, self.li)
        self.pass_days(10)
        self.register(self.customer, self.wang)
        for partner in (self.person, self.other_customer):
            self.assertMoveRefused(self.wang, partner, parent_id=self.customer.id, is_company=False)
            linked = {"child_ids": [Command.link(partner.id)]}
            if partner == self.person:
                self.assertRefused(AccessError, self.wang, "res.partner", "write", self.customer.ids, linked)
        self.write(self.manager, self.person, parent_id=self.customer.id)
        self.assertEqual(self.owner(self.person), self.wang)

    def test_customer_of_a_colleague_is_not_put_under_another_company(self):
        self.register(self.person, self.li)
        self.register(self.customer, self.wang)
        for company in (self.customer, self.third_customer):
            self.assertMoveRefused(self.wang, self.person, parent_id=company.id)
        self.assertMoveRefused(self.li, self.person, parent_id=self.customer.id)

    def test_company_with_the_phone_of_a_colleagues_customer_is_not_had_through_a_person(self):
        self.register(self.customer, self.li)
        self.register(self.person, self.wang)
        twin = self.env["res.partner"].create({"name": "Yong", "is_company": True, "phone": self.customer.phone})
        self.assertMoveRefused(self.wang, self.person, parent_id=twin.id)
        self.wang.group_ids |= self.env.ref("base.group_partner_manager")
        values = {"partner_ids": [Command.set((self.person | twin).ids)], "dst_partner_id": twin.id}
        Wizard = self.env["base.partner.merge.automatic.wizard"].with_user(self.wang)
        wizard = Wizard.create({**values, "state": "selection"})
        self.assertRefused(UserError, self.wang, wizard._name, "action_merge", wizard.ids)
        self.assertEqual(self.owner(self.person), self.wang)

    def test_own_and_unclaimed_contacts_are_moved_as_ever(self):
        self.register(self.customer, self.wang)
        self.register(self.person, self.wang)
        self.write(self.wang, self.person, parent_id=self.customer.id)
        self.assertEqual(self.owner(self.person), self.wang)
        free = self.env["res.partner"].create({"name": "Free", "is_company": True})
        self.write(self.wang, free, parent_id=self.customer.id, is_company=False)
        self.assertEqual(self.owner(free), self.wang)
        self.register(self.other_customer, self.li)
        # Somebody who leaves a customer is no customer's.
        self.write(self.wang, self.person, parent_id=self.other_customer.id)
        self.assertEqual(self.owner(self.person), self.li)
        self.write(self.wang, self.person, parent_id=False)
        self.assertEqual(self.state(self.person), "unclaimed")
