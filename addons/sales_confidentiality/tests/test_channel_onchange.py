# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import Command
from odoo.addons.sales_policy.tests.neighbours import NeighboursAtWork
from odoo.tests import tagged

from .channel import COST, PHONE, ChannelCommon


@tagged("post_install", "-at_install")
class TestChannelOnchange(ChannelCommon):
    """What a form asks for while somebody types is computed by the server, and shown like anything else (CON-2)."""

    def test_reference_of_any_kind_is_not_followed(self):
        self.rule(["phone"], "mask")
        self.rule(["standard_price"], "hide", "product.product")
        self.customer.message_post(body="Called back")
        self.product.product_tmpl_id.message_post(body="Checked")

        def spec(path, name):
            inner = {"message_ids": {"fields": {"model": {}, "res_id": {"fields": {name: {}}}}}}
            for step in path:
                inner = {step: {"fields": inner}}
            return inner

        values = {"name": "x", "parent_id": self.customer.id}
        self.assertNothing("res.partner", "onchange", [], values, [], spec(["parent_id"], "phone"), users=[self.wang])
        line = {"product_id": self.product.id}
        path = ["product_tmpl_id", "product_id"]
        self.assertNothing("sale.order.line", "onchange", [], line, [], spec(path, "standard_price"), users=[self.wang])

    def test_order_of_nested_records_tells_nothing(self):
        self.rule(["phone"], "mask")
        low, high = self.env["res.partner"].create([{"name": "Low", "phone": "1"}, {"name": "High", "phone": "9"}])
        tag = self.env["res.partner.category"].create(
            {"name": "Valves", "partner_ids": [Command.set((self.customer | low | high).ids)]}
        )

        def shown(order):
            partners = {"partner_ids": {"fields": {"name": {}}, "order": order}}
            spec = {"parent_id": {"fields": {"category_id": {"fields": partners}}}}
            values = {"name": "x", "parent_id": self.customer.id}
            return self.rpc(self.wang, "res.partner", "onchange", [], values, [], spec)

        self.customer.category_id = tag
        self.assertEqual(shown("phone desc"), shown("phone asc"))

    def test_name_of_a_vendor_line_says_no_price(self):
        self.rule(["standard_price"], "hide", "product.product")
        vendor = self.env["res.partner"].create({"name": "Qingdao Cranes"})
        offer = self.env["product.supplierinfo"].create(
            {"partner_id": vendor.id, "product_tmpl_id": self.product.product_tmpl_id.id, "price": COST}
        )
        self.assertNothing("product.supplierinfo", "read", offer.ids, ["display_name"])
        self.assertIn("Qingdao", offer.with_user(self.wang).display_name)

    def test_complaint_and_online_payment_keep_the_phone(self):
        self.rule(["phone"], "mask")
        transaction = self.env["payment.transaction"].create(
            {
                "provider_id": self.env.ref("payment.payment_provider_transfer").id,
                "payment_method_id": self.env.ref("payment.payment_method_card").id,
                "reference": "tx-1",
                "amount": 1,
                "currency_id": self.env.company.currency_id.id,
                "partner_id": self.customer.id,
            }
        )
        self.assertEqual(transaction.partner_phone, PHONE)
        self.assertNothing("payment.transaction", "read", transaction.ids, ["partner_phone"], users=[self.accountant])
        if "sales.complaint" in self.env:
            values = {"partner_id": self.customer.id, "contact_phone": False}
            spec = {"partner_id": {}, "contact_phone": {}}
            names = ["partner_id"]
            self.assertNothing("sales.complaint", "onchange", [], values, names, spec, users=[self.wang, self.clerk])


@tagged("post_install", "-at_install")
class TestWorkWithHiddenCosts(NeighboursAtWork, ChannelCommon):
    """Who may not see what goods cost sells, keeps and makes them as before (CON-2)."""

    def setUp(self):
        super().setUp()
        self.rule(["standard_price"], "hide", "product.product")
        self.product.write({"type": "consu", "is_storable": True})

    def test_product_manager_creates_products(self):
        keeper = self._user("tao.products", "Tao", "base.group_user,product.group_product_manager")
        [product] = self.rpc(keeper, "product.product", "create", [{"name": "Ball valve"}])
        [template] = self.rpc(keeper, "product.template", "create", [{"name": "Check valve", "list_price": 5}])
        self.assertEqual(self.env["product.product"].browse(product).name, "Ball valve")
        self.assertEqual(self.env["product.template"].browse(template).list_price, 5)

    def test_production_is_marked_done(self):
        if "mrp.production" not in self.env:
            self.skipTest("nothing is made here")
        maker = self._user("kong.maker", "Kong", "base.group_user,mrp.group_mrp_user,stock.group_stock_user")
        made = self.env["product.product"].create({"name": "Valve station", "type": "consu", "is_storable": True})
        self.assertEqual(self.produce(maker, made, self.product, 2).state, "done")

    def test_warehouse_makes_lots_where_they_are_left_open_too(self):
        if "stock.lot" not in self.env:
            self.skipTest("nothing is kept here")
        keeper = self._user("ma.keeper", "Ma", "stock.group_stock_user")
        self.product.write({"tracking": "lot", "lot_valuated": True})

        def lot(name):
            values = {"name": name, "product_id": self.product.id, "company_id": self.env.company.id}
            return self.env["stock.lot"].browse(self.rpc(keeper, "stock.lot", "create", [values]))

        self.assertEqual(lot("LOT-1").standard_price, COST)
        lines = self.env["sales.confidentiality.rule.line"].search([("copy_model", "=", "stock.lot")])
        self.assertTrue(lines)
        lines.write({"state": "open", "reason": "The warehouse knows what lots cost"})
        self.env.flush_all()
        self.assertEqual(lot("LOT-2").standard_price, COST)

    def test_cashier_sells(self):
        if "pos.config" not in self.env:
            self.skipTest("there is no counter here")
        self.env["account.chart.template"].try_loading("generic_coa", company=self.env.company, install_demo=False)
        banks = [("type", "=", "bank"), ("company_id", "=", self.env.company.id)]
        bank = self.env["account.journal"].search(banks, limit=1)
        order = self.sell_over_the_counter(bank, self.product, self.customer)
        self.assertEqual((order.state, order.lines.total_cost), ("paid", COST))
