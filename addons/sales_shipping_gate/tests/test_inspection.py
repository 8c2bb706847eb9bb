# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

import base64
from io import BytesIO

from PIL import Image

from odoo import Command
from odoo.addons.sales_policy.tests.attack import REFUSED
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import GateCommon

MODEL = "sales.shipping.inspection"
LINE = "sales.shipping.inspection.line"


def photo():
    """Return a small picture as a client sends it."""
    stream = BytesIO()
    Image.new("RGB", (8, 8), "brown").save(stream, "PNG")
    return base64.b64encode(stream.getvalue())


class InspectionCommon(GateCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.shipping_inspection_required = True
        cls.env["sales.shipping.checklist"].search([]).active = False
        cls.lathe.categ_id = cls.env["product.category"].create({"name": "Machine Tools"})
        cls.checklist = cls.env["sales.shipping.checklist"].create(
            {
                "name": "Machines",
                "product_category_ids": [Command.set(cls.lathe.categ_id.ids)],
                "point_ids": [
                    Command.create({"name": "Crate is nailed"}),
                    Command.create({"name": "Oil paper", "is_photo_required": True}),
                ],
            }
        )

    def ready(self, quantity=1):
        """Return a paid delivery whose goods lie ready."""
        order = self.sold(quantity)
        self.paid(order)
        picking = self.delivery(order)
        picking.action_assign()
        return picking

    def inspection(self, picking, user=None):
        """Let the warehouse begin an inspection."""
        action = picking.with_user(user or self.worker).action_shipping_inspect()
        return self.env[MODEL].with_user(user or self.worker).browse(action["res_id"])

    def inspect(self, picking):
        """Let the warehouse find everything in order."""
        inspection = self.inspection(picking)
        inspection.line_ids.action_in_order()
        inspection.line_ids.filtered("is_photo_required").write({"photo": photo()})
        inspection.action_pass()
        return inspection


@tagged("post_install", "-at_install")
class TestInspection(InspectionCommon):
    """Nothing leaves before the packing is inspected (SHP-8)."""

    def test_delivery_leaves_when_all_points_are_passed(self):
        picking = self.ready()
        self.assertEqual(picking.shipping_inspection_state, "needed")
        self.assertIn("has to be inspected", picking.shipping_gate_reason)
        self.assertHeld(lambda: self.ship(picking))
        inspection = self.inspection(picking)
        self.assertEqual(inspection.line_ids.mapped("name"), ["Crate is nailed", "Oil paper"])
        with self.assertRaises(UserError):
            inspection.action_pass()
        inspection.line_ids.action_in_order()
        with self.assertRaisesRegex(UserError, "photo"):
            inspection.action_pass()
        inspection.line_ids[1].photo = photo()
        inspection.action_pass()
        self.assertEqual((inspection.state, inspection.user_id), ("passed", self.worker))
        self.assertEqual(picking.shipping_inspection_state, "passed")
        self.ship(picking)
        self.assertEqual(self.with_customers(), 1)

    def test_failed_inspection_holds_until_another_one_passes(self):
        picking = self.ready()
        inspection = self.inspection(picking)
        with self.assertRaises(UserError):
            inspection.action_fail()
        inspection.line_ids[0].action_not_in_order()
        inspection.action_fail()
        self.assertHeld(lambda: self.ship(picking))
        self.assertIn("not in order", picking.shipping_gate_reason)
        self.inspect(picking)
        self.ship(picking)
        self.assertEqual(self.with_customers(), 1)

    def test_more_than_what_was_inspected_does_not_leave(self):
        order = self.sold(5)
        self.paid(order)
        picking = self.delivery(order)
        picking.move_ids.quantity = 2
        self.inspect(picking)
        self.assertHeld(lambda: self.ship(picking, quantity=3))
        self.ship(picking, quantity=2)
        self.assertHeld(lambda: self.ship(self.delivery(order)))
        self.inspect(self.delivery(order))
        self.ship(self.delivery(order))
        self.assertEqual(self.with_customers(), 5)

    def test_done_delivery_is_not_raised_beyond_what_was_inspected(self):
        order = self.sold(5)
        self.paid(order)
        picking = self.delivery(order)
        picking.move_ids.quantity = 2
        self.inspect(picking)
        self.ship(picking, quantity=2)
        line = picking.move_ids.move_line_ids
        self.assertHeld(lambda: line.with_user(self.stock_manager).write({"quantity": 3}))

    def test_other_goods_need_no_inspection(self):
        category = self.env["product.category"].create({"name": "Paper"})
        order = self.sold(product=self.goods("Manual", categ_id=category.id))
        self.paid(order)
        self.ship(self.delivery(order))
        self.assertEqual(self.with_customers(order.order_line.product_id), 1)

    def test_point_for_the_transport_counts_when_the_carrier_changes(self):
        product = self.env["product.product"].create({"name": "Sea freight", "type": "service"})
        sea = self.env["delivery.carrier"].create({"name": "Sea", "product_id": product.id})
        self.checklist.copy(
            {"carrier_ids": [Command.set(sea.ids)], "point_ids": [Command.create({"name": "Desiccant"})]}
        )
        picking = self.ready()
        self.inspect(picking)
        picking.carrier_id = sea
        self.assertHeld(lambda: self.ship(picking))
        self.assertIn("Desiccant", picking.shipping_gate_reason)
        self.inspect(picking)
        self.ship(picking)
        self.assertEqual(self.with_customers(), 1)

    def test_receipts_and_transfers_inside_are_not_inspected(self):
        self.ship(self.transfer(self.warehouse.in_type_id, self.suppliers, self.stock))
        shelf = self.env["stock.location"].create({"name": "Shelf", "location_id": self.stock.id})
        self.ship(self.transfer(self.warehouse.int_type_id, self.stock, shelf))
        self.assertEqual(self.with_customers(), 0)


@tagged("post_install", "-at_install")
class TestInspectionAttacks(InspectionCommon):
    """The warehouse tries to do without the inspection (SHP-8)."""

    def setUp(self):
        super().setUp()
        self.picking = self.ready()
        self.open = self.inspection(self.picking)
        self.everybody = self.worker | self.stock_manager | self.li | self.clerk | self.manager | self.he
        self.env.flush_all()

    def assertStillHeld(self):
        self.settle()
        self.assertHeld(lambda: self.ship(self.picking))

    def test_result_is_not_written(self):
        for user in self.everybody:
            for values in (
                {"state": "passed"},
                {"user_id": self.worker.id},
                {"date": "2026-01-01 00:00:00"},
                {"goods": {str(self.lathe.id): 9}},
                {"picking_id": self.ready().id},
                {"line_ids": [Command.clear()]},
                {"line_ids": [Command.create({"name": "x", "result": "passed"})]},
            ):
                self.assertRefused(REFUSED, user, MODEL, "write", self.open.ids, values)
            self.assertRefused(REFUSED, user, MODEL, "create", [{"picking_id": self.picking.id, "state": "passed"}])
            self.assertRefused(REFUSED, user, MODEL, "unlink", self.open.ids)
            self.assertRefused(REFUSED, user, LINE, "unlink", self.open.line_ids.ids)
            self.assertRefused(REFUSED, user, LINE, "create", [{"inspection_id": self.open.id, "name": "x"}])
            for values in ({"is_photo_required": False}, {"point_id": False}, {"inspection_id": 1}, {"name": "x"}):
                self.assertRefused(REFUSED, user, LINE, "write", self.open.line_ids.ids, values)
            self.assertRefused(REFUSED, user, MODEL, "action_pass", self.open.ids)
            self.assertRefused(REFUSED, user, MODEL, "_end", self.open.ids, "passed")
        self.assertStillHeld()

    def test_only_the_warehouse_answers(self):
        for user in self.li | self.clerk | self.manager | self.employee:
            self.assertRefused(REFUSED, user, LINE, "write", self.open.line_ids.ids, {"result": "passed"})
            self.assertRefused(REFUSED, user, LINE, "action_in_order", self.open.line_ids.ids)
            self.assertRefused(REFUSED, user, MODEL, "action_pass", self.open.ids)
            self.assertRefused(REFUSED, user, "stock.picking", "action_shipping_inspect", self.picking.ids)
        self.assertStillHeld()

    def test_checklists_are_not_for_the_warehouse(self):
        for user in self.everybody:
            self.assertRefused(
                REFUSED, user, "sales.shipping.checklist", "write", self.checklist.ids, {"active": False}
            )
            self.assertRefused(REFUSED, user, "sales.shipping.checklist.point", "unlink", self.checklist.point_ids.ids)
            self.assertRefused(
                REFUSED, user, "res.company", "write", self.company.ids, {"shipping_inspection_required": False}
            )
        self.assertStillHeld()

    def test_answers_stay_after_the_inspection(self):
        passed = self.inspect(self.picking)
        for user in self.everybody:
            for values in ({"result": "failed"}, {"photo": False}, {"note": "x"}):
                self.assertRefused(REFUSED, user, LINE, "write", passed.line_ids.ids, values)
            self.assertRefused(REFUSED, user, MODEL, "action_fail", passed.ids)

    def test_text_is_no_photo(self):
        line = self.open.line_ids.filtered("is_photo_required")
        self.assertRefused(REFUSED, self.worker, LINE, "write", line.ids, {"photo": base64.b64encode(b"no picture")})

    def test_context_skips_nothing(self):
        for key in ("shipping_gate_pass", "default_state", "skip_sanity_check", "skip_inspection", "install_mode"):
            picking = self.picking.with_context(**{key: "passed"})
            self.assertHeld(lambda picking=picking: self.ship(picking))

    def test_goods_do_not_leave_without_a_delivery(self):
        order = self.sold()
        self.paid(order)
        self.delivery(order).action_cancel()
        move = self.env["stock.move"].create(
            {
                "product_id": self.lathe.id,
                "product_uom_qty": 1,
                "location_id": self.stock.id,
                "location_dest_id": self.customers.id,
                "sale_line_id": order.order_line.id,
            }
        )
        move._action_confirm()
        move.quantity = 1
        move.picked = True
        move.write({"picking_id": False, "location_id": self.stock.id, "location_dest_id": self.customers.id})
        self.assertHeld(lambda: move.sudo()._action_done())
