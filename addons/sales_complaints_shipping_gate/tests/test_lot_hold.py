# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import Command
from odoo.addons.sales_complaints.tests.common import ComplaintCommon
from odoo.addons.sales_policy.tests.attack import REFUSED
from odoo.exceptions import UserError
from odoo.tests import tagged


@tagged("post_install", "-at_install")
class TestLotHold(ComplaintCommon):
    """A lot that is complained about stays here, and a replacement passes the gate like every delivery."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tile = cls.goods("Tile", quantity=0, tracking="lot")
        cls.lot, cls.other_lot = cls.env["stock.lot"].create(
            [{"name": name, "product_id": cls.tile.id} for name in ("B17", "B18")]
        )
        for lot in cls.lot | cls.other_lot:
            cls.env["stock.quant"]._update_available_quantity(cls.tile, cls.stock, 100, lot_id=lot)

    def send(self, lot, quantity=5):
        """Send goods of a lot to a customer, by a delivery made by hand."""
        kind = self.warehouse.out_type_id
        picking = self.env["stock.picking"].create(
            {
                "picking_type_id": kind.id,
                "location_id": self.stock.id,
                "location_dest_id": self.env.ref("stock.stock_location_customers").id,
                "partner_id": self.customer.id,
                "move_ids": [
                    Command.create(
                        {
                            "product_id": self.tile.id,
                            "product_uom_qty": quantity,
                            "location_id": self.stock.id,
                            "location_dest_id": self.env.ref("stock.stock_location_customers").id,
                        }
                    )
                ],
            }
        )
        picking.action_confirm()
        picking.move_ids.move_line_ids.unlink()
        picking.move_ids.move_line_ids = [
            Command.create(
                {
                    "product_id": self.tile.id,
                    "lot_id": lot.id,
                    "quantity": quantity,
                    "picking_id": picking.id,
                    "location_id": self.stock.id,
                    "location_dest_id": self.env.ref("stock.stock_location_customers").id,
                }
            )
        ]
        picking.move_ids.picked = True
        return picking

    def complained(self):
        """Return a complaint about a lot that was delivered before."""
        self.send(self.lot).button_validate()
        self.company.write({"shipping_gate_enabled": True, "shipping_gate_unlinked": False})
        line = {"product_id": self.tile.id, "name": "Tile", "lot_id": self.lot.id, "quantity": 2}
        return self.register(self.env["sale.order"], line_ids=[Command.create(line)])

    def test_held_lot_does_not_leave_until_the_judge_lifts_the_hold(self):
        complaint = self.complained()
        self.rpc(self.judge, complaint._name, "action_hold_lots", complaint.ids)
        picking = self.send(self.lot)
        self.assertEqual(picking.shipping_gate_state, "held")
        self.assertIn(complaint.name, picking.shipping_gate_reason)
        for step in (picking.button_validate, picking.move_ids.sudo()._action_done):
            with self.assertRaisesRegex(UserError, "B17"), self.cr.savepoint():
                step()
                self.env.flush_all()
        self.send(self.other_lot).button_validate()
        hold = complaint.sudo().lot_hold_ids
        wizard = self.env["sales.lot.hold.lift"].with_user(self.judge)
        wizard = wizard.create({"hold_ids": [Command.set(hold.ids)], "reason": "Measured: in order"})
        self.rpc(self.judge, wizard._name, "action_apply", wizard.ids)
        self.env.invalidate_all()
        self.assertEqual((hold.lifter_id, hold.lift_reason), (self.judge, "Measured: in order"))
        picking.button_validate()
        self.assertEqual(picking.state, "done")

    def test_hold_is_placed_once_by_who_decides_and_lifted_by_the_judge(self):
        complaint = self.complained()
        for user in self.li | self.leader | self.kang | self.worker | self.ren:
            self.assertRefused(REFUSED, user, complaint._name, "action_hold_lots", complaint.ids)
        self.rpc(self.bao, complaint._name, "action_hold_lots", complaint.ids)
        self.assertRefused(REFUSED, self.judge, complaint._name, "action_hold_lots", complaint.ids)
        hold = complaint.sudo().lot_hold_ids
        self.assertEqual((len(hold), hold.user_id), (1, self.bao))
        for user in self.everybody - self.judge:
            self.assertRefused(REFUSED, user, hold._name, "action_lift", hold.ids)
            self.assertRefused(REFUSED, user, "sales.lot.hold.lift", "create", [{"hold_ids": hold.ids, "reason": "x"}])
        for user in self.everybody | self.env.ref("base.user_admin"):
            self.assertRefused(REFUSED, user, hold._name, "write", hold.ids, {"lifted_date": "2026-01-01 00:00:00"})
            self.assertRefused(REFUSED, user, hold._name, "unlink", hold.ids)
            self.assertRefused(REFUSED, user, hold._name, "_lift", hold.ids, "x")
        self.blame(complaint, self.wang)
        complaint.sudo().salesperson_id = self.judge
        self.assertRefused(REFUSED, self.judge, hold._name, "action_lift", hold.ids)

    def ordered(self, words, product=None, quantity=5):
        """Return the delivery of an order for untracked goods whose colour number stands on the order only."""
        line = {"product_id": (product or self.plate).id, "product_uom_qty": quantity, "tax_ids": False}
        order = self.env["sale.order"].create(
            {
                "partner_id": self.customer.id,
                "user_id": self.li.id,
                "order_line": [Command.create({**line, "name": words})],
            }
        )
        order.action_confirm()
        order.picking_ids.move_ids.write({"quantity": quantity, "picked": True})
        return order.picking_ids

    def coloured(self, number=" 8812", **values):
        """Return a complaint about goods that have a colour number and no lot; what is under way goes without money."""
        self.plate = self.goods("Plate")
        self.env["sales.shipping.policy"].search([]).active = False
        self.env["sales.shipping.policy"].create({"name": "No money", "requirement": "none"})
        line = {"product_id": self.plate.id, "name": "Plate", "colour": number, "quantity": 2, **values}
        complaint = self.register(self.env["sale.order"], line_ids=[Command.create(line)])
        self.company.write({"shipping_gate_enabled": True, "shipping_gate_unlinked": False})
        return complaint

    def assertStays(self, picking, words):
        with self.assertRaisesRegex(UserError, words), self.cr.savepoint():
            picking.with_user(self.worker).button_validate()
            self.env.flush_all()
        self.env.invalidate_all()

    def test_held_colour_number_does_not_leave_where_the_order_names_it(self):
        complaint = self.coloured()
        before = self.ordered("Plate, colour 8812")
        self.rpc(self.bao, complaint._name, "action_hold_lots", complaint.ids)
        after, other = self.ordered("Plate, colour No.8812, matt"), self.ordered("Plate, colour 88120")
        for picking in before | after:
            self.assertEqual(picking.shipping_gate_state, "held")
            self.assertStays(picking, "8812")
        self.assertFalse(before.sales_lot_warning)
        self.assertIn("8812", other.sales_lot_warning)
        other.with_user(self.worker).button_validate()
        self.assertEqual(other.state, "done")
        hold = complaint.sudo().lot_hold_ids
        self.assertEqual((hold.lot_name, hold.lot_id, complaint.has_lots), ("8812", hold.lot_id.browse(), False))
        hold.with_user(self.judge)._lift("Measured: in order")
        before.with_user(self.worker).button_validate()
        self.assertEqual(before.state, "done")

    def test_held_number_holds_lots_that_bear_it_now_or_later(self):
        self.send(self.lot).button_validate()
        complaint = self.coloured("B17", product_id=self.tile.id, name="Tile")
        self.rpc(self.judge, complaint._name, "action_hold_lots", complaint.ids)
        self.assertEqual(complaint.sudo().lot_hold_ids.lot_id, self.lot)
        self.lot.with_user(self.worker).sudo().name = "B99"
        self.assertStays(self.send(self.lot), "B17")
        late = self.env["stock.lot"].create({"name": "B17-2", "product_id": self.tile.id})
        self.env["stock.quant"]._update_available_quantity(self.tile, self.stock, 10, lot_id=late)
        self.assertStays(self.send(late), "B17")
        self.send(self.other_lot).with_user(self.worker).button_validate()

    def test_nobody_talks_a_held_colour_out_of_the_order(self):
        complaint = self.coloured()
        picking = self.ordered("Plate, colour 8812")
        self.rpc(self.bao, complaint._name, "action_hold_lots", complaint.ids)
        line = picking.move_ids.sale_line_id
        for user in self.li | self.leader | self.kang | self.manager:
            self.assertRefused(REFUSED, user, line._name, "write", line.ids, {"name": "Plate"})
            values = {"order_line": [Command.update(line.id, {"name": "Plate"})]}
            self.assertRefused(REFUSED, user, "sale.order", "write", line.order_id.ids, values)
        self.rpc(self.manager, line._name, "write", line.ids, {"name": "Plate 8812, matt"})
        for user in self.worker | self.li | self.kang:
            values = {"company_id": self.company.id, "product_id": self.plate.id, "lot_name": "1"}
            self.assertRefused(REFUSED, user, "sales.lot.hold", "create", values)
        self.assertStays(picking, "8812")
        for step in (picking.move_ids._action_done, picking.move_ids.sudo()._action_done):
            with self.assertRaisesRegex(UserError, "8812"), self.cr.savepoint():
                step()
                self.env.flush_all()

    def test_nobody_talks_a_held_colour_out_of_the_delivery(self):
        complaint = self.coloured()
        picking = self.ordered("Plate")
        move = picking.move_ids
        self.rpc(self.worker, move._name, "write", move.ids, {"description_picking": "Plate 8812"})
        self.rpc(self.bao, complaint._name, "action_hold_lots", complaint.ids)
        self.assertStays(picking, "8812")
        for name in ("description_picking", "description_picking_manual"):
            self.assertRefused(REFUSED, self.worker, move._name, "write", move.ids, {name: "Plate"})
            values = {"move_ids": [Command.update(move.id, {name: "Plate"})]}
            self.assertRefused(REFUSED, self.worker, picking._name, "write", picking.ids, values)
        self.rpc(self.worker, move._name, "write", move.ids, {"description_picking": "Plate 8812, matt"})
        self.assertStays(picking, "8812")

    def test_colour_of_another_company_is_not_held(self):
        complaint = self.coloured()
        self.rpc(self.bao, complaint._name, "action_hold_lots", complaint.ids)
        other = self.env["res.company"].create({"name": "Other works"})
        holds = self.env["sales.lot.hold"]._standing(self.plate, other)
        self.assertFalse(holds)

    def test_complaint_without_a_lot_holds_nothing(self):
        complaint = self.register()
        complaint.line_ids.colour = False
        self.assertRefused(UserError, self.judge, complaint._name, "action_hold_lots", complaint.ids)

    def test_free_replacement_passes_the_gate_like_every_delivery(self):
        complaint = self.decided(kinds=({"kind": "replacement", "quantity": 2},))
        complaint.action_execute()
        picking = complaint.sudo().disposition_ids.picking_ids
        self.company.write({"shipping_gate_enabled": True, "shipping_gate_unlinked": True})
        picking.move_ids.write({"quantity": 2, "picked": True})
        with self.assertRaisesRegex(UserError, "general manager"), self.cr.savepoint():
            picking.button_validate()
            self.env.flush_all()
        self.assertEqual(complaint.sudo().disposition_ids.state, "going")
