# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import Command
from odoo.addons.sales_policy.tests.attack import REFUSED
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import UndoneError
from .stock_attack import StockAttackCommon


@tagged("post_install", "-at_install")
class TestGateAttacksOnStock(StockAttackCommon):
    """Every way by which stock moves, tried by everybody who works with stock (SHP-3)."""

    def test_buttons_and_states(self):
        picking, move, line = self.picking, self.move, self.line
        line.picked = True
        self.attack("stock.picking", "button_validate", picking.ids)
        self.attack(
            "stock.picking",
            "button_validate",
            picking.ids,
            context={"skip_backorder": True, "shipping_gate_pass": True},
        )
        self.attack("stock.picking", "write", picking.ids, {"state": "done"})
        self.attack("stock.move", "write", move.ids, {"state": "done"})
        self.attack("stock.move", "write", move.ids, {"state": "done", "sale_line_id": False})
        self.attack("stock.move.line", "write", line.ids, {"state": "done"})
        self.attack("stock.picking", "create", [{"picking_type_id": picking.picking_type_id.id, "state": "done"}])

    def test_new_moves_that_are_done_at_birth(self):
        values = {
            "product_id": self.lathe.id,
            "product_uom_qty": 1,
            "location_id": self.stock.id,
            "location_dest_id": self.customers.id,
            "move_line_ids": [
                Command.create(
                    {
                        "product_id": self.lathe.id,
                        "quantity": 1,
                        "location_id": self.stock.id,
                        "location_dest_id": self.customers.id,
                    }
                )
            ],
        }
        self.attack("stock.move", "create", [{**values, "state": "done"}])
        self.attack("stock.move", "create", [values], context={"default_state": "done"})
        self.attack("stock.move", "create", [{**values, "state": "done", "sale_line_id": self.unpaid.order_line.id}])
        self.attack(
            "stock.move",
            "create",
            [{**values, "state": "done", "shipping_passed_qty": 5}],
            context={"default_shipping_passed_qty": 5},
        )

    def test_line_of_a_done_internal_transfer(self):
        picking = self.hand_made()
        self.ship(picking)
        values = {
            "product_id": self.lathe.id,
            "quantity": 1,
            "picking_id": picking.id,
            "move_id": picking.move_ids.id,
            "location_id": self.stock.id,
            "location_dest_id": self.customers.id,
        }
        self.attack("stock.move.line", "create", [values])
        self.attack("stock.move.line", "create", [{name: v for name, v in values.items() if name != "move_id"}])
        self.attack("stock.move.line", "write", picking.move_line_ids.ids, {"location_dest_id": self.customers.id})
        self.attack("stock.move", "write", picking.move_ids.ids, {"location_dest_id": self.customers.id})
        self.attack("stock.picking", "write", picking.ids, {"location_dest_id": self.customers.id})
        self.attack("stock.move", "write", picking.move_ids.ids, {"quantity": 5, "location_dest_id": self.customers.id})

    def test_internal_transfer_that_turns_to_the_customer_before_it_is_done(self):
        for change in (
            lambda picking: picking.move_line_ids.write({"location_dest_id": self.customers.id}),
            lambda picking: picking.move_ids.write({"location_dest_id": self.customers.id}),
            lambda picking: picking.write({"location_dest_id": self.customers.id}),
        ):

            def step(change=change):
                picking = self.hand_made().with_user(self.worker)
                change(picking)
                self.ship(picking)
                picking.with_user(self.worker).move_ids._action_done()

            before = self.with_customers()
            try:
                with self.cr.savepoint():
                    step()
                    self.env.flush_all()
                    self.assertEqual(self.with_customers(), before)
                    raise UndoneError
            except (UserError, UndoneError):
                self.env.invalidate_all()
            self.assertEqual(self.with_customers(), before)

    def test_delivery_made_by_hand_or_copied(self):
        def ship(picking):
            picking.action_confirm()
            self.ship(picking)

        out = {
            "picking_type_id": self.warehouse.out_type_id.id,
            "location_id": self.stock.id,
            "location_dest_id": self.customers.id,
        }
        move = {"product_id": self.lathe.id, "product_uom_qty": 1, **{k: v for k, v in out.items() if "location" in k}}
        Picking = self.env["stock.picking"]
        for values in (
            out,
            {**out, "picking_type_id": self.warehouse.int_type_id.id},
            {**out, "picking_type_id": self.warehouse.in_type_id.id},
            {**out, "partner_id": self.customer.id, "origin": self.unpaid.name, "sale_id": self.unpaid.id},
            {**out, "location_dest_id": self.suppliers.id},
        ):
            destination = values["location_dest_id"]
            self.assertHeld(
                lambda values=values, destination=destination: ship(
                    Picking.with_user(self.worker).create(
                        {**values, "move_ids": [Command.create({**move, "location_dest_id": destination})]}
                    )
                )
            )
        self.assertHeld(lambda: ship(self.picking.with_user(self.worker).copy()))

    def test_scrap_to_the_customer(self):
        values = {
            "product_id": self.lathe.id,
            "scrap_qty": 1,
            "location_id": self.stock.id,
            "scrap_location_id": self.customers.id,
        }
        self.assertHeld(lambda: self.env["stock.scrap"].with_user(self.worker).create(values).do_scrap())

    def test_quants_by_hand(self):
        quant = self.env["stock.quant"].search(
            [("product_id", "=", self.lathe.id), ("location_id", "=", self.stock.id)], limit=1
        )
        for context in ({}, {"inventory_mode": True}):
            self.attack("stock.quant", "write", quant.ids, {"location_id": self.customers.id}, context=context)
            self.attack("stock.quant", "write", quant.ids, {"quantity": 0}, context=context)
            for values in (
                {"quantity": 5},
                {"inventory_quantity": 5},
                {"inventory_quantity_auto_apply": 5},
                {"inventory_quantity": 5, "quantity": 5},
            ):
                values = {"product_id": self.lathe.id, "location_id": self.customers.id, **values}
                self.attack("stock.quant", "create", [values], context=context)
        self.assertEqual(quant.quantity, 100)

    def test_package_is_no_vehicle(self):
        package = self.env["stock.package"].create({"name": "Box"})
        self.env["stock.quant"]._update_available_quantity(self.lathe, self.stock, 3, package_id=package)
        self.attack("stock.package", "write", package.ids, {"location_id": self.customers.id})

        def relocate():
            self.env["stock.quant.relocate"].with_user(self.stock_manager).create(
                {"quant_ids": package.quant_ids.ids, "dest_location_id": self.customers.id}
            ).action_relocate_quants()

        self.assertHeld(relocate)

    def test_location_of_ones_own_inside_the_customer(self):
        Location = self.env["stock.location"].with_user(self.stock_manager)
        for usage in ("internal", "transit", "inventory", "production"):
            with self.assertRaises(UserError), self.cr.savepoint():
                Location.create({"name": "Mine", "usage": usage, "location_id": self.customers.id})
        shelf = self.env["stock.location"].create({"name": "Shelf", "location_id": self.stock.id})
        for values in ({"location_id": self.customers.id}, {"usage": "customer"}):
            self.assertRefused(REFUSED, self.stock_manager, "stock.location", "write", shelf.ids, values)
        for values in ({"usage": "internal"}, {"usage": "inventory"}):
            self.assertRefused(REFUSED, self.stock_manager, "stock.location", "write", self.customers.ids, values)

    def test_customer_location_under_a_shelf_is_a_customer_location(self):
        place = self.env["stock.location"].create({"name": "Door", "usage": "customer", "location_id": self.stock.id})
        picking = self.hand_made().with_user(self.worker)
        picking.move_line_ids.location_dest_id = place.id
        before = sum(self.env["stock.quant"].search([("location_id", "=", place.id)]).mapped("quantity"))
        with self.assertRaises(UserError), self.cr.savepoint():
            self.ship(picking)
        self.env.invalidate_all()
        after = sum(self.env["stock.quant"].search([("location_id", "=", place.id)]).mapped("quantity"))
        self.assertEqual(before, after)
