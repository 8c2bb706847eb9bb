# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import Command
from odoo.tests import tagged

from .by_hand import ByHandCommon


@tagged("post_install", "-at_install")
class TestGateAttacksOnPlaces(ByHandCommon):
    """Places and companies are no way out (SHP-3)."""

    def sister(self, **values):
        other = self.env["res.company"].create({"name": "Sister", **values})
        (self.worker | self.stock_manager).company_ids |= other
        return other, self.env["stock.warehouse"].search([("company_id", "=", other.id)], limit=1)

    def test_paid_line_lets_nothing_go_to_a_vendor(self):
        order = self.sold()
        self.paid(order)
        for user in (self.worker, self.li):
            self.assertNothingLeaves(
                lambda user=user: self.by_hand(
                    self.stock, self.suppliers, 50, user=user, sale_line_id=order.order_line.id
                ),
                measure=lambda: self.lying(self.stock),
            )

    def test_goods_from_between_companies_leave_on_paid_lines_only(self):
        order, transit = self.sold(), self.env.ref("stock.stock_location_inter_company")
        self.paid(order)
        self.env["stock.quant"]._update_available_quantity(self.lathe, transit, 50)
        self.assertNothingLeaves(lambda: self.by_hand(transit, self.customers, 50, sale_line_id=order.order_line.id))

    def test_shelf_does_not_get_under_the_customer_with_its_hall(self):
        def step():
            [hall] = self.rpc(
                self.stock_manager,
                "stock.location",
                "create",
                [{"name": "Hall", "usage": "view", "location_id": self.stock.id}],
            )
            [shelf] = self.rpc(
                self.stock_manager,
                "stock.location",
                "create",
                [{"name": "Shelf", "usage": "internal", "location_id": hall}],
            )
            self.rpc(self.stock_manager, "stock.location", "write", [hall], {"location_id": self.customers.id})
            self.by_hand(self.stock, self.env["stock.location"].browse(shelf), 5, kind=self.warehouse.int_type_id)

        self.assertNothingLeaves(step)

    def test_place_of_a_customer_does_not_become_a_vendors(self):
        [door] = self.rpc(
            self.stock_manager,
            "stock.location",
            "create",
            [{"name": "Door", "usage": "customer", "location_id": self.customers.id}],
        )
        door = self.env["stock.location"].browse(door)
        order = self.sold()
        self.paid(order)
        delivery = self.delivery(order)
        delivery.with_user(self.worker).move_line_ids.location_dest_id = door.id
        self.ship(delivery)

        def step():
            self.by_hand(door, self.customers, 1, kind=self.warehouse.int_type_id)
            self.rpc(self.stock_manager, "stock.location", "write", door.ids, {"usage": "supplier"})
            self.again(order.order_line)

        self.assertNothingLeaves(step)

    def test_place_belongs_to_a_company(self):
        other, warehouse = self.sister()
        both = {"allowed_company_ids": [self.company.id, other.id]}
        for usage in ("internal", "transit"):
            for target, kind in (
                (self.customers, warehouse.out_type_id),
                (warehouse.lot_stock_id, warehouse.in_type_id),
            ):

                def step(usage=usage, target=target, kind=kind):
                    [yard] = self.rpc(
                        self.stock_manager,
                        "stock.location",
                        "create",
                        [{"name": "Yard", "usage": usage, "location_id": False, "company_id": False}],
                    )
                    yard = self.env["stock.location"].browse(yard)
                    self.by_hand(self.stock, yard, 5, kind=self.warehouse.int_type_id)
                    ways = {"location_id": yard.id, "location_dest_id": target.id}
                    move = Command.create(
                        {"product_id": self.lathe.id, "product_uom_qty": 5, "company_id": other.id, **ways}
                    )
                    picking = self.rpc(
                        self.worker,
                        "stock.picking",
                        "create",
                        [{"picking_type_id": kind.id, **ways, "move_ids": [move]}],
                        context=both,
                    )
                    picking = self.env["stock.picking"].browse(picking).with_user(self.worker).with_context(**both)
                    picking.action_confirm()
                    picking.move_ids.quantity = 5
                    picking.move_ids.picked = True
                    picking.with_context(skip_backorder=True).button_validate()

                with self.subTest(usage=usage, target=target.complete_name):
                    self.assertNothingLeaves(step, measure=lambda target=target: self.lying(target))

    def test_goods_leave_on_orders_of_their_own_company(self):
        other, _warehouse = self.sister(shipping_gate_enabled=True)
        self.shipping_policy("none", company_id=other.id)
        line = Command.create({"product_id": self.lathe.id, "product_uom_qty": 5, "tax_ids": False})
        order = (
            self.env["sale.order"]
            .with_company(other)
            .create({"partner_id": self.customer.id, "company_id": other.id, "order_line": [line]})
        )
        order.action_confirm()
        self.settle()
        self.assertNothingLeaves(lambda: self.again(order.order_line, 5))

    def test_transfer_of_a_sister_takes_no_goods_of_this_company(self):
        sister, warehouse = self.sister()
        self.assertFalse(sister.shipping_gate_enabled)
        context = {"allowed_company_ids": [self.company.id, sister.id]}
        ways = {"location_id": self.stock.id, "location_dest_id": self.customers.id}
        line = {"product_id": self.lathe.id, "quantity": 5, "picked": True, **ways}
        move = {"product_id": self.lathe.id, "product_uom_qty": 5, "company_id": sister.id, **ways}
        done = {**move, "state": "done", "move_line_ids": [Command.create(line)]}
        own = {**ways, "location_id": warehouse.lot_stock_id.id}
        self.env["stock.quant"]._update_available_quantity(self.lathe, warehouse.lot_stock_id, 5)
        delivery = self.env["stock.picking"].create(
            {"picking_type_id": warehouse.out_type_id.id, **own, "move_ids": [Command.create({**move, **own})]}
        )
        delivery.action_confirm()
        self.ship(delivery, quantity=1)
        self.assertEqual(delivery.state, "done")
        steps = {
            "born done": ("stock.move", "create", [done]),
            "taken from here": ("stock.move.line", "write", delivery.move_line_ids.ids, {"location_id": self.stock.id}),
            "one more line": ("stock.move.line", "create", [{**line, "move_id": delivery.move_ids.id}]),
        }
        for name, step in steps.items():
            with self.subTest(step=name):
                self.assertNothingLeaves(
                    lambda step=step: self.rpc(self.worker, *step, context=context),
                    measure=lambda: self.lying(self.stock),
                )
