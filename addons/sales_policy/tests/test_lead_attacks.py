# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import Command
from odoo.tests import tagged

from .common import SUMMARY, SalesPolicyCommon


@tagged("post_install", "-at_install")
class TestLeadAttacks(SalesPolicyCommon):
    """A registered lead brings its owner no customer that could not be registered (OWN-2)."""

    def lead(self, user=None, **values):
        user = user or self.wang
        values = {"name": "A lead", "contact_name": "Zed Quux", "user_id": user.id, **values}
        return self.env["crm.lead"].with_user(user).create(values)

    def registered(self, user=None):
        lead = self.lead(user)
        wizard = self.env["sales.customer.register"].with_user(user or self.wang)
        wizard.create({"lead_id": lead.id, "summary": SUMMARY}).action_register()
        return lead

    def attach(self, lead, partner, user=None):
        self.rpc(user or self.wang, "crm.lead", "write", lead.ids, {"partner_id": partner.id})
        self.env.invalidate_all()

    def test_one_registered_lead_brings_one_customer(self):
        lead = self.registered()
        for customer in (self.customer, self.other_customer, self.third_customer):
            self.attach(lead, customer)
        self.assertEqual(self.owner(self.customer), self.wang)
        for customer in (self.other_customer, self.third_customer):
            self.assertEqual(self.state(customer), "unclaimed")
        self.assertFalse(lead.with_user(self.manager).sales_owner_id)

    def test_lead_corrected_to_another_customer_joins_nobody(self):
        self.register(self.customer, self.li)
        lead = self.lead(self.li, partner_id=self.customer.id)
        self.attach(lead, self.third_customer, self.li)
        self.assertEqual(self.state(self.third_customer), "unclaimed")
        self.attach(lead, self.customer, self.li)
        self.assertEqual(lead.with_user(self.manager).sales_owner_id, self.li)

    def test_lead_attached_to_the_phone_of_a_colleagues_customer_is_no_registration(self):
        self.register(self.customer, self.li)
        twin = self.env["res.partner"].create({"name": "Yong", "is_company": True, "phone": self.customer.phone})
        lead = self.registered()
        self.attach(lead, twin)
        self.assertEqual(self.state(twin), "open")
        self.assertFalse(self.owner(twin))

    def test_merged_leads_of_two_customers_join_nobody(self):
        self.register(self.customer, self.wang)
        own = self.lead(partner_id=self.customer.id, type="lead")
        free = self.lead(partner_id=self.third_customer.id, type="opportunity")
        values = {"opportunity_ids": [Command.set((own | free).ids)], "user_id": self.wang.id}
        wizard = self.env["crm.merge.opportunity"].with_user(self.wang).create(values)
        self.rpc(self.wang, "crm.merge.opportunity", "action_merge", wizard.ids)
        self.assertEqual(self.state(self.third_customer), "unclaimed")
        self.assertEqual(self.owner(self.customer), self.wang)

    def test_group_is_taken_from_no_default(self):
        self.register(self.customer, self.wang)
        group = self.customer.sudo().sales_customer_group_id
        context = {"default_sales_customer_group_id": group.id}
        values = {"name": "Forged", "partner_id": self.third_customer.id}
        [first] = self.rpc(self.wang, "crm.lead", "create", [values], context=context)
        self.rpc(self.wang, "ir.default", "set", "crm.lead", "sales_customer_group_id", group.id, user_id=self.wang.id)
        second = self.rpc(self.wang, "crm.lead", "create", {"name": "Forged"})
        for lead in self.env["crm.lead"].browse([first, second]):
            self.assertFalse(lead.sudo().sales_customer_group_id)
        self.wang.group_ids |= self.env.ref("base.group_partner_manager")
        [partner] = self.rpc(self.wang, "res.partner", "create", [{"name": "Forged"}], context=context)
        self.assertEqual(self.state(self.env["res.partner"].browse(partner)), "unclaimed")
        self.assertEqual(self.state(self.third_customer), "unclaimed")
