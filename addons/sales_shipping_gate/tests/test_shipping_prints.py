# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo.exceptions import UserError
from odoo.tests import tagged

from .shipping import ShippingCommon


@tagged("post_install", "-at_install")
class TestShippingPrints(ShippingCommon):
    """The shipping order and the packing list on paper (SHP-2, SHP-8)."""

    def html(self, name, record):
        return self.env["ir.actions.report"]._render_qweb_html(f"sales_shipping_gate.{name}", record.ids)[0].decode()

    def test_shipping_order_is_printed_when_it_is_issued(self):
        order = self.sold()
        request = self.checked(order)
        with self.assertRaises(UserError):
            self.html("sales_shipping_order", request.with_user(self.clerk))
        self.paid(order)
        page = self.html("sales_shipping_order", request)
        for text in (request.name, order.name, "Lathe", self.li.name, self.clerk.name):
            self.assertIn(text, page)

    def test_packing_list_tells_what_was_inspected(self):
        self.company.shipping_inspection_required = True
        self.env["sales.shipping.checklist.point"].search([]).is_photo_required = False
        order = self.sold()
        self.paid(order)
        self.checked(order)
        picking = self.delivery(order)
        picking.action_assign()
        self.assertIn("Packing not inspected", self.html("sales_packing_list", picking))
        action = picking.with_user(self.worker).action_shipping_inspect()
        inspection = self.env["sales.shipping.inspection"].with_user(self.worker).browse(action["res_id"])
        inspection.line_ids.action_in_order()
        inspection.action_pass()
        page = self.html("sales_packing_list", picking)
        for text in ("The packing fits the goods", self.worker.name, "Lathe"):
            self.assertIn(text, page)
