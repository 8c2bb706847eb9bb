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

    def test_complaint_without_a_lot_holds_nothing(self):
        complaint = self.register()
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
