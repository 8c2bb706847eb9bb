# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

import re

from odoo.addons.sales_policy.tests.attack import REFUSED
from odoo.exceptions import UserError
from odoo.tests import HttpCase, tagged

from .shipping import ShippingCommon

MODEL = "sales.shipping.receipt"


class ReceiptCommon(ShippingCommon):
    def shipped(self, **values):
        """Return a request whose goods have left, and the delivery."""
        order = self.sold(**values)
        self.paid(order)
        request = self.checked(order)
        picking = self.delivery(order)
        self.ship(picking)
        return request, picking


@tagged("post_install", "-at_install")
class TestReceipt(ReceiptCommon):
    """The receipt is confirmed by the customer or by staff, once (SHP-14)."""

    def test_staff_confirms_the_receipt_and_the_request_follows(self):
        request, picking = self.shipped()
        self.assertEqual(picking.shipping_receipt_state, "open")
        picking.with_user(self.li).action_shipping_received()
        self.assertEqual(picking.shipping_receipt_state, "received")
        self.assertEqual(request.state, "received")
        self.assertEqual(self.steps(request)[-1], ("received", self.li))
        with self.assertRaises(UserError):
            picking.with_user(self.clerk).action_shipping_received()
        request.with_user(self.clerk).action_close()
        self.assertEqual(request.state, "closed")

    def test_request_of_two_deliveries_is_received_with_the_second(self):
        order = self.sold(4)
        self.paid(order)
        request = self.checked(order)
        first = self.delivery(order)
        self.ship(first, quantity=1)
        second = self.delivery(order)
        self.ship(second)
        first.with_user(self.li).action_shipping_received()
        self.assertEqual(request.state, "shipped")
        second.with_user(self.li).action_shipping_received()
        self.assertEqual(request.state, "received")

    def test_requester_and_clerk_are_told_and_so_is_the_customer(self):
        self.company.shipping_tracking_required = True
        product = self.env["product.product"].create({"name": "Freight", "type": "service"})
        carrier = self.env["delivery.carrier"].create(
            {
                "name": "Deppon",
                "product_id": product.id,
                "tracking_url": "https://carrier.example/<shipmenttrackingnumber>",
            }
        )
        order = self.sold()
        self.paid(order)
        request = self.checked(order)
        picking = self.delivery(order)
        picking.write({"carrier_id": carrier.id, "carrier_tracking_ref": "DPK77"})
        self.ship(picking)
        self.assertIn("DPK77", self.told(request, self.li))
        self.assertIn("DPK77", self.told(request, self.clerk))
        message = order.message_ids.filtered(lambda message: "DPK77" in (message.body or ""))
        self.assertIn(self.customer, message.notified_partner_ids | message.partner_ids)
        self.assertIn("https://carrier.example/DPK77", message.body)

    def test_receipts_are_confirmed_by_those_who_asked(self):
        _request, picking = self.shipped()
        for user in self.worker | self.stock_manager | self.wang | self.employee | self.fu | self.portal:
            self.assertRefused(REFUSED, user, "stock.picking", "action_shipping_received", picking.ids)
            self.assertRefused(REFUSED, user, "stock.picking", "_shipping_receive", picking.ids, "portal")
        for user in self.worker | self.stock_manager | self.li | self.clerk | self.manager | self.portal:
            values = {
                "picking_id": picking.id,
                "company_id": self.company.id,
                "source": "portal",
                "user_id": user.id,
                "date": "2026-01-01 00:00:00",
            }
            self.assertRefused(REFUSED, user, MODEL, "create", [values])
        self.assertEqual(picking.shipping_receipt_state, "open")

    def test_what_has_not_left_is_not_received(self):
        order = self.sold()
        self.paid(order)
        self.checked(order)
        with self.assertRaises(UserError):
            self.delivery(order).with_user(self.li).action_shipping_received()

    def test_receipt_stays_as_it_was_confirmed(self):
        _request, picking = self.shipped()
        picking.with_user(self.li).action_shipping_received()
        receipt = picking.shipping_receipt_ids
        for user in self.li | self.clerk | self.manager | self.stock_manager:
            self.assertRefused(REFUSED, user, MODEL, "write", receipt.ids, {"person": "x"})
            self.assertRefused(REFUSED, user, MODEL, "unlink", receipt.ids)


@tagged("post_install", "-at_install")
class TestReceiptPortal(ReceiptCommon, HttpCase):
    """The customer confirms in the portal, for the own orders only."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.portal.password = "xu-the-customer"
        cls.customer.child_ids = [(4, cls.portal.partner_id.id)]

    def page(self, order, **query):
        """Return the customer's page of an order."""
        token = f"?access_token={query['token']}" if query.get("token") else ""
        return self.url_open(f"/my/orders/{order.id}{token}").text

    def confirm(self, order, picking, page=None, **data):
        """Send the form as a browser would."""
        found = re.search(r'name="csrf_token" value="([^"]+)"', page or self.url_open("/my").text)
        values = {"csrf_token": found and found.group(1), "person": "Old Xu", **data}
        self.url_open(f"/my/orders/{order.id}/receipt/{picking.id}", data=values)
        self.env.invalidate_all()

    def test_customer_confirms_the_own_order(self):
        request, picking = self.shipped()
        order = request.sudo().order_id
        self.authenticate("xu", "xu-the-customer")
        page = self.page(order)
        self.assertIn(picking.name, page)
        self.confirm(order, picking, page, note="One crate scratched")
        receipt = picking.shipping_receipt_ids
        self.assertEqual((receipt.source, receipt.person, receipt.user_id), ("portal", "Old Xu", self.portal))
        self.assertEqual(receipt.note, "One crate scratched")
        self.assertEqual(request.state, "received")
        self.assertIn("Received on", self.page(order))
        self.confirm(order, picking, page)
        self.assertEqual(len(picking.shipping_receipt_ids), 1)

    def test_customer_confirms_by_the_link_without_login(self):
        request, picking = self.shipped()
        order = request.sudo().order_id
        token = order._portal_ensure_token()
        self.authenticate(None, None)
        page = self.page(order, token=token)
        self.confirm(order, picking, page, access_token=token)
        self.assertEqual(picking.shipping_receipt_ids.source, "portal")

    def test_customer_does_not_confirm_for_somebody_else(self):
        mine, _picking = self.shipped()
        theirs, picking = self.shipped(partner=self.other_customer)
        order, own = theirs.sudo().order_id, mine.sudo().order_id
        self.authenticate("xu", "xu-the-customer")
        page = self.page(own)
        for target in order, own:
            for token in (None, "x", own._portal_ensure_token()):
                self.confirm(target, picking, page, **({"access_token": token} if token else {}))
        self.assertFalse(picking.shipping_receipt_ids)
        self.assertEqual(theirs.state, "shipped")

    def test_staff_does_not_confirm_as_the_customer(self):
        request, picking = self.shipped()
        order = request.sudo().order_id
        self.worker.password = "ma-of-the-warehouse"
        self.authenticate("ma", "ma-of-the-warehouse")
        token = order._portal_ensure_token()
        self.confirm(order, picking, self.page(order, token=token), access_token=token)
        self.assertFalse(picking.shipping_receipt_ids)
