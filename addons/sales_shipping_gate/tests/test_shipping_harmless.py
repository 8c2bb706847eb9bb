# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo.addons.sales_policy.tests.attack import REFUSED, HarmlessCommon
from odoo.tests import tagged

from .shipping import ShippingCommon


@tagged("post_install", "-at_install")
class TestShippingHarmless(HarmlessCommon, ShippingCommon):
    """Every button of the shipping addon, pressed by a client who has no part in it."""

    def test_strangers_move_nothing(self):
        self.company.shipping_inspection_required = True
        order = self.sold()
        picking = self.delivery(order)
        request = self.request(order)
        incident = self.env["sales.shipping.incident"].create(
            {"kind": "wrong", "picking_id": picking.id, "facts": "Model 6140"}
        )
        inspection = self.env["sales.shipping.inspection"]._begin(picking)
        kind = self.env["sales.licence.type"].create({"name": "Business licence"})
        licence = self.env["sales.licence"].create(
            {"type_id": kind.id, "partner_id": self.customer.id, "number": "YP-1", "date_start": "2026-01-01"}
        )
        release = self.env["sales.shipping.release"].create(
            {"order_id": order.id, "amount": 100, "promised_date": "2026-12-01", "reason": "Urgent"}
        )
        strangers = self.employee | self.portal
        self.assertHarmless(
            strangers, order, picking, request, incident, inspection, inspection.line_ids, licence, release
        )

    def test_forged_knowledge_of_a_call_opens_nothing(self):
        order = self.sold()
        picking = self.delivery(order)
        request = self.request(order)
        request.with_user(self.clerk).action_check()
        self.settle()
        forged = {
            "shipping_gate_locked": order.ids,
            "shipping_gate_held": {str(order.order_line.id): False},
            "skip_backorder": True,
        }
        picking.move_ids.picked = True
        self.assertRefused(REFUSED, self.worker, "stock.picking", "button_validate", picking.ids, context=forged)
        self.company.shipping_hold_level = "reservation"
        picking.move_ids.picked = False
        picking.do_unreserve()
        self.assertFalse(picking.move_ids.quantity)
        self.rpc(self.worker, "stock.picking", "action_assign", picking.ids, context=forged)
        self.assertFalse(picking.move_ids.quantity)
        self.assertEqual(self.with_customers(), 0)
