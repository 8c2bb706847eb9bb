# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .channel import COST, ChannelCommon


class CostChannels:
    """Where a cost can be read without asking for the cost."""

    def setUp(self):
        super().setUp()
        self.rule(["standard_price"], self.mode, "product.product")

    def test_prices_of_vendors(self):
        vendors = self.env["res.partner"].create([{"name": "Dear"}, {"name": "Cheap"}, {"name": "Dearest"}])
        dear, cheap, dearest = self.env["product.supplierinfo"].create(
            [
                {"partner_id": vendor.id, "product_tmpl_id": self.product.product_tmpl_id.id, "price": price}
                for vendor, price in zip(vendors, (COST, COST / 2, COST * 2))
            ]
        )
        names = ["partner_id", "price", "price_discounted"]
        specification = {name: {} for name in names}
        for user in self.uncleared[:-1]:
            rows = self.rpc(user, "product.supplierinfo", "web_search_read", [], specification)["records"]
            self.assertEqual([row["id"] for row in rows], (dear | cheap | dearest).ids, "the order tells the price")
            self.assertFalse([row for row in rows if row["price"] == COST / 2 or row["price_discounted"] == COST / 2])
        self.assertNothing("product.supplierinfo", "search_read", [], names)
        self.assertNothing("product.template", "read", self.product.product_tmpl_id.ids, ["seller_ids"])
        nested = {"seller_ids": {"fields": specification}}
        self.assertNothing("product.template", "web_read", self.product.product_tmpl_id.ids, nested)
        for order in ("price", "price desc, id", "sequence, price"):
            self.assertRefused(AccessError, self.li, "product.supplierinfo", "search", [], order=order)
        for domain in ([("price", ">", 1)], [("partner_id", "!=", False), ("price", "<", 9)]):
            self.assertRefused(AccessError, self.li, "product.supplierinfo", "search", domain)
        self.assertRefused(AccessError, self.li, "product.template", "search", [("seller_ids.price", ">", 1)])
        product = self.product.with_user(self.li)
        self.assertEqual(product._select_seller(quantity=1), cheap, "the server still finds the best offer")
        self.assertEqual((dearest | cheap | dear).with_user(self.li).sorted(), dear | cheap | dearest)
        self.assertEqual((dearest | cheap | dear).sorted(), cheap | dear | dearest)

    def test_cost_of_sales_in_the_entries_of_invoices(self):
        self.env["account.chart.template"].try_loading("generic_coa", company=self.env.company, install_demo=False)
        self.product.write({"is_storable": True, "standard_price": COST})
        stock, cost = self.env["account.account"].create(
            [
                {"name": "Stock", "code": "1499X", "account_type": "asset_current"},
                {"name": "Cost of sales", "code": "5999X", "account_type": "expense_direct_cost"},
            ]
        )
        self.product.categ_id = self.env["product.category"].create(
            {
                "name": "Valves",
                "property_valuation": "real_time",
                "property_stock_valuation_account_id": stock.id,
                "property_account_expense_categ_id": cost.id,
            }
        )
        self.env.company.anglo_saxon_accounting = True
        self.portal.partner_id.parent_id = self.customer
        line = Command.create({"product_id": self.product.id, "quantity": 1, "tax_ids": False})
        invoice = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": self.portal.partner_id.id,
                "invoice_user_id": self.wang.id,
                "invoice_line_ids": [line],
            }
        )
        invoice.action_post()
        entries = invoice.line_ids.filtered(lambda line: line.display_type == "cogs")
        self.assertEqual(sorted(entries.mapped("balance")), [-COST, COST])
        names = ["name", "price_unit", "balance", "debit"]
        line_ids = invoice.line_ids.ids
        readers = (self.wang, self.leader, self.portal)
        for user in readers:
            found = self.rpc(user, "account.move.line", "search", [("id", "in", line_ids)])
            self.assertEqual(sorted(found), sorted(set(line_ids) - set(entries.ids)), user.login)
            self.assertRefused(AccessError, user, "account.move.line", "read", entries.ids, names)
            for path in ("line_ids.balance", "invoice_line_ids.price_unit"):
                self.assertFalse(self.rpc(user, "account.move", "search", [(path, "=", COST), ("id", "=", invoice.id)]))
        self.assertNothing("account.move.line", "search_read", [("move_id", "=", invoice.id)], names, users=readers)
        self.assertNothing(
            "account.move.line", "formatted_read_group", [], ["display_type"], ["balance:sum"], users=readers
        )
        nested = {"line_ids": {"fields": {"balance": {}}}}
        self.assertNothing("account.move", "web_read", invoice.ids, nested, users=readers)
        shown = self.rpc(self.accountant, "account.move.line", "read", entries.ids, ["balance"])
        self.assertEqual(sorted(row["balance"] for row in shown), [-COST, COST], "the books are kept")
        self.clear(self.wang, self.product_data)
        self.assertTells(str(COST), self.wang, "account.move.line", "read", entries.ids, names)

    def test_margins_at_the_counter(self):
        lines = self.env["sales.confidentiality.rule"].search([]).line_ids
        copies = {(line.copy_model, line.copy_field) for line in lines}
        for model in self.env.registry.keys() & {"pos.order.line", "pos.order", "report.pos.order"}:
            self.assertIn((model, "margin"), copies)


@tagged("post_install", "-at_install")
class TestCostHidden(CostChannels, ChannelCommon):
    mode = "hide"


@tagged("post_install", "-at_install")
class TestCostMasked(CostChannels, ChannelCommon):
    mode = "mask"
