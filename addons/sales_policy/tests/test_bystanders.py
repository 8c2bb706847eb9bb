# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import SUMMARY, SalesPolicyCommon


@tagged("post_install", "-at_install")
class TestBystanders(SalesPolicyCommon):
    """People of other departments appoint no leaders, and read off no record whose customer somebody is (OWN-2)."""

    def test_leader_of_a_team_is_appointed_by_sales_managers(self):
        cashier = self._user("cashier", "Cashier")
        rights = {"model_id": self.env["ir.model"]._get_id("crm.team"), "group_id": self.clerk.group_ids[:1].id}
        everything = dict.fromkeys(("perm_read", "perm_write", "perm_create", "perm_unlink"), True)
        self.env["ir.model.access"].create({"name": "As the point of sale has it", **rights, **everything})
        for user in (cashier, self.clerk, self.li):
            self.assertRefused(AccessError, user, "crm.team", "write", self.north.ids, {"user_id": user.id})
            self.assertRefused(AccessError, user, "crm.team", "create", {"name": "Counter", "user_id": user.id})
        self.assertRefused(
            AccessError,
            self.clerk,
            "crm.team",
            "create",
            {"name": "Counter"},
            context={"default_user_id": self.clerk.id},
        )
        self.assertTrue(self.rpc(self.clerk, "crm.team", "create", {"name": "Counter"}))
        self.rpc(self.clerk, "crm.team", "write", self.north.ids, {"name": "Norden", "user_id": self.leader.id})
        self.rpc(self.manager, "crm.team", "write", self.north.ids, {"user_id": self.chen.id})
        self.assertEqual(self.north.user_id, self.chen)

    def test_log_fields_do_not_name_the_owner_of_a_blindly_protected_customer(self):
        self.register(self.customer, self.li)
        lead = self.env["crm.lead"].create({"name": "Two lathes", "user_id": self.li.id})
        wizard = self.env["sales.customer.register"].with_user(self.li)
        wizard.create({"lead_id": lead.id, "summary": SUMMARY}).action_register()
        self.assertFalse(self.customer.with_user(self.wang).sales_owner_id)
        groups = self.customer.sudo().sales_customer_group_id | lead.sales_customer_group_id
        for records in (self.customer, groups):
            for row in self.rpc(self.wang, records._name, "read", records.ids, ["create_uid", "write_uid"]):
                self.assertNotIn(self.li.id, [row["create_uid"][0], row["write_uid"][0]])
        memberships = groups.sudo().membership_ids
        self.assertRefused(AccessError, self.wang, memberships._name, "read", memberships.ids, ["create_uid"])
        for path in ("ownership_ids.user_id", "waiting_ids.user_id", "create_uid", "write_uid"):
            domain = [("id", "=", self.customer.id), (f"sales_customer_group_id.{path}", "=", self.li.id)]
            self.assertFalse(self.rpc(self.wang, "res.partner", "search_count", domain))
