# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo.tests import tagged

from .common import GateCommon


@tagged("post_install", "-at_install")
class TestCarrier(GateCommon):
    """Carrier and tracking number before the goods leave (SHP-4, SHP-6)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.shipping_tracking_required = True
        cls.carrier = cls.new_carrier("Deppon")

    def ready(self):
        order = self.sold()
        self.paid(order)
        return self.delivery(order)

    def test_goods_wait_for_carrier_and_tracking_number(self):
        picking = self.ready()
        self.assertIn("choose the carrier", picking.shipping_gate_reason)
        self.assertHeld(lambda: self.ship(picking))
        picking.carrier_id = self.carrier
        self.assertIn("tracking number of Deppon", picking.shipping_gate_reason)
        self.assertHeld(lambda: self.ship(picking))
        picking.carrier_tracking_ref = "   "
        self.assertHeld(lambda: self.ship(picking))
        picking.with_user(self.worker).carrier_tracking_ref = "DPK2026"
        self.assertEqual(picking.shipping_gate_state, "released")
        self.ship(picking)
        self.assertEqual(self.with_customers(), 1)

    def test_moves_done_behind_the_button_wait_too(self):
        picking = self.ready()
        picking.move_ids.quantity = 1
        picking.move_ids.picked = True
        self.assertHeld(lambda: picking.move_ids.sudo()._action_done())

    def test_collected_goods_need_no_tracking_number(self):
        self.carrier.shipping_no_tracking = True
        picking = self.ready()
        picking.carrier_id = self.carrier
        self.ship(picking)
        self.assertEqual(self.with_customers(), 1)

    def test_integration_that_makes_the_number_is_waited_for_afterwards(self):
        self.carrier.integration_level = "rate_and_ship"
        self.assertTrue(self.carrier._shipping_tracking_by_hand(), "a fixed price makes no tracking number")
        kinds = self.env["delivery.carrier"]._fields["delivery_type"]
        made = self.env["delivery.carrier"].new({"name": "API", "integration_level": "rate_and_ship"})
        self.assertEqual(kinds.default(made), "fixed")
        made.delivery_type = False
        self.assertFalse(made._shipping_tracking_by_hand())
        made.integration_level = "rate"
        self.assertTrue(made._shipping_tracking_by_hand())
