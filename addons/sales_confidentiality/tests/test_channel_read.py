# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .channel import COST, PHONE, ChannelCommon


class ReadChannels:
    """Reading in all its shapes, of a customer's phone that is hidden or masked."""

    mode = None

    def setUp(self):
        super().setUp()
        self.phone_rule = self.rule(["phone"], self.mode)

    def test_reads(self):
        self.assertNothing("res.partner", "read", self.customer.ids, ["name", "phone", "phone_sanitized"])
        self.assertNothing("res.partner", "read", self.customer.ids)
        self.assertNothing("res.partner", "search_read", [("id", "in", self.customer.ids)], ["phone"])
        self.assertNothing("res.partner", "search_read", [("id", "in", self.customer.ids)])
        spec = {"name": {}, "phone": {}, "phone_sanitized": {}}
        self.assertNothing("res.partner", "web_read", self.customer.ids, spec)
        self.assertNothing("res.partner", "web_search_read", [("id", "in", self.customer.ids)], spec)
        self.assertNothing("res.partner", "web_name_search", "Ningbo", spec)
        shown = self.rpc(self.leader, "res.partner", "read", self.customer.ids, ["phone"])[0]["phone"]
        self.assertEqual(shown, "+86****78" if self.mode == "mask" else False)

    def test_the_owner_and_the_cleared_read_it(self):
        self.assertTells(PHONE, self.li, "res.partner", "read", self.customer.ids, ["phone"])
        self.assertTells(PHONE, self.li, "res.partner", "search_read", [("phone", "like", "1234")], ["phone"])
        self.clear(self.leader)
        self.assertTells(PHONE, self.leader, "res.partner", "read", self.customer.ids, ["phone"])

    def test_nobody_has_no_phone(self):
        for user in (self.wang, self.leader):
            lead = self.env["crm.lead"].with_user(user).create({"name": "Hall 3"})
            self.assertFalse(lead.partner_id.phone, user.login)
            with self.assertRaises(AccessError):
                self.customer.with_user(user).mapped("phone")

    def test_a_list_of_own_and_foreign_customers_is_one_answer(self):
        self.other_customer.write({"phone": "+86 139 0000 2222", "user_id": self.wang.id})
        rows = self.rpc(
            self.wang,
            "res.partner",
            "web_search_read",
            [("id", "in", (self.customer | self.other_customer).ids)],
            {"phone": {}},
            order="id",
        )["records"]
        self.assertEqual(
            {row["phone"] for row in rows}, {"+86 139 0000 2222", "+86****78" if self.mode == "mask" else False}
        )

    def test_nested_reads(self):
        order = self.order(self.customer, self.li)
        team = self.env["crm.team.member"].search([("user_id", "=", self.portal.id)])
        self.assertFalse(team)
        spec = {"partner_id": {"fields": {"phone": {}, "display_name": {}}}}
        self.assertNothing("sale.order", "web_read", order.ids, spec)
        self.assertNothing("sale.order", "web_search_read", [("id", "=", order.id)], spec)
        self.assertTells(PHONE, self.li, "sale.order", "web_read", order.ids, spec)

    def test_related_and_computed_copies(self):
        self.portal.partner_id.phone = PHONE
        lead = self.env["crm.lead"].create({"name": "Hall 3", "partner_id": self.customer.id, "user_id": self.li.id})
        self.assertEqual(lead.phone, PHONE)
        self.assertNothing("res.users", "read", self.portal.ids, ["phone"], users=(self.wang, self.leader))
        self.assertNothing("res.users", "search_read", [("id", "=", self.portal.id)], users=(self.wang, self.leader))
        self.assertNothing("crm.lead", "read", lead.ids, ["phone", "phone_sanitized", "partner_phone_update"])
        self.assertNothing("crm.lead", "read", lead.ids)
        self.assertTells(PHONE, self.li, "crm.lead", "read", lead.ids, ["phone"])

    def test_somebody_who_takes_a_lead_of_a_foreign_customer_sees_no_copy(self):
        lead = self.rpc(
            self.wang,
            "crm.lead",
            "create",
            {"name": "Bait", "partner_id": self.customer.id, "user_id": self.wang.id},
        )
        self.assertNothing("crm.lead", "read", lead, ["phone", "email_from"], users=[self.wang])
        self.assertRefused(AccessError, self.wang, "crm.lead", "write", lead, {"partner_id": False})
        self.assertNothing("crm.lead", "copy", lead, users=[self.wang])

    def test_exports(self):
        order = self.order(self.customer, self.li)
        self.assertNothing("res.partner", "export_data", self.customer.ids, ["name", "phone", "phone_sanitized"])
        self.assertNothing("sale.order", "export_data", order.ids, ["name", "partner_id/phone"])
        self.assertNothing("res.partner", "export_data", self.customer.ids, ["child_ids/phone"])
        rows = self.rpc(self.leader, "res.partner", "export_data", self.customer.ids, ["name", "phone"])["datas"]
        self.assertEqual(rows, [["Ningbo Valve Works", "+86****78" if self.mode == "mask" else ""]])

    def test_fields_are_described_so_that_views_open_but_not_as_columns_to_sort_or_group(self):
        described = self.rpc(self.wang, "res.partner", "fields_get", ["phone"])["phone"]
        self.assertFalse(described["sortable"] or described.get("groupable"))
        self.rpc(self.wang, "res.partner", "get_views", [(False, "form"), (False, "list"), (False, "search")])

    def test_costs_have_no_exception(self):
        self.rule(["standard_price"], self.mode, "product.product", mask_pattern="rounded")
        for user in (self.li, *self.uncleared):
            self.assertNothing("product.product", "read", self.product.ids, ["standard_price"], users=[user])
            template = self.product.product_tmpl_id
            self.assertNothing("product.template", "read", template.ids, ["standard_price"], users=[user])
            self.assertNothing("product.product", "read", self.product.ids, users=[user])
        shown = self.rpc(self.leader, "product.product", "read", self.product.ids, ["standard_price"])
        self.assertEqual(shown[0]["standard_price"], 4000.0 if self.mode == "mask" else False)
        self.clear(self.li, self.product_data)
        self.assertTells(str(COST), self.li, "product.product", "read", self.product.ids, ["standard_price"])


@tagged("post_install", "-at_install")
class TestReadHidden(ReadChannels, ChannelCommon):
    mode = "hide"


@tagged("post_install", "-at_install")
class TestReadMasked(ReadChannels, ChannelCommon):
    mode = "mask"
