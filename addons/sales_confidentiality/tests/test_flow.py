# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from lxml import etree

from odoo.fields import Command
from odoo.tests import Form, tagged

from .channel import COST, PHONE, ChannelCommon


@tagged("post_install", "-at_install")
class TestFlow(ChannelCommon):
    """The daily work of people without clearance goes on with the prepared rules switched on."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "tracking_disable": False})
        cls.wang.group_ids += cls.env.ref("base.group_partner_manager")
        cls.clerk.group_ids += cls.env.ref("stock.group_stock_user")
        cls.product.type = "consu"

    def setUp(self):
        super().setUp()
        wizard = self.env["sales.confidentiality.protect"].with_user(self.officer).create({})
        self.assertEqual(len(wizard.rule_ids), 2)
        self.assertIn("Costs and margins", wizard.effect)
        wizard.action_apply()
        self.addCleanup(wizard.rule_ids.sudo()._unregister_hook)
        self.env.flush_all()
        self.env.invalidate_all()

    def assertNoSecret(self, text, where):
        for trace in ("1234 5678", "12345678", str(COST)):
            self.assertNotIn(trace, text or "", where)

    def quotation(self, user):
        form = Form(self.env["sale.order"].with_user(user))
        form.partner_id = self.customer.with_user(user)
        form.user_id = user
        with form.order_line.new() as line:
            line.product_id = self.product.with_user(user)
            line.product_uom_qty = 2
        return form.save()

    def test_quotation_mail_confirmation_delivery_invoice_payment(self):
        order = self.quotation(self.wang)
        self.assertEqual(order.order_line.sudo().purchase_price, COST)
        self.assertEqual(order.sudo().margin, 2 * (9900 - COST))
        action = order.action_quotation_send()
        composer = (
            self.env["mail.compose.message"]
            .with_user(self.wang)
            .with_context(**action["context"])
            .create({"composition_mode": "comment"})
        )
        composer._action_send_mail()
        self.assertIn(self.customer, order.sudo().message_ids.partner_ids)
        mails = self.env["mail.mail"].search([("model", "=", "sale.order"), ("res_id", "=", order.id)])
        for text in (*mails.mapped("body_html"), *order.sudo().message_ids.mapped("body")):
            self.assertNoSecret(str(text), "mail")
            self.assertNotIn("****", str(text))
        order.action_confirm()
        self.assertEqual(order.state, "sale")
        picking = order.sudo().picking_ids.with_user(self.clerk)
        picking.move_ids.quantity = 2
        picking.move_ids.picked = True
        picking.with_context(skip_backorder=True).button_validate()
        self.assertEqual(picking.state, "done")
        order.invalidate_recordset()
        invoice = order.sudo()._create_invoices().with_user(self.accountant)
        invoice.action_post()
        self.assertEqual(invoice.state, "posted")
        self.env["account.payment.register"].with_user(self.accountant).with_context(
            active_model="account.move", active_ids=invoice.ids
        ).create({}).action_create_payments()
        self.assertIn(invoice.payment_state, ("paid", "in_payment"))

    def test_receipt_in_two_parts_keeps_its_unit_price(self):
        self.product.is_storable = True
        warehouse = self.env["stock.warehouse"].search([("company_id", "=", self.env.company.id)], limit=1)
        supplier = self.env.ref("stock.stock_location_suppliers")
        ways = {"location_id": supplier.id, "location_dest_id": warehouse.lot_stock_id.id}
        move = {"product_id": self.product.id, **ways}
        receipt = self.env["stock.picking"].create(
            {
                "picking_type_id": warehouse.in_type_id.id,
                **ways,
                "move_ids": [
                    Command.create({**move, "product_uom_qty": 2, "price_unit": COST}),
                    Command.create({**move, "product_uom_qty": 3, "price_unit": COST}),
                    Command.create({**move, "product_uom_qty": 1, "price_unit": 1.5}),
                ],
            }
        )
        receipt.with_user(self.clerk).action_confirm()
        self.assertEqual(sorted(receipt.move_ids.mapped("product_uom_qty")), [1, 5])
        dear = receipt.move_ids.filtered(lambda move: move.product_uom_qty == 5)
        dear.with_user(self.clerk).write({"quantity": 2, "picked": True})
        receipt.with_user(self.clerk).with_context(skip_backorder=True).button_validate()
        rest = receipt.backorder_ids.move_ids
        self.assertEqual((receipt.state, sorted(rest.mapped("product_uom_qty"))), ("done", [1, 3]))
        self.assertEqual(sorted(rest.mapped("price_unit")), [1.5, COST])
        for name in ("price_unit", "value"):
            self.assertGreaterEqual(dear[name], COST)
            shown = self.rpc(self.clerk, "stock.move", "read", dear.ids, [name])
            self.assertEqual(shown, [{"id": dear.id, name: False}])

    def test_buyer_orders_from_the_cheapest_vendor(self):
        if "purchase.order" not in self.env:
            self.skipTest("needs purchases")
        self.product.purchase_ok = True
        vendor, other = self.env["res.partner"].create([{"name": "Cheap"}, {"name": "Dear"}])
        for partner, price in ((other, COST), (vendor, 17.0)):
            self.product.seller_ids = [Command.create({"partner_id": partner.id, "price": price})]
        buyer = self._user("buyer", "Mai", "purchase.group_purchase_user")
        form = Form(self.env["purchase.order"].with_user(buyer))
        form.partner_id = vendor
        with form.order_line.new() as line:
            line.product_id = self.product.with_user(buyer)
        order = form.save()
        self.assertEqual(order.order_line.price_unit, 17.0)
        order.button_confirm()
        self.assertEqual(order.state, "purchase")
        shown = self.rpc(buyer, "product.supplierinfo", "search_read", [], ["price"])
        self.assertFalse([row["price"] for row in shown if row["price"]])

    def test_lead_opportunity_quotation(self):
        lead = (
            self.env["crm.lead"]
            .with_user(self.wang)
            .create({"name": "Hall 3", "contact_name": "Mr Wu", "phone": "+86 137 0000 4444", "user_id": self.wang.id})
        )
        self.assertEqual(lead.read(["phone"])[0]["phone"], "+86 137 0000 4444")
        lead.convert_opportunity(self.customer)
        self.assertEqual(lead.type, "opportunity")
        self.assertEqual(lead.partner_id, self.customer)
        order = (
            self.env["sale.order"]
            .with_user(self.wang)
            .create({"partner_id": self.customer.id, "opportunity_id": lead.id, "user_id": self.wang.id})
        )
        lead.action_set_won()
        self.assertEqual(order.opportunity_id, lead)

    def test_lead_form_of_a_foreign_customer(self):
        form = Form(self.env["crm.lead"].with_user(self.wang))
        form.name = "Hall 4"
        form.partner_id = self.customer.with_user(self.wang)
        lead = form.save()
        self.assertEqual(lead.sudo().phone, PHONE)
        self.assertNoSecret(str(lead.read(["phone", "phone_sanitized"])), "lead")
        with Form(lead) as form:
            form.priority = "2"
        self.assertEqual(lead.sudo().phone, PHONE)

    def test_contact_form_and_list(self):
        with Form(self.customer.with_user(self.wang)) as form:
            form.comment = "Likes tea"
        self.assertEqual(self.customer.phone, PHONE)
        child = self.env["res.partner"].with_user(self.wang).create({"name": "Mr Hu", "parent_id": self.customer.id})
        self.assertEqual(child.parent_id, self.customer)
        for view in ("form", "list", "kanban", "search"):
            self.rpc(self.wang, "res.partner", "get_views", [(False, view)])

    def test_product_form(self):
        for user in (self.wang, self.clerk, self.accountant):
            for model, record in (
                ("product.product", self.product),
                ("product.template", self.product.product_tmpl_id),
            ):
                described = self.rpc(user, model, "get_views", [(False, "form")])
                form = etree.fromstring(described["views"]["form"]["arch"])
                names = form.xpath("//field[not(ancestor::field)]/@name")
                row = self.rpc(user, model, "web_read", record.ids, {name: {} for name in names})
                self.assertNoSecret(str(row), model)

    def test_order_form_list_and_views(self):
        order = self.quotation(self.wang)
        for user in (self.wang, self.leader, self.accountant):
            described = self.rpc(user, "sale.order", "get_views", [(False, "form"), (False, "list")])
            names = {name: {} for name in described["models"]["sale.order"]["fields"]}
            self.assertNoSecret(str(self.rpc(user, "sale.order", "web_read", order.ids, names)), "order")
            self.rpc(user, "sale.order", "web_search_read", [], names)
            lines = {name: {} for name in described["models"]["sale.order.line"]["fields"]}
            row = self.rpc(user, "sale.order", "web_read", order.ids, {"order_line": {"fields": lines}})
            self.assertNoSecret(str(row), "lines")
        with Form(order.with_user(self.wang)) as form, form.order_line.edit(0) as line:
            line.product_uom_qty = 5
        self.assertEqual(order.sudo().margin, 5 * (9900 - COST))
        copied = order.with_user(self.wang).copy()
        self.assertEqual(copied.sudo().order_line.purchase_price, COST)

    def test_calendar_and_mention(self):
        event = (
            self.env["calendar.event"]
            .with_user(self.wang)
            .create(
                {
                    "name": "Visit",
                    "start": "2026-05-05 02:00:00",
                    "stop": "2026-05-05 03:00:00",
                    "partner_ids": [Command.set((self.wang.partner_id | self.customer).ids)],
                }
            )
        )
        self.assertIn(self.customer, event.attendee_ids.partner_id)
        event.with_user(self.wang).read()
        self.assertIn("Ningbo", self.answer(self.wang, "res.partner", "get_mention_suggestions", "Ningbo"))
        message = self.customer.with_user(self.wang).message_post(
            body="Please look", partner_ids=self.li.partner_id.ids, message_type="comment"
        )
        self.assertIn(self.li.partner_id, message.partner_ids)

    def test_export_and_import_keep_the_real_value(self):
        rows = self.rpc(self.wang, "res.partner", "export_data", self.customer.ids, ["id", "name", "phone"])["datas"]
        self.assertNoSecret(str(rows), "export")
        rows[0][1] = "Ningbo Valve Works Ltd"
        result = self.rpc(self.wang, "res.partner", "load", ["id", "name", "phone"], rows)
        self.assertEqual(result["ids"], self.customer.ids, result["messages"])
        self.assertEqual((self.customer.name, self.customer.phone), ("Ningbo Valve Works Ltd", PHONE))

    def test_nobody_is_locked_out(self):
        for user in (self.wang, self.leader, self.clerk, self.accountant, self.portal):
            self.assertTrue(user.with_user(user).read(["name", "email", "phone"]))
        for user in (self.wang, self.clerk, self.accountant):
            self.assertTrue(self.env["ir.ui.menu"].with_user(user).load_menus(False))
            action = self.env.ref("base.action_res_users_my")
            self.rpc(user, "res.users", "get_views", [(action.view_id.id, "form")])

    def test_colleagues_and_the_own_company_are_no_secret(self):
        self.li.partner_id.phone = "+86 10 8888 0001"
        self.company.phone = "+86 10 8888 0002"
        for user in (self.wang, self.clerk):
            self.assertTells("0001", user, "res.partner", "read", self.li.partner_id.ids, ["phone"])
            self.assertTells("0001", user, "res.users", "read", self.li.ids, ["phone"])
            self.assertTells("0002", user, "res.company", "read", self.company.ids, ["phone"])

    def test_after_the_customer_changed_hands_the_new_owner_sees_the_phone(self):
        self.register(self.customer, self.li)
        self.assertTells(PHONE, self.li, "res.partner", "read", self.customer.ids, ["phone"])
        self.assertNothing("res.partner", "read", self.customer.ids, ["phone"], users=[self.wang])
        self.transfer("assign", self.wang, self.customer)
        self.assertTells(PHONE, self.wang, "res.partner", "read", self.customer.ids, ["phone"])
        self.assertNothing("res.partner", "read", self.customer.ids, ["phone"], users=[self.li])

    def test_rules_switched_off_leave_a_plain_odoo(self):
        rules = self.env["sales.confidentiality.rule"].search([])
        self.assertIn("Shield", [base.__name__ for base in type(self.env["res.partner"]).__bases__])
        rules.active = False
        self.assertNotIn("Shield", [base.__name__ for base in type(self.env["res.partner"]).__bases__])
        self.assertTells(PHONE, self.wang, "res.partner", "read", self.customer.ids, ["phone"])
