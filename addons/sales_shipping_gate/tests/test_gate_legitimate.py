# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo.tests import Form, tagged

from .common import GateCommon


@tagged("post_install", "-at_install")
class TestGateLegitimate(GateCommon):
    """What is no exit passes with the gate closed; what is paid passes on every route."""

    def give_back(self, picking, quantity=1):
        wizard = Form(
            self.env["stock.return.picking"].with_context(active_id=picking.id, active_model="stock.picking")
        ).save()
        wizard.product_return_moves.quantity = quantity
        return self.env["stock.picking"].browse(wizard.action_create_returns()["res_id"])

    def test_receipt_internal_and_count_pass(self):
        receipt = self.transfer(self.warehouse.in_type_id, self.suppliers, self.stock)
        self.ship(receipt)
        shelf = self.env["stock.location"].create({"name": "Shelf", "location_id": self.stock.id})
        self.ship(self.transfer(self.warehouse.int_type_id, self.stock, shelf))
        quant = self.env["stock.quant"].search(
            [("product_id", "=", self.lathe.id), ("location_id", "=", self.stock.id)], limit=1
        )
        counted = quant.with_user(self.stock_manager).with_context(inventory_mode=True)
        counted.inventory_quantity = 42
        counted.action_apply_inventory()
        self.assertEqual(quant.quantity, 42)

    def test_scrap_passes(self):
        scrap = (
            self.env["stock.scrap"]
            .with_user(self.worker)
            .create({"product_id": self.lathe.id, "scrap_qty": 1, "location_id": self.stock.id})
        )
        scrap.do_scrap()
        self.assertEqual(scrap.state, "done")

    def test_return_to_the_vendor_passes(self):
        receipt = self.transfer(self.warehouse.in_type_id, self.suppliers, self.stock, 3)
        self.ship(receipt)
        self.ship(self.give_back(receipt, 2))

    def test_return_of_the_customer_passes_and_lets_as_much_leave_again(self):
        order = self.sold()
        self.paid(order)
        delivery = self.delivery(order)
        self.ship(delivery)
        back = self.give_back(delivery)
        self.ship(back)
        self.assertEqual(self.with_customers(), 0)
        again = self.give_back(back)
        self.ship(again)
        self.assertEqual(self.with_customers(), 1)

    def test_exchange_leaves_after_the_return_is_in(self):
        order = self.sold()
        self.paid(order)
        delivery = self.delivery(order)
        self.ship(delivery)
        wizard = Form(
            self.env["stock.return.picking"].with_context(active_id=delivery.id, active_model="stock.picking")
        ).save()
        wizard.product_return_moves.quantity = 1
        back = self.env["stock.picking"].browse(wizard.action_create_exchanges()["res_id"])
        exchange = self.delivery(order) - back
        self.assertHeld(lambda: self.ship(exchange))
        self.ship(back)
        self.ship(exchange)
        self.assertEqual(self.with_customers(), 1)

    def test_partial_deliveries_of_a_paid_order_pass(self):
        order = self.sold(3)
        self.paid(order)
        for _number in range(3):
            self.ship(self.delivery(order), quantity=1)
        self.assertEqual(self.with_customers(), 3)

    def test_pick_pack_ship_is_held_at_the_door_only(self):
        self.warehouse.delivery_steps = "pick_pack_ship"
        order = self.sold()
        for _step in range(2):
            self.ship(self.delivery(order))
        self.assertHeld(lambda: self.ship(self.delivery(order)))
        self.paid(order)
        self.ship(self.delivery(order))
        self.assertEqual(self.with_customers(), 1)

    def test_transfer_between_warehouses_passes(self):
        other = self.env["stock.warehouse"].create({"name": "South", "code": "SOUTH"})
        transit = self.company.internal_transit_location_id
        self.ship(self.transfer(self.warehouse.out_type_id, self.stock, transit))
        self.ship(self.transfer(other.in_type_id, transit, other.lot_stock_id))
        self.assertEqual(self.with_customers(), 0)

    def test_dropshipment_needs_the_money_too(self):
        receipt = self.transfer(self.warehouse.in_type_id, self.suppliers, self.customers)
        self.assertHeld(lambda: self.ship(receipt))
