# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

import io

from pypdf import PdfReader

from odoo.tests import HttpCase, tagged

from .channel import ChannelCommon


@tagged("-at_install", "post_install")
class TestPdf(ChannelCommon, HttpCase):
    """The text of papers as the printer gets them."""

    def setUp(self):
        super().setUp()
        self.rule(["phone"], "mask")
        self.order_of_li = self.order(self.customer, self.li).sudo()
        self.order_of_li.order_line.product_id.type = "consu"
        self.order_of_li.action_confirm()
        self.clerk.group_ids += self.env.ref("stock.group_stock_user")

    def text(self, user, report, records):
        Report = self.env["ir.actions.report"].with_user(user).with_context(force_report_rendering=True)
        raw, kind = Report._render_qweb_pdf(report, records.ids)
        self.assertEqual(kind, "pdf")
        reader = PdfReader(io.BytesIO(raw))
        text = "".join(page.extract_text() for page in reader.pages)
        self.assertIn(records.name, text, "The text of the paper could not be read")
        return text, raw

    def test_a_delivery_slip_carries_the_phone_only_where_it_must(self):
        picking = self.order_of_li.picking_ids
        text, raw = self.text(self.clerk, "stock.report_deliveryslip", picking)
        self.assertSecret(text, self.clerk, "slip")
        self.assertSecret(raw.decode("latin-1"), self.clerk, "slip")
        self.env.ref("stock.action_report_delivery").sales_confidential_open = True
        self.assertIn("1234", self.text(self.clerk, "stock.report_deliveryslip", picking)[0])

    def test_a_quotation_printed_by_a_colleague(self):
        text, raw = self.text(self.leader, "sale.report_saleorder", self.order_of_li)
        self.assertSecret(text, self.leader, "quotation")
        self.assertSecret(raw.decode("latin-1"), self.leader, "quotation")
