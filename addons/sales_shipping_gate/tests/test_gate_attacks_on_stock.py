# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import GateCommon, UndoneError

REFUSED = (AccessError, UserError, ValidationError)


@tagged("post_install", "-at_install")
class TestGateAttacksOnStock(GateCommon):
    """Every way by which stock moves, tried by everybody who works with stock (SHP-3)."""

    def setUp(self):
        super().setUp()
        self.unpaid = self.sold()
        self.picking = self.delivery(self.unpaid)
        self.move = self.picking.move_ids
        self.line = self.move.move_line_ids
        self.people = self.worker | self.stock_manager | self.li | self.manager | self.employee | self.accountant
        self.env.flush_all()

    def attack(self, model, method, *args, users=None, **kwargs):
        """Let everybody try a call; whatever it answers, nothing may have left."""
        before = self.with_customers()
        for user in users or self.people:
            try:
                with mute_logger("odoo.models.unlink", "odoo.addons.base.models.ir_rule"), self.cr.savepoint():
                    self.rpc(user, model, method, *args, **kwargs)
                    self.env.flush_all()
                    self.env.invalidate_all()
                    self.assertEqual(self.with_customers(), before, f"{user.login}: {model}.{method}{args}")
                    raise UndoneError
            except (*REFUSED, UndoneError):
                self.env.invalidate_all()

    def hand_made(self, **values):
        """Return an internal transfer on its way, made by the warehouse."""
        shelf = self.env["stock.location"].create({"name": "Shelf", "location_id": self.stock.id})
        picking = self.env["stock.picking"].create(
            {
                "picking_type_id": self.warehouse.int_type_id.id,
                "location_id": self.stock.id,
                "location_dest_id": shelf.id,
                "move_ids": [
                    Command.create(
                        {
                            "product_id": self.lathe.id,
                            "product_uom_qty": 1,
                            "location_id": self.stock.id,
                            "location_dest_id": shelf.id,
                        }
                    )
                ],
                **values,
            }
        )
        picking.action_confirm()
        picking.action_assign()
        return picking

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

    def test_more_than_ordered(self):
        order = self.sold()
        self.paid(order)
        self.assertHeld(lambda: self.ship(self.delivery(order), quantity=2))
        self.ship(self.delivery(order))
        move = order.order_line.move_ids
        self.attack("stock.move", "write", move.ids, {"quantity": 5})
        self.attack("stock.move.line", "write", move.move_line_ids.ids, {"quantity": 5})
        line = {
            "product_id": self.lathe.id,
            "quantity": 1,
            "move_id": move.id,
            "picking_id": move.picking_id.id,
            "location_id": self.stock.id,
            "location_dest_id": self.customers.id,
        }
        self.attack("stock.move.line", "create", [line])
        self.assertEqual(self.with_customers(), 1)

    def test_delivery_that_is_relinked_to_a_paid_order(self):
        paid = self.sold()
        self.paid(paid)
        self.ship(self.delivery(paid))

        def relink_move():
            self.move.with_user(self.worker).sale_line_id = paid.order_line
            self.ship(self.picking)

        def relink_picking():
            self.picking.with_user(self.worker).sale_id = paid
            self.ship(self.picking)

        def relink_done():
            order = self.sold()
            self.paid(order)
            self.ship(self.delivery(order))
            order.order_line.move_ids.with_user(self.worker).sale_line_id = self.unpaid.order_line

        for step in (relink_move, relink_picking, relink_done):
            self.assertHeld(step)

    def test_other_goods_on_the_line_of_a_paid_order(self):
        gold = self.goods("Gold")
        order = self.sold()
        self.paid(order)
        picking = self.delivery(order)

        def swap():
            picking.with_user(self.worker).move_ids.write({"product_id": gold.id})
            self.ship(picking)

        def add():
            self.env["stock.move"].with_user(self.worker).create(
                {
                    "product_id": gold.id,
                    "product_uom_qty": 1,
                    "picking_id": picking.id,
                    "location_id": self.stock.id,
                    "location_dest_id": self.customers.id,
                }
            )
            self.ship(picking)

        for step in (swap, add):
            self.assertHeld(step, gold)
        self.company.shipping_gate_unlinked = False
        self.assertHeld(add, gold)

    def test_memory_of_the_gate_is_out_of_reach(self):
        for user in self.people:
            for values in ({"shipping_passed_qty": 9}, {"shipping_passed_line": 9}):
                self.assertRefused(REFUSED, user, "stock.move", "write", self.move.ids, values)
            self.assertRefused(
                REFUSED, user, "sale.order.line", "write", self.unpaid.order_line.ids, {"shipping_spared_qty": 9}
            )
            self.assertRefused(
                REFUSED, user, "sale.order", "write", self.unpaid.ids, {"shipping_gate_mark": "released"}
            )

    def test_consumables_are_gated_too(self):
        gravel = self.goods("Gravel", quantity=0, is_storable=False)
        order = self.sold(product=gravel)
        with self.assertRaises(UserError), self.cr.savepoint():
            self.ship(self.delivery(order))
        self.env.invalidate_all()
        self.assertNotEqual(order.order_line.move_ids.state, "done")

    def test_batch_is_no_way_round(self):
        batch = self.env["stock.picking.batch"].create({"picking_ids": self.picking.ids})
        batch.action_confirm()
        self.move.picked = True
        self.assertHeld(lambda: batch.with_user(self.stock_manager).action_done())

    def test_goods_do_not_become_the_customers_by_a_word(self):
        owner = self.customer.id

        def own_line():
            self.line.with_user(self.worker).write({"owner_id": owner, "picked": True})
            # Past the button, which looks at the order only.
            self.move.with_user(self.worker)._action_done()

        def own_by_hand():
            picking = (
                self.env["stock.picking"]
                .with_user(self.worker)
                .create(
                    {
                        "picking_type_id": self.warehouse.out_type_id.id,
                        "location_id": self.stock.id,
                        "location_dest_id": self.customers.id,
                        "move_line_ids": [
                            Command.create(
                                {
                                    "product_id": self.lathe.id,
                                    "quantity": 1,
                                    "owner_id": owner,
                                    "location_id": self.stock.id,
                                    "location_dest_id": self.customers.id,
                                }
                            )
                        ],
                    }
                )
            )
            picking.move_ids.picked = True
            picking.move_ids._action_done()

        for step in (own_line, own_by_hand):
            self.assertHeld(step)

    def test_return_to_a_vendor_is_of_what_came_from_the_vendor(self):
        gold = self.goods("Gold")
        receipt = self.env["stock.picking"].create(
            {
                "picking_type_id": self.warehouse.in_type_id.id,
                "location_id": self.suppliers.id,
                "location_dest_id": self.stock.id,
                "move_ids": [
                    Command.create(
                        {
                            "product_id": self.lathe.id,
                            "product_uom_qty": 2,
                            "location_id": self.suppliers.id,
                            "location_dest_id": self.stock.id,
                        }
                    )
                ],
            }
        )
        receipt.action_confirm()
        self.ship(receipt)

        def give_back(product, quantity):
            values = {"location_id": self.stock.id, "location_dest_id": self.suppliers.id}
            move = {"product_id": product.id, "product_uom_qty": quantity, **values}
            picking = (
                self.env["stock.picking"]
                .with_user(self.worker)
                .create(
                    {
                        "picking_type_id": self.warehouse.out_type_id.id,
                        "move_ids": [Command.create({**move, "origin_returned_move_id": receipt.move_ids.id})],
                        **values,
                    }
                )
            )
            picking.action_confirm()
            self.ship(picking)
            return picking

        for product, quantity in ((gold, 1), (self.lathe, 3)):
            with self.assertRaises(UserError), self.cr.savepoint():
                give_back(product, quantity)
            self.env.invalidate_all()
        self.assertEqual(give_back(self.lathe, 2).state, "done")

    def test_dropshipment_counts_as_with_the_customer(self):
        order = self.sold()
        self.paid(order)

        def drop(quantity):
            values = {"location_id": self.suppliers.id, "location_dest_id": self.customers.id}
            picking = self.env["stock.picking"].create(
                {
                    "picking_type_id": self.warehouse.in_type_id.id,
                    "move_ids": [
                        Command.create(
                            {
                                "product_id": self.lathe.id,
                                "product_uom_qty": quantity,
                                "sale_line_id": order.order_line.id,
                                **values,
                            }
                        )
                    ],
                    **values,
                }
            )
            picking.action_confirm()
            self.ship(picking)

        self.assertHeld(lambda: drop(2))
        drop(1)
        self.assertHeld(lambda: self.ship(self.delivery(order)))
