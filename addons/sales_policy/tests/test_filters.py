# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo.tests import tagged

from .common import SalesPolicyCommon


@tagged("post_install", "-at_install")
class TestFilters(SalesPolicyCommon):
    """What people type into the search box finds what the list shows."""

    def setUp(self):
        super().setUp()
        self.register(self.customer, self.li)
        self.register(self.other_customer, self.wang)
        self.policy.window_days = 0
        self.forever = self.env["res.partner"].create({"name": "Xiamen Castings", "is_company": True})
        self.register(self.forever, self.chen)
        self.customers = self.customer | self.other_customer | self.third_customer | self.forever

    def found(self, user, *leaf):
        ids = self.rpc(user, "res.partner", "search", [("id", "in", self.customers.ids), leaf])
        return self.env["res.partner"].browse(ids)

    def assertFinds(self, partners, *leaf):
        self.assertEqual(set(self.found(self.manager, *leaf)), set(partners), leaf)

    def test_owner_is_found_by_a_part_of_the_name(self):
        self.assertFinds(self.customer, "sales_owner_id", "ilike", "wei")
        self.assertFinds(self.customers - self.customer, "sales_owner_id", "not ilike", "wei")
        self.assertFinds(self.customer, "sales_owner_id.login", "=", "li.wei")
        self.li.active = False
        self.assertFinds(self.customer, "sales_owner_id", "ilike", "wei")

    def test_blindly_protected_customer_is_not_found_by_its_owner(self):
        self.assertFalse(self.found(self.wang, "sales_owner_id", "ilike", "wei"))

    def test_protection_is_found_as_set_or_not_set(self):
        self.assertFinds(self.customer | self.other_customer, "sales_protected_until", "!=", False)
        self.assertFinds(self.third_customer | self.forever, "sales_protected_until", "=", False)
        until = self.ownership(self.customer).date_end
        self.assertFinds(self.customer | self.other_customer, "sales_protected_until", "=", until)
        self.assertFinds(self.customers, "sales_protected_until", "in", [False, until])

    def test_credited_person_is_found_by_a_part_of_the_name(self):
        settled, quotation = self.order(self.customer, self.wang), self.order(self.customer, self.wang)
        settled.action_confirm()
        free = self.order(self.third_customer, self.wang)
        Order = self.env["sale.order"].with_user(self.manager)
        ours = [("id", "in", (settled | quotation | free).ids)]
        self.assertEqual(Order.search([*ours, ("credited_user_id", "ilike", "wei")]), quotation | settled)
        self.assertEqual(Order.search([*ours, ("credited_user_id", "not ilike", "wei")]), free)

    def test_customer_groups_are_found_by_the_name_of_a_member(self):
        group = self.customer.sudo().sales_customer_group_id
        name_search = self.rpc(self.manager, "sales.customer.group", "name_search", "ningbo")
        self.assertEqual(name_search, [(group.id, "Ningbo Valve Works")])
        ids = self.rpc(self.manager, "sales.ownership", "search", [("group_id", "ilike", "ningbo")])
        self.assertEqual(ids, self.ownership(self.customer).ids)
        ids = self.rpc(self.manager, "sales.customer.group", "search", [("name", "not ilike", "ningbo")])
        self.assertNotIn(group.id, ids)
        self.assertIn(self.forever.sudo().sales_customer_group_id.id, ids)
