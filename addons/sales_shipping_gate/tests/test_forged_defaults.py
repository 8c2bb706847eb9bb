# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo.addons.sales_policy.tests.forged import ForgedDefaults
from odoo.tests import tagged

from .shipping import ShippingCommon


@tagged("post_install", "-at_install")
class TestForgedDefaults(ForgedDefaults, ShippingCommon):
    """Nobody slips a state, a stamp or an amount into what the gate records through the context of a button."""

    def test_submitting_a_request(self):
        self.assertForgesNothing(self.li, self.request(self.sold(), submit=False), "action_submit")

    def test_checking_a_request(self):
        self.assertForgesNothing(self.clerk, self.request(self.sold()), "action_check")

    def test_stopping_a_request(self):
        request = self.request(self.sold())
        values = {"request_ids": request.ids, "step": "refuse", "reason": "Too early"}
        wizard = self.env["sales.shipping.request.reason"].with_user(self.clerk).create(values)
        self.assertForgesNothing(self.clerk, wizard, "action_apply")

    def test_deciding_about_an_order(self):
        order = self.sold()
        wizard = self.env["sales.shipping.decide"].with_user(self.fu)
        for kind in ("confirmation", "hold"):
            values = {"kind": kind, "order_ids": order.ids, "reason": "The bank slip is here"}
            self.assertForgesNothing(self.fu, wizard.create(values), "action_apply")

    def test_asking_for_a_special_release(self):
        values = {"order_id": self.sold().id, "amount": 100, "reason": "An old customer", "promised_date": self.day(9)}
        release = self.env["sales.shipping.release"].with_user(self.li).create(values)
        self.assertForgesNothing(self.li, release, "action_ask")

    def test_splitting_a_shortage(self):
        order = self.sold(quantity=5, product=self.goods("Press", quantity=3))
        self.paid(order)
        request = self.checked(order)
        self.delivery(order).action_assign()
        request._report_shortages()
        self.assertForgesNothing(self.li, request, "action_split")

    def test_proposing_penalties_for_an_incident(self):
        employee = self.env["hr.employee"].create({"name": "Ma", "user_id": self.worker.id})
        order = self.sold()
        self.paid(order)
        incident = self.env["sales.shipping.incident"].create(
            {
                "kind": "damage",
                "picking_id": order.picking_ids.id,
                "facts": "The crate was dropped",
                "employee_ids": employee.ids,
            }
        )
        self.assertForgesNothing(self.manager, incident, "action_propose_penalties")

    def test_goods_that_leave(self):
        self.company.shipping_inspection_required = True
        order = self.sold()
        self.paid(order)
        self.checked(order)
        picking = self.delivery(order)
        picking.action_assign()
        picking.move_ids.picked = True
        self.assertForgesNothing(self.worker, picking, "action_shipping_inspect")
        self.company.shipping_inspection_required = False
        self.assertForgesNothing(self.worker, picking, "button_validate")
        self.ship(picking)
        self.assertForgesNothing(self.clerk, picking, "action_shipping_received")
