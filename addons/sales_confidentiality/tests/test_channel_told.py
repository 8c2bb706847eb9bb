# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .channel import COST, EMAIL, PHONE, ChannelCommon

MERGER = "base.group_user,base.group_partner_manager,sales_team.group_sale_salesman"
OTHER_PHONE, OTHER_EMAIL = "+86 138 1234 9999", "somebody@else.example"


@tagged("post_install", "-at_install")
class TestChannelTold(ChannelCommon):
    """What the server notes, proposes and compares on its own tells nothing either (CON-2)."""

    def test_proposed_order_is_not_valued_at_cost(self):
        self.product.is_storable = True
        self.env["stock.quant"]._update_available_quantity(self.product, self.env.ref("stock.stock_location_stock"), -1)
        asked = {
            "suggest_based_on": "actual_demand",
            "suggest_percent": 100,
            "warehouse_id": self.env["stock.warehouse"].search([], limit=1).id,
        }
        names = ["suggest_estimated_price", "suggested_qty"]
        if names[0] not in self.product._fields:
            self.skipTest("Nothing proposes what to order")
        self.assertTells(str(COST), self.wang, "product.product", "read", self.product.ids, names, context=asked)
        self.rule(["standard_price"], "hide", "product.product")
        self.assertNothing(
            "product.product",
            "read",
            self.product.ids,
            names,
            context=asked,
            users=[self.wang, self.leader],
        )
        self.assertTells(
            '"suggested_qty": 1', self.wang, "product.product", "read", self.product.ids, names, context=asked
        )

    def test_whoever_manages_the_stock_opens_the_forecast_without_its_value(self):
        keeper = self._user("ke.stock", "Ke", "base.group_user,stock.group_stock_manager")
        self.product.is_storable = True
        self.env["stock.quant"]._update_available_quantity(self.product, self.env.ref("stock.stock_location_stock"), 1)
        self.rule(["standard_price"], "hide", "product.product")
        for model, record in (
            ("stock.forecasted_product_product", self.product),
            ("stock.forecasted_product_template", self.product.product_tmpl_id),
        ):
            header = self.rpc(keeper, model, "get_report_values", record.ids)["docs"]
            self.assertNotIn("value", header)
            self.assertEqual([found["quantity_on_hand"] for found in header["product"].values()], [1])
        self.clear(keeper, self.product_data)
        header = self.rpc(keeper, "stock.forecasted_product_product", "get_report_values", self.product.ids)["docs"]
        self.assertIn("4242.42", header["value"])

    def test_template_is_rendered_with_the_rights_of_whoever_writes(self):
        self.rule(["phone", "email"], "mask")
        template = self.env["mail.template"].create(
            {
                "name": "Call back",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "subject": "We call {{ object.phone }}",
                "body_html": '<p>We write to <t t-out="object.email"/></p>',
            }
        )
        values = {"model": "res.partner", "res_ids": str(self.customer.ids), "composition_mode": "comment"}

        def asked(template):
            typed, shown = {**values, "template_id": template.id}, {"subject": {}, "body": {}}
            return "mail.compose.message", "onchange", [], typed, [], shown

        for user in (self.wang, self.leader):
            self.assertRefused(UserError, user, *asked(template))
            with self.assertRaises(UserError):
                composer = self.env["mail.compose.message"].with_user(user)
                self.assertFalse(composer.create({**values, "template_id": template.id}).subject)
        row = self.rpc(self.li, *asked(template))["value"]
        self.assertEqual(row["subject"], f"We call {PHONE}")
        self.assertIn(EMAIL, row["body"])
        plain = template.copy({"subject": "News for {{ object.name }}", "body_html": "<p>Hello</p>"})
        self.assertEqual(self.rpc(self.leader, *asked(plain))["value"]["subject"], "News for Ningbo Valve Works")

    def test_merged_contacts_leave_no_address_in_the_chatter(self):
        self.rule(["email"], "mask")
        double = self.env["res.partner"].create({"name": "Ningbo Valves", "email": EMAIL, "user_id": self.li.id})
        self.env["base.partner.merge.automatic.wizard"]._merge((double | self.customer).ids, self.customer)
        note = self.customer.message_ids[:1]
        self.assertIn("Ningbo Valves", str(note.body))
        self.assertNothing("mail.message", "read", note.ids, ["body"], users=[self.leader, self.accountant])
        self.assertEqual(self.customer.email, EMAIL)

    def test_nobody_lets_the_database_group_contacts_by_it(self):
        self.rule(["email", "vat"], "mask")
        merger = self._user("me.contacts", "Me", MERGER)
        self.env["res.partner"].create([{"name": "Bait", "email": EMAIL}, {"name": "Ningbo Valve Works"}])
        Wizard = "base.partner.merge.automatic.wizard"
        for criterion in ("group_by_email", "group_by_vat"):
            wizard = self.rpc(merger, Wizard, "create", [{criterion: True, "group_by_name": True}])
            self.assertRefused(AccessError, merger, Wizard, "action_start_manual_process", wizard)
        wizard = self.rpc(merger, Wizard, "create", [{"group_by_name": True}])
        self.rpc(merger, Wizard, "action_start_manual_process", wizard)
        [row] = self.rpc(merger, Wizard, "read", wizard, ["partner_ids"])
        self.assertIn(self.customer.id, row["partner_ids"])

    def test_merged_leads_leave_neither_phone_nor_address_in_the_chatter(self):
        self.rule(["phone", "email"], "mask")
        values = {"phone": PHONE, "email_from": EMAIL, "user_id": self.li.id, "type": "opportunity"}
        leads = self.env["crm.lead"].create([{**values, "name": "Hall 3"}, {**values, "name": "Hall 4"}])
        self.customer.write({"user_id": self.li.id})
        leads.message_subscribe(self.customer.ids)
        merged = leads.with_user(self.li).merge_opportunity()
        notes = merged.sudo().message_ids
        self.assertIn("Merged the Lead/Opportunity", "".join(map(str, notes.mapped("body"))))
        self.assertNothing("mail.message", "read", notes.ids, ["body"], users=[self.leader])
        self.assertEqual((merged.sudo().phone, merged.sudo().email_from), (PHONE, EMAIL))

    def test_a_lead_of_a_foreign_customer_confirms_no_guess(self):
        self.rule(["phone", "email"], "mask")
        names = ["partner_phone_update", "partner_email_update"]
        answers = []
        for phone, email in ((PHONE, EMAIL), (OTHER_PHONE, OTHER_EMAIL)):
            values = {"name": "Hall 3", "partner_id": self.customer.id, "user_id": self.wang.id}
            [lead] = self.rpc(self.wang, "crm.lead", "create", [{**values, "phone": phone, "email_from": email}])
            [row] = self.rpc(self.wang, "crm.lead", "read", [lead], names)
            answers.append([row[name] for name in names])
        self.assertEqual(*answers)
        self.assertEqual((self.customer.phone, self.customer.email), (PHONE, EMAIL))

    def test_the_owner_still_corrects_the_customer_on_the_lead(self):
        self.rule(["phone", "email"], "mask")
        lead = self.env["crm.lead"].create({"name": "Hall 3", "partner_id": self.customer.id, "user_id": self.li.id})
        self.rpc(self.li, "crm.lead", "write", lead.ids, {"phone": OTHER_PHONE, "email_from": OTHER_EMAIL})
        self.assertEqual((self.customer.phone, self.customer.email), (OTHER_PHONE, OTHER_EMAIL))

    def test_converting_a_lead_confirms_no_guess(self):
        self.rule(["phone", "email"], "mask")
        foreign = self.env["crm.lead"].create({"name": "Hall 1", "email_from": EMAIL, "user_id": self.li.id})
        own = {"name": "Hall 2", "type": "lead", "email_from": EMAIL}
        for user, customer, others in (
            (self.wang, self.env["res.partner"], self.env["crm.lead"]),
            (self.li, self.customer, foreign),
        ):
            [lead] = self.rpc(user, "crm.lead", "create", [{**own, "user_id": user.id}])
            context = {"active_id": lead, "active_ids": [lead], "active_model": "crm.lead"}
            Wizard = "crm.lead2opportunity.partner"
            wizard = self.rpc(user, Wizard, "create", [{"lead_id": lead}], context=context)
            [row] = self.rpc(user, Wizard, "read", wizard, ["partner_id", "duplicated_lead_ids"])
            self.assertEqual(row["partner_id"] and row["partner_id"][0], customer.id)
            self.assertLessEqual(set(row["duplicated_lead_ids"]), {lead, *others.ids})

    def test_addresses_of_a_sent_message(self):
        self.rule(["email"], "mask")
        message = self.customer.with_user(self.li).message_post(body="Hi", outgoing_email_to=EMAIL)
        self.env["mail.notification"].create(
            {
                "mail_message_id": message.id,
                "notification_type": "email",
                "res_partner_id": self.customer.id,
                "mail_email_address": EMAIL,
            }
        )
        readers = [self.leader, self.accountant]
        self.assertNothing("mail.message", "read", message.ids, ["outgoing_email_to"], users=readers)
        ids = message.notification_ids.ids
        self.assertNothing("mail.notification", "read", ids, ["mail_email_address"], users=readers)
