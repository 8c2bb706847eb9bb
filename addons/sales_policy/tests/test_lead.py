# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import SUMMARY, SalesPolicyCommon


@tagged("post_install", "-at_install")
class TestLead(SalesPolicyCommon):
    """A lead is registered before there is a partner, and its owner survives the conversion (OWN-2)."""

    def lead(self, user=None, **values):
        return self.env["crm.lead"].create(
            {"name": "Two lathes", "partner_name": "Suzhou Gears", "user_id": (user or self.li).id, **values}
        )

    def register_lead(self, lead, user):
        self.env["sales.customer.register"].with_user(user).create(
            {"lead_id": lead.id, "summary": SUMMARY}
        ).action_register()

    def test_registration_of_a_lead_is_carried_over_by_its_conversion(self):
        lead = self.lead()
        self.register_lead(lead, self.li)
        self.assertEqual(lead.with_user(self.manager).sales_owner_id, self.li)
        lead._handle_partner_assignment(create_missing=True)
        self.assertTrue(lead.partner_id)
        self.assertEqual(self.owner(lead.partner_id), self.li)
        logs = self.env["sales.contact.log"].search([("lead_id", "=", lead.id)])
        self.assertEqual(logs.group_id, lead.partner_id.sales_customer_group_id)

    def test_second_registrant_of_a_lead_is_refused(self):
        lead = self.lead()
        self.register_lead(lead, self.li)
        with self.assertRaisesRegex(UserError, "protected for Li Wei"):
            # the team leader sees the leads of colleagues
            self.register_lead(lead, self.leader)

    def test_lead_with_the_phone_of_a_protected_customer_is_that_customer(self):
        self.register(self.customer, self.li)
        lead = self.lead(self.wang, phone="+8613800001111")
        with self.assertRaisesRegex(UserError, "registered already"):
            self.register_lead(lead, self.wang)

    def test_two_leads_with_one_phone_are_one_customer(self):
        self.register_lead(self.lead(phone="+86 139 1111 2222"), self.li)
        twin = self.lead(
            self.wang, partner_name="Another name", phone="139 1111 2222", country_id=self.env.ref("base.cn").id
        )
        with self.assertRaisesRegex(UserError, "registered already"):
            self.register_lead(twin, self.wang)

    def test_lead_of_a_known_partner_follows_the_partner(self):
        self.register(self.customer, self.li)
        lead = self.lead(self.wang, partner_id=self.customer.id)
        self.assertEqual(lead.with_user(self.manager).sales_owner_id, self.li)

    def test_conversion_to_a_protected_customer_ends_the_leads_registration(self):
        lead = self.lead(self.wang)
        self.register_lead(lead, self.wang)
        self.register(self.customer, self.li)
        lead.partner_id = self.customer
        self.assertEqual(self.owner(self.customer), self.li)
        self.assertEqual(lead.with_user(self.manager).sales_owner_id, self.li)

    def test_conversion_is_no_way_around_the_cool_down(self):
        self.policy.cooldown_days = 10
        self.register(self.customer, self.wang)
        self.pass_days(9)
        lead = self.lead(self.wang)
        self.register_lead(lead, self.wang)
        lead.with_user(self.wang).partner_id = self.customer
        self.assertEqual(self.state(self.customer), "open")

    def test_merged_leads_keep_their_owner_and_contacts(self):
        first, second = self.lead(partner_name="Wuhan Gears"), self.lead(partner_name="Wuhan Gears Export")
        self.register_lead(second, self.li)
        merged = (first | second).merge_opportunity(auto_unlink=True)
        self.assertEqual(merged.with_user(self.manager).sales_owner_id, self.li)
        self.assertEqual(len(self.env["sales.contact.log"].search([("lead_id", "=", merged.id)])), 1)
