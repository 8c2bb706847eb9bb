# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

import json
import unittest

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import Form, tagged

from ..shield.guard import is_inside
from .channel import COST, PHONE, ChannelCommon


class CostCommon(ChannelCommon):
    """The prepared rule on costs is in force; nobody but the officer's administrator is cleared."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.product.is_storable = True
        cls.warehouse = cls.env["stock.warehouse"].search([("company_id", "=", cls.env.company.id)], limit=1)
        cls.clerk.group_ids += cls.env.ref("stock.group_stock_user")

    def setUp(self):
        super().setUp()
        self.cost_rule = self.rule(["standard_price"], "hide", "product.product")

    def vendor(self, price, **values):
        vendor = self.env["res.partner"].create({"name": "Wenzhou Castings"})
        offer = {"partner_id": vendor.id, "price": price, **values}
        self.product.write({"purchase_ok": True, "seller_ids": [Command.create(offer)]})
        return vendor


@tagged("post_install", "-at_install")
class TestPurchases(CostCommon):
    """Whoever buys and checks bills sees prices on purchase orders; whoever keeps the stock does not."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if "purchase.order" not in cls.env:
            raise unittest.SkipTest("nothing is bought here")
        cls.buyer = cls._user("mai", "Mai", "purchase.group_purchase_user")

    def bought(self, vendor, quantity=2):
        form = Form(self.env["purchase.order"].with_user(self.buyer))
        form.partner_id = vendor
        with form.order_line.new() as line:
            line.product_id = self.product.with_user(self.buyer)
            line.product_qty = quantity
        return form.save()

    def test_stock_keeper_receives_and_returns_without_seeing_prices(self):
        order = self.bought(self.vendor(COST), 5)
        order.button_confirm()
        line = order.order_line
        self.assertEqual(line.price_unit, COST)
        names = ["price_unit", "price_unit_discounted", "price_subtotal", "price_total", "discount"]
        row = self.rpc(self.clerk, "purchase.order.line", "read", line.ids, ["product_qty", *names])[0]
        self.assertEqual(row["product_qty"], 5)
        self.assertFalse(any(row[name] for name in names), row)
        totals = ["amount_untaxed", "amount_total", "amount_total_cc", "tax_totals"]
        row = self.rpc(self.clerk, "purchase.order", "read", order.ids, ["name", *totals])[0]
        self.assertFalse(any(row[name] for name in totals), row)
        self.assertRefused(AccessError, self.clerk, "purchase.order.line", "search", [("price_unit", ">", 1)])
        self.assertRefused(AccessError, self.clerk, "purchase.order", "search", [], order="amount_total")
        self.assertNothing(
            "purchase.order", "read", order.ids, ["display_name"], users=[self.clerk], context={"show_total_amount": 1}
        )
        receipt = order.picking_ids.with_user(self.clerk)
        receipt.move_ids.write({"quantity": 3, "picked": True})
        receipt.with_context(skip_backorder=True).button_validate()
        self.assertEqual((receipt.state, line.qty_received), ("done", 3))
        self.assertEqual(receipt.move_ids.sudo().value, 3 * COST)
        self.assertEqual(receipt.backorder_ids.sudo().move_ids.price_unit, COST)
        wizard = (
            self.env["stock.return.picking"]
            .with_user(self.clerk)
            .with_context(active_id=receipt.id, active_ids=receipt.ids, active_model="stock.picking")
            .create({})
        )
        wizard.product_return_moves.quantity = 1
        returned = self.env["stock.picking"].browse(wizard.action_create_returns()["res_id"]).with_user(self.clerk)
        returned.move_ids.picked = True
        returned.button_validate()
        self.assertEqual(returned.state, "done")

    def test_buyer_accountant_and_vendor_see_what_was_ordered_at_what_price(self):
        vendor = self.vendor(COST)
        self.portal.partner_id.parent_id = vendor
        order = self.bought(vendor)
        order.message_subscribe(self.portal.partner_id.ids)
        order.button_confirm()
        for user in (self.buyer, self.accountant, self.portal):
            self.assertTells(str(COST), user, "purchase.order.line", "read", order.order_line.ids, ["price_unit"])
            self.assertTells(str(2 * COST), user, "purchase.order", "read", order.ids, ["amount_untaxed"])
            self.assertNothing("product.product", "read", self.product.ids, ["standard_price"], users=[user])
        shown = self.cost_rule.line_ids.filtered(lambda line: line.copy_model == "purchase.order.line")
        self.assertIn(self.env.ref("purchase.group_purchase_user").full_name, shown[:1].open_to)
        self.assertFalse(self.cost_rule.line_ids.filtered(lambda line: line.copy_model == "stock.move")[:1].open_to)

    def test_a_rule_of_its_own_closes_purchase_orders_for_buyers_too(self):
        order = self.bought(self.vendor(COST))
        self.rule(["price_unit"], "hide", "purchase.order.line")
        self.assertNothing("purchase.order.line", "read", order.order_line.ids, ["price_unit"], users=[self.buyer])

    def test_goods_without_vendor_are_ordered_at_no_price_rather_than_at_cost(self):
        self.product.purchase_ok = True
        vendor = self.env["res.partner"].create({"name": "Yiwu Trading"})
        order = self.bought(vendor)
        self.assertEqual(order.order_line.price_unit, 0)
        with Form(order) as form, form.order_line.edit(0) as line:
            line.price_unit = 12.5
        with Form(order) as form, form.order_line.edit(0) as line:
            line.product_qty = 7
        self.assertEqual(order.order_line.price_unit, 12.5)
        found = order._get_product_price_and_data(self.product.with_user(self.buyer))
        self.assertEqual(found["price"], 0)
        order._update_order_line_info(self.product.id, 9)
        self.assertEqual((order.order_line.product_qty, order.order_line.price_unit), (9, 12.5))
        self.clear(self.buyer, self.product_data)
        self.env.invalidate_all()
        self.assertEqual(self.bought(vendor).order_line.price_unit, COST)

    def test_catalogue_of_a_purchase_order_shows_what_the_vendor_asks(self):
        order = self.env["purchase.order"].with_user(self.buyer).create({"partner_id": self.vendor(17.0).id})
        self.assertEqual(order._get_product_price_and_data(self.product.with_user(self.buyer))["price"], 17.0)
        self.assertEqual(order._update_order_line_info(self.product.id, 4), 17.0)
        self.assertEqual(order._update_order_line_info(self.product.id, 0), 17.0)

    def test_orders_that_need_goods_are_confirmed_again_and_again(self):
        buy = self.env.ref("purchase_stock.route_warehouse0_buy", raise_if_not_found=False)
        mto = self.env.ref("stock.route_warehouse0_mto")
        self.assertTrue(buy)
        mto.active = True
        self.vendor(COST / 2)
        self.product.route_ids = buy | mto
        for _times in range(2):
            order = self.order(self.customer, self.wang)
            order.order_line.product_id = self.product
            order.with_user(self.wang).action_confirm()
            self.assertEqual(order.state, "sale")
        line = self.env["purchase.order.line"].search([("product_id", "=", self.product.id)])
        self.assertEqual(line.mapped("price_unit"), [COST / 2] * len(line))


