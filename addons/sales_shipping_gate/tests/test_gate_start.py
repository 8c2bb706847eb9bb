# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import GateCommon


@tagged("post_install", "-at_install")
class TestGateStart(GateCommon):
    """The day of switching on: what is under way may leave, unless an administrator holds it too."""

    def setUp(self):
        super().setUp()
        self.company.shipping_gate_enabled = False
        self.under_way = self.delivery(self.sold())
        self.other = self.delivery(self.sold())
        self.company.shipping_gate_enabled = True
        self.admin = self._user("root.admin", "Admin", "base.group_system,stock.group_stock_manager")
        self.settle()

    def start(self, user=None):
        return self.env["sales.shipping.start"].with_user(user or self.admin).create({})

    def test_what_was_under_way_may_leave(self):
        self.assertEqual(self.under_way.shipping_gate_state, "not_applicable")
        self.ship(self.under_way)
        self.assertEqual(self.with_customers(), 1)

    def test_wizard_shows_what_is_under_way_and_holds_what_is_chosen(self):
        wizard = self.start()
        self.assertEqual(wizard.picking_ids.sudo(), self.under_way | self.other)
        wizard.picking_ids -= self.other
        wizard.action_hold()
        self.settle()
        self.assertEqual(self.under_way.shipping_gate_state, "held")
        self.assertHeld(lambda: self.ship(self.under_way))
        self.ship(self.other)
        self.paid(self.under_way.sale_id)
        self.ship(self.under_way)
        self.assertEqual(self.with_customers(), 2)

    def test_reservation_is_given_back_where_nothing_may_be_reserved(self):
        self.company.shipping_hold_level = "reservation"
        self.assertTrue(self.under_way.move_ids.quantity)
        self.start().action_hold()
        self.assertFalse(self.under_way.move_ids.quantity)

    def test_delivery_without_an_order_can_be_held_too(self):
        self.company.shipping_gate_enabled = False
        picking = self.under_way.copy({"sale_id": False})
        picking.move_ids.sale_line_id = False
        picking.action_confirm()
        picking.action_assign()
        self.company.shipping_gate_enabled = True
        self.settle()
        self.assertIn(picking, self.start().picking_ids.sudo())
        self.start().action_hold()
        self.settle()
        self.assertHeld(lambda: self.ship(picking))

    def test_only_administrators_decide(self):
        wizard = self.start()
        for user in (self.he, self.manager, self.stock_manager, self.worker, self.fu):
            self.assertRefused(AccessError, user, "sales.shipping.start", "action_hold", wizard.ids)
            self.assertRefused(AccessError, user, "sales.shipping.start", "create", [{}])
        self.assertEqual(self.under_way.shipping_gate_state, "not_applicable")
