# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo.tests import tagged

from . import test_gate_attacks_on_stock, test_gate_legitimate
from .common import GateCommon


class PeopleCommon(GateCommon):
    """The gate with request, inspection and tracking number needed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.write(
            {
                "shipping_request_required": True,
                "shipping_inspection_required": True,
                "shipping_tracking_required": True,
            }
        )
        cls.carrier = cls.new_carrier("Deppon")
        cls.env["sales.shipping.checklist.point"].search([]).is_photo_required = False


@tagged("post_install", "-at_install")
class TestGateLegitimateWithPeople(test_gate_legitimate.TestGateLegitimate, PeopleCommon):
    """What was legitimate without people's steps still is, once people have taken them (SHP-1, 4, 8)."""

    allow_inherited_tests_method = True

    def paid(self, order, amount=None):
        invoice = super().paid(order, amount)
        request = self.env["sales.shipping.request"].with_user(self.li).create({"order_id": order.id})
        request.action_submit()
        request.with_user(self.clerk).action_check()
        self.settle()
        return invoice

    def ship(self, picking, quantity=None, user=None):
        if picking._shipping_leaves():
            for move in picking.move_ids:
                move.quantity = move.product_uom_qty if quantity is None else quantity
            picking.write({"carrier_id": self.carrier.id, "carrier_tracking_ref": f"DPK{picking.id}"})
            action = picking.with_user(self.worker).action_shipping_inspect()
            inspection = self.env["sales.shipping.inspection"].with_user(self.worker).browse(action["res_id"])
            inspection.line_ids.action_in_order()
            inspection.action_pass()
        return super().ship(picking, quantity, user)


class UnaskedCommon(PeopleCommon):
    """Everything is paid for, and nobody has asked for the shipment, inspected it or chosen a carrier."""

    def sold(self, *args, **kwargs):
        order = super().sold(*args, **kwargs)
        self.paid(order)
        return order


@tagged("post_install", "-at_install")
class TestAttacksOnStockWithoutPeople(test_gate_attacks_on_stock.TestGateAttacksOnStock, UnaskedCommon):
    """Money alone opens no path while people still have something to do (SHP-1, 4, 8)."""

    allow_inherited_tests_method = True

    def test_the_money_is_in(self):
        self.assertFalse(self.unpaid.shipping_gate_missing_amount)
        self.assertEqual(self.unpaid.shipping_gate_state, "held")
        self.assertNotIn("missing", self.unpaid.shipping_gate_reason)