@tagged("post_install", "-at_install")
class TestProductions(CostCommon):
    """Whoever plans and makes goods sees quantities and dates, and no cost."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if "mrp.production" not in cls.env:
            raise unittest.SkipTest("nothing is made here")
        cls.maker = cls._user("tang", "Tang", "mrp.group_mrp_user,mrp.group_mrp_manager,stock.group_stock_user")
        cls.machine = cls.env["product.product"].create({"name": "Pump station", "is_storable": True})
        component = Command.create({"product_id": cls.product.id, "product_qty": 2})
        cls.bom = cls.env["mrp.bom"].create(
            {"product_tmpl_id": cls.machine.product_tmpl_id.id, "bom_line_ids": [component]}
        )

    def test_overview_of_a_bill_of_materials_without_costs(self):
        Overview = self.env["report.mrp.report_bom_structure"].with_user(self.maker)
        answer = self.rpc(self.maker, "report.mrp.report_bom_structure", "get_html", self.bom.id)
        self.assertEqual(answer["lines"]["components"][0]["quantity"], 2)
        self.assertEqual(answer["lines"]["bom_cost"], 0)
        text = json.dumps(answer, default=str)
        for trace in (COST, 2 * COST):
            self.assertNotIn(str(trace), text)
        [doc] = Overview._get_report_values(self.bom.ids, {})["docs"]
        self.assertEqual([line["bom_cost"] for line in doc["lines"]], [0])
        self.assertFalse(is_inside(doc["product"].env))
        page, _type = self.env["ir.actions.report"]._render_qweb_html("mrp.action_report_bom_structure", self.bom.ids)
        self.assertIn(b"Gate valve", page)
        self.clear(self.maker, self.product_data)
        shown = self.rpc(self.maker, "report.mrp.report_bom_structure", "get_html", self.bom.id)
        self.assertEqual(shown["lines"]["bom_cost"], 2 * COST)

    def test_overview_of_a_production_without_costs(self):
        production = self.env["mrp.production"].with_user(self.maker).create({"bom_id": self.bom.id})
        production.action_confirm()
        answer = self.rpc(self.maker, "report.mrp.report_mo_overview", "get_report_values", production.id)
        self.assertEqual(answer["data"]["components"][0]["summary"]["quantity"], 2)
        text = json.dumps(answer, default=str)
        for trace in (COST, 2 * COST):
            self.assertNotIn(str(trace), text)
        self.clear(self.maker, self.product_data)
        shown = self.rpc(self.maker, "report.mrp.report_mo_overview", "get_report_values", production.id)
        self.assertEqual(shown["data"]["summary"]["bom_cost"], 2 * COST)

    def test_catalogue_of_a_production_shows_no_cost(self):
        other = self.env["product.product"].create({"name": "Seal", "standard_price": COST})
        for document, lines in (
            (self.bom, "bom_line_ids"),
            (self.env["mrp.production"].create({"bom_id": self.bom.id}), "move_raw_ids"),
        ):
            document = document.with_user(self.maker)
            self.assertEqual(document._get_product_price_and_data(other.with_user(self.maker))["price"], 0)
            self.assertEqual(document._update_order_line_info(other.id, 3, child_field=lines), 0)
            self.assertIn(other, document[lines].product_id)


@tagged("post_install", "-at_install")
class TestCounterAndBooks(CostCommon):
    """What the till tells, what an analytic line proposes, what a new product brings along."""

    def test_the_till_tells_about_goods_without_their_vendors(self):
        if "pos.config" not in self.env:
            self.skipTest("there is no counter here")
        self.vendor(COST)
        cashier = self._user("bo", "Bo", "base.group_user,point_of_sale.group_pos_user")
        config = self.env["pos.config"].create({"name": "Shop"})
        ask = (self.product.product_tmpl_id.ids, 9900.0, 1, config.id)
        answer = self.rpc(cashier, "product.template", "get_product_info_pos", *ask)
        self.assertEqual(answer["all_prices"]["price_without_tax"], 9900.0)
        self.assertEqual(answer["suppliers"], [])
        self.clear(cashier, self.product_data)
        answer = self.rpc(cashier, "product.template", "get_product_info_pos", *ask)
        self.assertEqual([row["price"] for row in answer["suppliers"]], [COST])

    def test_the_till_tells_nothing_that_another_rule_protects(self):
        if "pos.config" not in self.env:
            self.skipTest("there is no counter here")
        self.vendor(COST)
        secret = 7373.37
        other = self.env["product.template"].create({"name": "Gasket", "list_price": secret})
        self.product.product_tmpl_id.pos_optional_product_ids = other
        cashier = self._user("bo", "Bo", "base.group_user,point_of_sale.group_pos_user")
        config = self.env["pos.config"].create({"name": "Shop"})
        ask = (cashier, "product.template", "get_product_info_pos", self.product.product_tmpl_id.ids, 1.0, 1, config.id)
        self.assertTells(str(secret), *ask)
        self.rule(["list_price"], "hide", "product.template")
        self.assertNotIn(str(secret), self.answer(*ask) or "")

    def test_an_analytic_line_proposes_no_cost(self):
        plan = self.env["account.analytic.plan"].create({"name": "Sites"})
        account = self.env["account.analytic.account"].create({"name": "Hall 3", "plan_id": plan.id})
        values = {"product_id": self.product.id, "unit_amount": 2, "account_id": account.id, "amount": 0, "name": "x"}
        spec = {name: {} for name in ("amount", "product_id", "unit_amount", "product_uom_id", "general_account_id")}
        self.accountant.group_ids += self.env.ref("analytic.group_analytic_accounting")
        ask = ("account.analytic.line", "onchange", [], values, ["product_id", "unit_amount"], spec)
        self.assertNotIn(str(2 * COST), self.answer(self.accountant, *ask))
        self.clear(self.accountant, self.product_data)
        self.assertTells(str(2 * COST), self.accountant, *ask)

    def test_a_product_is_entered_with_the_cost_that_whoever_enters_it_knows(self):
        self.leader.group_ids += self.env.ref("product.group_product_manager")
        created = self.rpc(self.leader, "product.template", "create", {"name": "Flange", "standard_price": 31.5})
        product = self.env["product.template"].browse(created)
        self.assertEqual(product.standard_price, 31.5)
        self.assertEqual(product.with_user(self.leader).read(["standard_price"])[0]["standard_price"], 0)


@tagged("post_install", "-at_install")
class TestLeadsOfOthers(ChannelCommon):
    """A leader makes customers of the leads of others, and does not learn how to reach them."""

    def test_leader_converts_a_lead_of_somebody_else(self):
        self.rule(["phone"], "mask")
        lead = self.env["crm.lead"].create(
            {"name": "Hall 7", "partner_name": "Jinhua Pipes", "phone": PHONE, "user_id": self.li.id, "type": "lead"}
        )
        self.assertNothing("crm.lead", "read", lead.ids, ["phone"], users=[self.leader])
        wizard = (
            self.env["crm.lead2opportunity.partner"]
            .with_user(self.leader)
            .with_context(
                active_model="crm.lead", active_id=lead.id, active_ids=lead.ids, default_user_id=self.leader.id
            )
            .create({"name": "convert", "action": "create"})
        )
        wizard.user_id = self.li
        wizard.action_apply()
        customer = lead.partner_id
        self.assertEqual((lead.type, customer.phone, customer.user_id), ("opportunity", PHONE, self.li))
        self.assertNothing("res.partner", "read", customer.ids, ["phone"], users=[self.leader])
        self.assertNothing("crm.lead", "read", lead.ids, ["phone"], users=[self.leader])
