# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

import base64
import io

from pypdf import PdfReader

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .channel import PHONE, ChannelCommon

RED = base64.b64encode(
    base64.b64decode(
        "iVBORw0KGgoAAAANSUhEUgAAAAoAAAAKCAYAAACNMs+9AAAAFUlEQVR42mP8z8BQz0AEYBxVSF+FABJADveWkH6oAAAAAElFTkSuQmCC"
    )
)


class OutChannels:
    """What is sent and printed: chatter, mails, bus, papers, pages, files."""

    mode = None

    def setUp(self):
        super().setUp()
        self.phone_rule = self.rule(["phone"], self.mode)
        self.env = self.env(context={**self.env.context, "tracking_disable": False})

    def assertNoTrace(self, text, where):
        self.assertSecret(text, self.wang, where)

    def report(self, user, xml_id, records):
        html, _kind = self.env["ir.actions.report"].with_user(user)._render_qweb_html(xml_id, records.ids)
        return html.decode()

    def address(self, user, su=False):
        Contact = self.env["ir.qweb.field.contact"].with_user(user).sudo(su)
        return str(Contact.value_to_html(self.customer.with_user(user).sudo(su), {"fields": ["name", "phone"]}))

    def test_papers_printed_by_somebody_without_clearance(self):
        order = self.order(self.customer, self.li)
        for user in (self.leader, self.manager):
            self.assertNoTrace(self.report(user, "sale.report_saleorder", order), "quotation")
            for su in (False, True):
                self.assertNoTrace(self.address(user, su), "address")
                self.assertNotIn("****", self.address(user, su))
        self.assertIn("1234", self.address(self.li))

    def test_a_paper_for_the_carrier_has_it_and_the_print_is_logged(self):
        report = self.env.ref("stock.action_report_delivery")
        self.clerk.group_ids += self.env.ref("stock.group_stock_user")
        order = self.order(self.customer, self.li)
        order.sudo().order_line.product_id.type = "consu"
        order.sudo().action_confirm()
        picking = order.sudo().picking_ids
        self.assertNoTrace(self.report(self.clerk, "stock.report_deliveryslip", picking), "slip")
        report.sales_confidential_open = True
        self.assertIn("1234", self.report(self.clerk, "stock.report_deliveryslip", picking))
        self.cr.flush()
        noted = self.env["sales.confidentiality.access"].search([("channel", "=", "print")], limit=1)
        self.assertEqual((noted.user_id, noted.model), (self.clerk, "stock.picking"))
        self.assertEqual(noted.record_ids, str(picking.id))

    def test_files_of_the_composer(self):
        order = self.order(self.customer, self.li)
        template = self.env.ref("sale.email_template_edi_sale")
        for user in (self.leader, self.manager):
            composer = (
                self.env["mail.compose.message"]
                .with_user(user)
                .create(
                    {
                        "model": "sale.order",
                        "res_ids": str(order.ids),
                        "template_id": template.id,
                        "composition_mode": "comment",
                    }
                )
            )
            for attachment in composer.attachment_ids:
                raw = attachment.sudo().raw
                self.assertNoTrace(raw.decode("latin-1"), attachment.name)
                if raw.startswith(b"%PDF"):
                    reader = PdfReader(io.BytesIO(raw))
                    self.assertNoTrace("".join(page.extract_text() for page in reader.pages), attachment.name)
                    for name, contents in reader.attachments.items():
                        for content in contents:
                            self.assertNoTrace(content.decode("utf-8", "ignore"), name)
            self.assertNoTrace(str(composer.body), "body")

    def test_the_xml_inside_of_a_quotation(self):
        order = self.order(self.customer, self.li)
        builder = self.env["sale.edi.xml.ubl_bis3"]
        for user in (self.leader, self.manager):
            for su in (False, True):
                xml = builder.with_user(user).sudo(su)._export_order(order.with_user(user).sudo(su))
                self.assertNoTrace((xml if isinstance(xml, str) else xml.decode()), "UBL")

    def test_changes_in_the_chatter_and_in_mails(self):
        lead = self.env["crm.lead"].create(
            {"name": "Hall 3", "partner_id": self.customer.id, "user_id": self.li.id, "phone": PHONE}
        )
        self.rule(["expected_revenue"], self.mode, "crm.lead")
        lead.message_subscribe((self.wang | self.leader).partner_id.ids)
        self.cr.flush()
        lead.with_user(self.li).sudo().expected_revenue = 424242
        self.cr.flush()
        tracked = self.env["mail.tracking.value"].search([("field_id.name", "=", "expected_revenue")])
        self.assertTrue(tracked)
        for user in (self.wang, self.leader, self.li):
            self.assertFalse(tracked._filter_has_field_access(self.env(user=user.id, su=False)))
            self.assertFalse(tracked._filter_has_field_access(self.env(user=user.id, su=True)))
        self.assertFalse(tracked._filter_free_field_access())
        bodies = "".join(self.env["mail.mail"].search([]).mapped(lambda mail: str(mail.body_html)))
        self.assertNotIn("424242", bodies.replace(",", ""))

    def test_the_chatter_opens_and_the_bus_carries_nothing(self):
        self.rule(["email"], self.mode)
        message = self.customer.with_user(self.li).message_post(body="Called", message_type="comment")
        incoming = self.customer.message_post(
            body="Hello", author_id=self.customer.id, email_from=self.customer.email, message_type="email"
        )
        self.customer.message_subscribe(self.wang.partner_id.ids)
        self.assertNothing("mail.message", "search_read", [("id", "in", (message | incoming).ids)], users=[self.wang])
        self.assertNothing(
            "mail.message",
            "search_read",
            [("id", "in", (message | incoming).ids)],
            ["email_from"],
            users=[self.wang, self.leader],
        )
        self.env["bus.bus"].search([]).unlink()
        self.customer.with_user(self.li).message_post(
            body="For you", partner_ids=self.wang.partner_id.ids, message_type="comment"
        )
        self.cr.flush()
        self.assertNoTrace("".join(self.env["bus.bus"].search([]).mapped("message")), "bus")

    def test_mentions_and_cards(self):
        self.rule(["email"], self.mode)
        for hint in ("Ningbo", "buyer.secret"):
            self.assertNothing("res.partner", "get_mention_suggestions", hint, users=[self.wang, self.leader])

    def test_address_cards(self):
        for user in (self.wang, self.leader):
            with self.assertRaises(AccessError):
                self.customer.with_user(user)._get_vcard_file()

    def test_short_messages(self):
        values = {"res_model": "res.partner", "res_id": self.customer.id, "composition_mode": "comment", "body": "Hi"}
        spec = {name: {} for name in ("recipient_single_number_itf", "recipient_single_number", "sanitized_numbers")}
        self.assertNothing("sms.composer", "onchange", [], values, ["res_id"], spec)
        self.assertNothing("sms.composer", "web_save", [], values, spec)

    def meeting(self, maker):
        values = {
            "name": "Visit",
            "start": "2026-05-05 02:00:00",
            "stop": "2026-05-05 03:00:00",
            "partner_ids": [(6, 0, (maker.partner_id | self.customer).ids)],
        }
        return self.env["calendar.event"].with_user(maker).create(values).sudo()

    def test_meetings(self):
        for maker in (self.wang, self.li, self.env.user):
            event = self.meeting(maker)
            self.assertIn(self.customer.name, str(event.description))
            self.assertNoTrace(str(event.description), f"meeting of {maker.login}")

    def test_invitations(self):
        self.rule(["email"], self.mode)
        event = self.meeting(self.li)
        for invitation in (event._get_ics_file(), event.with_user(self.wang)._get_ics_file()):
            text = invitation[event.id].decode()
            self.assertNoTrace(text + str(event.description), "invitation")
            self.assertIn(self.li.email, text)

    def test_pictures_and_their_thumbnails(self):
        self.customer.image_1920 = RED
        self.rule(["image_1920"], self.mode)
        names = ["image_1920", "image_1024", "image_512", "image_256", "image_128"]
        for user in (self.wang, self.leader, self.accountant):
            row = self.rpc(user, "res.partner", "read", self.customer.ids, names)[0]
            self.assertFalse(any(row[name] for name in names), user.login)
            found = self.answer(
                user,
                "ir.attachment",
                "search_read",
                [("res_model", "=", "res.partner"), ("res_field", "in", names), ("res_id", "=", self.customer.id)],
                ["datas"],
            )
            self.assertIn(found, ("[]", None), user.login)
            ids = (
                self.env["ir.attachment"]
                .sudo()
                .search(
                    [("res_model", "=", "res.partner"), ("res_field", "in", names), ("res_id", "=", self.customer.id)]
                )
            )
            self.assertTrue(ids)
            self.assertRefused(AccessError, user, "ir.attachment", "read", ids.ids, ["datas"])

    def test_prices_that_are_calculated_from_costs(self):
        self.rule(["standard_price"], self.mode, "product.product")
        pricelist = self.env["product.pricelist"].create(
            {
                "name": "At cost",
                "item_ids": [(0, 0, {"compute_price": "formula", "base": "standard_price", "applied_on": "3_global"})],
            }
        )
        values = {"partner_id": self.customer.id, "pricelist_id": pricelist.id}
        order = self.env["sale.order"].with_user(self.li).create(values)
        with self.assertRaises(UserError), self.cr.savepoint():
            order.order_line = [(0, 0, {"product_id": self.product.id})]
            self.env.flush_all()
        self.assertNothing(
            "sale.order.line",
            "onchange",
            [],
            {"product_id": self.product.id, "order_id": order.id},
            ["product_id"],
            {"price_unit": {}, "purchase_price": {}},
            users=[self.li, self.leader],
        )
        self.manager.group_ids += self.env.ref("product.group_product_manager")
        for values in ({"base": "standard_price"}, {"base": "standard_price", "compute_price": "formula"}):
            self.assertRefused(
                (AccessError, UserError),
                self.manager,
                "product.pricelist.item",
                "create",
                {"pricelist_id": pricelist.id, **values},
            )


@tagged("post_install", "-at_install")
class TestOutHidden(OutChannels, ChannelCommon):
    mode = "hide"


@tagged("post_install", "-at_install")
class TestOutMasked(OutChannels, ChannelCommon):
    mode = "mask"
