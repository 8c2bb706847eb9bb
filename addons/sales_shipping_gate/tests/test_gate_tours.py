# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import GateCommon


@tagged("post_install", "-at_install")
class TestGateTours(GateCommon, HttpCase):
    """Held, paid, released and delivered; released by the general manager; held by hand – as people click it."""

    people = {"shipper": ("lin.shipper", "Lin", "sales_team.group_sale_salesman_all_leads,stock.group_stock_user")}

    def tour(self, name, user, record=None, action=None):
        self.env.flush_all()
        path = f"/odoo/action-{self.env.ref(action).id}" if action else f"/odoo/{record._name}"
        self.start_tour(f"{path}/{record.id}" if record else path, f"sales_shipping_gate_{name}", login=user.login)
        self.env.invalidate_all()

    def test_order_is_held_paid_released_by_itself_and_delivered(self):
        self.company.shipping_hold_level = "reservation"
        order = self.sold()
        order.partner_id.email = "buyer@ningbo-valve.example"
        picking = self.delivery(order)
        self.assertFalse(picking.move_ids.quantity)
        with mute_logger("odoo.http"):
            self.tour("held", self.shipper, order)
        self.start_tour(order.get_portal_url(), "sales_shipping_gate_portal", login=None)
        invoice = self.bill(order)
        self.tour("pay", self.bookkeeper, invoice)
        self.settle()
        self.assertEqual((order.shipping_gate_state, picking.move_ids.quantity), ("released", 1))
        self.tour("ship", self.worker, picking)
        self.assertEqual((picking.state, self.with_customers()), ("done", 1))

    def test_special_release_is_asked_granted_by_another_and_used_once(self):
        order = self.sold(quantity=2, user=self.he)
        self.tour("ask", self.he, order)
        self.tour("not_mine", self.he, action="sales_policy.sales_approval_action_to_decide")
        general = self._user(
            "lu.general", "Lu", "sales_policy.group_general_manager,sales_team.group_sale_salesman_all_leads"
        )
        self.tour("approve", general, action="sales_policy.sales_approval_action_to_decide")
        self.settle()
        picking = self.delivery(order)
        picking.move_ids.quantity = 1
        picking.move_ids.picked = True
        picking.with_user(self.worker).with_context(skip_backorder=True).button_validate()
        self.settle()
        self.assertEqual(self.with_customers(), 1)
        release = order.shipping_release_ids
        self.assertEqual((release.sudo().approval_state, release.used_value), ("used", 100))
        self.assertHeld(lambda: self.ship(self.delivery(order)))

    def test_shipment_is_held_by_hand_and_let_go(self):
        order = self.sold()
        self.paid(order)
        self.tour("hold", self.fu, order)
        self.assertHeld(lambda: self.ship(self.delivery(order)))
        self.tour("end_hold", self.fu, order)
        self.tour("ship", self.worker, self.delivery(order))
        self.assertEqual(self.with_customers(), 1)
