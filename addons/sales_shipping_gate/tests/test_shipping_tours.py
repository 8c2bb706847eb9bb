# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import Command
from odoo.tests import HttpCase, tagged

from .shipping import ShippingCommon

PHONE, DESK = "375x667", "1366x768"


@tagged("post_install", "-at_install")
class TestShippingTours(ShippingCommon, HttpCase):
    """The way of a shipment as the people walk it: asked on a phone, checked, inspected, received in the portal."""

    # Odoo lets those invoice orders who may see them.
    people = {
        "invoicer": ("lu.invoices", "Lu", "account.group_account_invoice,sales_team.group_sale_salesman_all_leads")
    }

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.write({"shipping_inspection_required": True, "shipping_tracking_required": True})
        cls.env["sales.shipping.checklist"].search([]).active = False
        cls.env["sales.shipping.checklist"].create(
            {
                "name": "Machines",
                "point_ids": [
                    Command.create({"name": "Crate"}),
                    Command.create({"name": "Labels", "is_photo_required": True}),
                ],
            }
        )
        cls.carrier = cls.new_carrier("Deppon")
        cls.portal.password = cls.portal.login
        cls.customer.child_ids = [Command.link(cls.portal.partner_id.id)]

    def walk(self, path, tour, user, size=DESK):
        self.browser_size, self.touch_enabled = size, size == PHONE
        self.env.flush_all()
        self.start_tour(path, f"sales_shipping_{tour}", login=user.login)
        self.settle()

    def test_from_request_to_receipt(self):
        order = self.sold()
        self.walk(f"/odoo/sales/{order.id}", "ask_on_a_phone", self.li, PHONE)
        request = order.shipping_request_ids
        self.assertEqual((request.state, request.demands), ("submitted", "Wooden crates"))
        action = self.env.ref("sales_shipping_gate.sales_shipping_request_action")
        form = f"/odoo/action-{action.id}/{request.id}"
        self.walk(form, "check", self.clerk)
        self.assertEqual(request.state, "checked")
        self.walk(f"/odoo/sale.order/{order.id}", "invoice_and_payment", self.invoicer)
        self.assertEqual((request.state, order.invoice_ids.payment_state), ("released", "paid"))
        self.walk(form, "begin_preparing", self.worker)
        self.assertEqual(request.state, "picking")
        picking = self.delivery(order)
        self.assertEqual(picking.state, "assigned")
        self.walk(f"/odoo/stock.picking/{picking.id}", "inspect_on_a_phone", self.worker, PHONE)
        self.assertEqual(picking.shipping_inspection_state, "passed")
        self.assertTrue(picking.shipping_inspection_ids.line_ids.filtered("is_photo_required").photo)
        self.walk(f"/odoo/stock.picking/{picking.id}", "send_with_a_carrier", self.worker)
        self.assertEqual((picking.carrier_id, picking.carrier_tracking_ref), (self.carrier, "DPK77"))
        self.assertEqual((request.state, self.with_customers()), ("shipped", 1))
        self.assertIn("DPK77", self.told(request, self.li))
        self.walk(form, "requester_is_told", self.li, PHONE)
        self.walk(f"/my/orders/{order.id}", "receive_in_the_portal", self.portal, PHONE)
        self.assertEqual(picking.shipping_receipt_ids.person, "Old Xu")
        self.assertEqual(request.state, "received")
