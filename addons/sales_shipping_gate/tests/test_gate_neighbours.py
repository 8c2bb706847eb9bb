# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from unittest import SkipTest

from odoo import Command
from odoo.tests import tagged

from .common import GateCommon


class NeighbourCommon(GateCommon):
    """With a module of Odoo beside the gate; a company without it has nothing to test."""

    neighbour = None

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if cls.neighbour not in cls.env["ir.module.module"]._installed():
            raise SkipTest(f"{cls.neighbour} is not installed")


@tagged("post_install", "-at_install")
class TestGateAndDropshipping(NeighbourCommon):
    """Goods that the vendor sends to the customer: bought when the money is in, and counted at the customer."""

    neighbour = "stock_dropshipping"

    def dropshipped(self):
        vendor = self.env["res.partner"].create({"name": "Taizhou Castings"})
        product = self.goods(
            "Casting",
            quantity=0,
            route_ids=[Command.set(self.env.ref("stock_dropshipping.route_drop_shipping").ids)],
            seller_ids=[Command.create({"partner_id": vendor.id, "price": 60})],
        )
        return self.sold(product=product), product

    def test_nothing_is_bought_while_no_delivery_may_be_created(self):
        self.company.shipping_hold_level = "delivery"
        order, _product = self.dropshipped()
        self.assertFalse(order._get_purchase_orders())
        self.paid(order)
        self.assertTrue(order._get_purchase_orders())

    def test_vendor_does_not_send_what_is_not_paid(self):
        order, product = self.dropshipped()
        purchase = order._get_purchase_orders()
        purchase.button_confirm()
        drop = purchase.picking_ids
        drop.action_assign()
        self.assertEqual(drop.shipping_gate_state, "held")
        self.assertHeld(lambda: self.ship(drop), product)
        self.paid(order)
        self.ship(drop)
        self.assertEqual(self.with_customers(product), 1)


@tagged("post_install", "-at_install")
class TestGateAndRepair(NeighbourCommon):
    """Goods of the customer come for a repair and go back; parts are used up inside."""

    neighbour = "repair"

    def test_repair_with_parts_passes(self):
        part = self.goods("Bearing")
        repair = self.env["repair.order"].create(
            {
                "partner_id": self.customer.id,
                "product_id": self.lathe.id,
                "product_qty": 1,
                "move_ids": [Command.create({"repair_line_type": "add", "product_id": part.id, "product_uom_qty": 2})],
            }
        )
        repair.action_validate()
        repair.action_repair_start()
        repair.move_ids.quantity = 2
        repair.move_ids.picked = True
        repair.action_repair_end()
        self.assertEqual(repair.state, "done")
        self.assertEqual(self.with_customers(part), 0)

    def test_repair_is_no_way_out_for_goods(self):
        repair = self.env["repair.order"].create({"partner_id": self.customer.id, "product_id": self.lathe.id})
        location = repair.location_dest_id

        def send():
            repair.with_user(self.stock_manager).location_dest_id = self.customers
            repair.with_user(self.stock_manager).action_validate()
            repair.with_user(self.stock_manager).action_repair_start()
            repair.with_user(self.stock_manager).action_repair_end()
            self.env.flush_all()

        self.assertNotEqual(location.usage, "customer")
        send()
        self.assertEqual(self.with_customers(), 0)


@tagged("post_install", "-at_install")
class TestGateAndManufacturing(NeighbourCommon):
    """What is made to order is made when the money is in; making and taking apart are no exits."""

    neighbour = "sale_mrp"

    def made_to_order(self):
        route = self.env.ref("stock.route_warehouse0_mto")
        route.active = True
        part = self.goods("Bed")
        product = self.goods(
            "Milling machine",
            quantity=0,
            route_ids=[Command.set((route | self.env.ref("mrp.route_warehouse0_manufacture")).ids)],
        )
        self.env["mrp.bom"].create(
            {
                "product_tmpl_id": product.product_tmpl_id.id,
                "bom_line_ids": [Command.create({"product_id": part.id, "product_qty": 1})],
            }
        )
        return product

    def test_nothing_is_made_while_no_delivery_may_be_created(self):
        self.company.shipping_hold_level = "delivery"
        order = self.sold(product=self.made_to_order())
        self.assertFalse(order.mrp_production_ids)
        self.paid(order)
        self.assertTrue(order.mrp_production_ids)

    def test_made_to_order_leaves_when_it_is_paid(self):
        product = self.made_to_order()
        order = self.sold(product=product)
        production = order.mrp_production_ids
        production.qty_producing = 1
        production.move_raw_ids.picked = True
        production.button_mark_done()
        self.assertEqual(production.state, "done")
        self.assertHeld(lambda: self.ship(self.delivery(order)), product)
        self.paid(order)
        self.ship(self.delivery(order))
        self.assertEqual(self.with_customers(product), 1)

    def test_taking_apart_passes(self):
        product = self.made_to_order()
        production = self.env["mrp.production"].create({"product_id": product.id, "product_qty": 1})
        production.action_confirm()
        production.qty_producing = 1
        production.move_raw_ids.picked = True
        production.button_mark_done()
        unbuild = self.env["mrp.unbuild"].create({"mo_id": production.id, "product_id": product.id, "product_qty": 1})
        unbuild.action_unbuild()
        self.assertEqual(unbuild.state, "done")


@tagged("post_install", "-at_install")
class TestGateAndWaves(NeighbourCommon):
    """Waves of move lines from several orders: what is not paid stays, what is paid goes."""

    neighbour = "stock_picking_batch"

    def test_wave_takes_only_what_is_paid(self):
        paid, unpaid = self.sold(), self.sold()
        self.paid(paid)
        lines = (self.delivery(paid) | self.delivery(unpaid)).move_line_ids
        lines.picked = True
        lines._add_to_wave()
        wave = lines.batch_id
        self.assertHeld(lambda: wave.with_user(self.worker).action_done())
        self.delivery(unpaid).batch_id = False
        wave.with_user(self.worker).with_context(skip_backorder=True).action_done()
        self.settle()
        self.assertEqual(self.with_customers(), 1)
