# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import Command, fields
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
class TestWorkWithHiddenCosts(ChannelCommon):
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
        raw = Command.create({"product_id": self.product.id, "product_uom_qty": 2})
        production = (
            self.env["mrp.production"]
            .with_user(maker)
            .create({"product_id": made.id, "product_qty": 1, "move_raw_ids": [raw]})
        )
        production.action_confirm()
        production.qty_producing = 1
        production.move_raw_ids.quantity = 2
        production.move_raw_ids.picked = True
        production.button_mark_done()
        self.assertEqual(production.state, "done")

    def test_cashier_sells(self):
        if "pos.config" not in self.env:
            self.skipTest("there is no counter here")
        self.env["account.chart.template"].try_loading("generic_coa", company=self.env.company, install_demo=False)
        cashier = self._user("ning.cashier", "Ning", "base.group_user,point_of_sale.group_pos_user")
        banks = [("type", "=", "bank"), ("company_id", "=", self.env.company.id)]
        bank = self.env["account.journal"].search(banks, limit=1)
        card = self.env["pos.payment.method"].create({"name": "Card", "journal_id": bank.id})
        config = self.env["pos.config"].create({"name": "Counter", "payment_method_ids": [Command.set(card.ids)]})
        config.with_user(cashier).open_ui()
        session, now = config.current_session_id, fields.Datetime.to_string(fields.Datetime.now())
        session.with_user(cashier).set_opening_control(0, "")
        line = dict.fromkeys(("price_unit", "price_subtotal", "price_subtotal_incl"), 100)
        sale = {
            "uuid": "order-1",
            "access_token": "token-1",
            "name": "Order 1",
            "sequence_number": 1,
            "state": "paid",
            "date_order": now,
            "session_id": session.id,
            "user_id": cashier.id,
            "partner_id": self.customer.id,
            "pricelist_id": config.pricelist_id.id,
            **dict.fromkeys(("amount_paid", "amount_total"), 100),
            **dict.fromkeys(("amount_tax", "amount_return"), 0),
            "last_order_preparation_change": "{}",
            "lines": [Command.create({**line, "product_id": self.product.id, "qty": 1, "uuid": "line-1"})],
            "payment_ids": [Command.create({"amount": 100.0, "payment_method_id": card.id, "name": now})],
        }
        self.rpc(cashier, "pos.order", "sync_from_ui", [sale])
        order = self.env["pos.order"].search([("uuid", "=", "order-1")])
        self.assertEqual((order.state, order.lines.total_cost), ("paid", COST))
