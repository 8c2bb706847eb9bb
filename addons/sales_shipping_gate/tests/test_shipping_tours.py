# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import Command
from odoo.tests import HttpCase, tagged

from .shipping import ShippingCommon


@tagged("post_install", "-at_install")
class TestShippingTours(ShippingCommon, HttpCase):
    """The way of a shipment as the people walk it: asked on a phone, checked, inspected, received in the portal."""

    browser_size = "375x667"
    touch_enabled = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.write({"shipping_inspection_required": True, "shipping_tracking_required": True})
        cls.env["sales.shipping.checklist"].search([]).active = False
        cls.env["sales.shipping.checklist"].create(
            {
                "name": "Machines",
                "point_ids": [Command.create({"name": "Crate"}), Command.create({"name": "Labels"})],
            }
        )
        freight = cls.env["product.product"].create({"name": "Freight", "type": "service"})
        cls.carrier = cls.env["delivery.carrier"].create({"name": "Deppon", "product_id": freight.id})
        cls.portal.password = cls.portal.login
        cls.customer.child_ids = [Command.link(cls.portal.partner_id.id)]

    def walk(self, path, tour, user):
        self.env.flush_all()
        self.start_tour(path, tour, login=user.login)
        self.env.invalidate_all()

    def test_from_request_to_receipt(self):
        order = self.sold()
        self.walk(f"/odoo/sales/{order.id}", "sales_shipping_ask_on_a_phone", self.li)
        request = order.shipping_request_ids
        self.assertEqual((request.state, request.demands), ("submitted", "Wooden crates"))
        action = self.env.ref("sales_shipping_gate.sales_shipping_request_action")
        self.browser_size = "1366x768"
        self.walk(f"/odoo/action-{action.id}/{request.id}", "sales_shipping_check", self.clerk)
        self.assertEqual(request.state, "checked")
        self.paid(order)
        self.assertEqual(request.state, "released")
        picking = self.delivery(order)
        picking.action_assign()
        begun = picking.with_user(self.worker).action_shipping_inspect()
        action = self.env.ref("sales_shipping_gate.sales_shipping_inspection_action")
        self.browser_size = "375x667"
        self.walk(f"/odoo/action-{action.id}/{begun['res_id']}", "sales_shipping_inspect_on_a_phone", self.worker)
        self.assertEqual(picking.shipping_inspection_state, "passed")
        picking.write({"carrier_id": self.carrier.id, "carrier_tracking_ref": "DPK77"})
        self.ship(picking)
        self.assertEqual(request.state, "shipped")
        self.walk(f"/my/orders/{order.id}", "sales_shipping_receive_in_the_portal", self.portal)
        self.assertEqual(picking.shipping_receipt_ids.person, "Old Xu")
        self.assertEqual(request.state, "received")
