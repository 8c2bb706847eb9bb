# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .common import ComplaintCommon


@tagged("post_install", "-at_install")
class TestDispositionGoods(ComplaintCommon):
    """A disposition is carried out when all its goods have come or gone, not when a paper is finished (CMP-2, 9)."""

    def carried_out(self, kind, order=None, quantity=4):
        complaint = self.decided(order or self.delivered(), kinds=(kind,), quantity=quantity)
        complaint.action_execute()
        self.env.invalidate_all()
        return complaint, complaint.sudo().disposition_ids

    def ship_part(self, picking, quantity, rest):
        """Let the warehouse move some of the goods; the rest stays ordered or is called off."""
        picking.move_ids.write({"quantity": quantity, "picked": True})
        wizard = self.rpc(self.worker, "stock.picking", "button_validate", picking.ids)
        wizard = (
            self.env["stock.backorder.confirmation"]
            .with_user(self.worker)
            .with_context(**wizard["context"])
            .create({"pick_ids": [Command.link(picking.id)]})
        )
        getattr(wizard, "process" if rest else "process_cancel_backorder")()
        self.env.invalidate_all()

    def assertNotClosed(self, complaint):
        self.tell(complaint)
        self.blame(complaint)
        complaint.sudo().confirmed_date = self.frozen()
        with self.assertRaisesRegex(UserError, "Not carried out"), self.cr.savepoint():
            complaint.with_user(self.bao).action_close()

    def test_replacement_is_under_way_until_the_backorder_has_left(self):
        complaint, replacement = self.carried_out("replacement")
        first = replacement.picking_ids
        self.ship_part(first, 1, rest=True)
        self.assertEqual(replacement.picking_ids, first | first.backorder_ids)
        self.assertEqual(replacement.state, "going")
        self.assertNotClosed(complaint)
        self.ship(first.backorder_ids)
        self.assertEqual(replacement.state, "done")
        self.assertEqual(complaint.sudo().goods_cost, 240)

    def test_what_the_warehouse_called_off_is_to_be_carried_out_still(self):
        complaint, replacement = self.carried_out("replacement")
        first = replacement.picking_ids
        self.ship_part(first, 1, rest=False)
        self.assertEqual((first.state, replacement.state), ("done", "decided"))
        self.assertNotClosed(complaint)
        complaint.with_user(self.bao).action_execute()
        second = replacement.picking_ids - first
        self.assertEqual(second.move_ids.product_uom_qty, 3)
        self.ship(second)
        self.assertEqual(replacement.state, "done")

    def test_goods_that_came_back_in_part_are_to_come_back_still(self):
        complaint, back = self.carried_out("return")
        self.ship_part(back.picking_ids, 3, rest=False)
        self.assertEqual(back.state, "decided")
        self.assertNotClosed(complaint)
        complaint.with_user(self.bao).action_execute()
        second = back.picking_ids.filtered(lambda picking: picking.state != "done")
        self.assertEqual(second.move_ids.product_uom_qty, 1)
        self.ship(second)
        self.assertEqual(back.state, "done")

    def test_goods_that_were_picked_have_not_left(self):
        order = self.delivered()
        self.warehouse.delivery_steps = "pick_ship"
        complaint, replacement = self.carried_out("replacement", order)
        picked = replacement.picking_ids
        self.ship(picked)
        self.assertEqual(replacement.state, "going")
        shipped = replacement.picking_ids - picked
        self.assertEqual(shipped.move_ids.location_dest_id.usage, "customer")
        self.ship(shipped)
        self.assertEqual((replacement.state, complaint.sudo().goods_cost), ("done", 240))

    def test_units_do_not_matter(self):
        dozen = self.env.ref("uom.product_uom_dozen")
        order = self.delivered(quantity=24)
        _complaint, replacement = self.carried_out("replacement", order, quantity=12)
        self.assertEqual(replacement.state, "going")
        replacement.picking_ids.move_ids.write({"product_uom": dozen.id, "product_uom_qty": 1})
        self.ship(replacement.picking_ids)
        self.assertEqual(replacement.state, "done")


@tagged("post_install", "-at_install")
class TestPricePaid(ComplaintCommon):
    """What was paid is what the customer was billed, piece by piece, whatever became of the order."""

    def test_order_that_was_raised_after_the_invoice_gives_back_no_more(self):
        order = self.delivered(bill=True)
        order.order_line.price_unit = 900
        complaint = self.register(order)
        self.assertEqual(complaint.line_ids.price_unit, 100)
        with self.assertRaisesRegex(ValidationError, "were paid"), self.cr.savepoint():
            self.rpc(self.bao, "sales.complaint.line", "write", complaint.line_ids.ids, {"price_unit": 900})

    def test_price_sent_with_new_goods_is_checked_like_any_other(self):
        order = self.delivered(bill=True)
        complaint = self.register(order)
        values = {"complaint_id": complaint.id, "sale_line_id": order.order_line.id, "quantity": 1, "colour": "1"}
        with self.assertRaisesRegex(ValidationError, "were paid"), self.cr.savepoint():
            self.rpc(self.bao, "sales.complaint.line", "create", [values | {"price_unit": 900}])
        self.rpc(self.bao, "sales.complaint.line", "create", [values | {"price_unit": 100}])
        loose = values | {"sale_line_id": False, "product_id": self.pump.id, "price_unit": 900}
        self.rpc(self.bao, "sales.complaint.line", "create", [loose])
        self.assertEqual(complaint.line_ids.mapped("price_unit"), [100, 100, 900])
        self.assertEqual(complaint.line_ids.currency_id, self.env.company.currency_id)

    def test_draft_invoice_proves_no_price(self):
        order = self.delivered()
        invoice = order._create_invoices()
        invoice.invoice_line_ids.price_unit = 900
        line = {"invoice_line_id": invoice.invoice_line_ids.id, "quantity": 1, "colour": "1"}
        with self.assertRaisesRegex(ValidationError, "posted invoice"), self.cr.savepoint():
            self.register(order, line_ids=[Command.create(line)])
        invoice.action_post()
        self.assertEqual(self.register(order, line_ids=[Command.create(line)]).line_ids.price_unit, 900)

    def test_goods_sold_by_the_dozen_are_not_paid_back_dozens_for_pieces(self):
        piece, dozen = self.env.ref("uom.product_uom_unit"), self.env.ref("uom.product_uom_dozen")
        order = self.env["sale.order"].create(
            {
                "partner_id": self.customer.id,
                "user_id": self.li.id,
                "order_line": [
                    Command.create(
                        {
                            "product_id": self.pump.id,
                            "product_uom_id": dozen.id,
                            "product_uom_qty": 2,
                            "price_unit": 1200,
                            "tax_ids": False,
                        }
                    )
                ],
            }
        )
        order.action_confirm()
        self.ship(order.picking_ids)
        line = {"sale_line_id": order.order_line.id, "product_uom_id": piece.id, "quantity": 2, "colour": "1"}
        complaint = self.investigated(order, line_ids=[Command.create(line)])
        self.assertEqual(complaint.line_ids.price_unit, 100)
        self.rpc(self.bao, "sales.complaint.line", "write", complaint.line_ids.ids, {"product_uom_id": dozen.id})
        self.assertEqual(complaint.line_ids.price_unit, 1200)
        values = {"product_uom_id": piece.id, "price_unit": 1200}
        with self.assertRaisesRegex(ValidationError, "were paid"), self.cr.savepoint():
            self.rpc(self.bao, "sales.complaint.line", "write", complaint.line_ids.ids, values)
        self.rpc(self.bao, "sales.complaint.line", "write", complaint.line_ids.ids, {"product_uom_id": piece.id})
        refund = self.dispose(complaint, "refund")
        self.assertEqual(refund.amount, 200)

    def test_decision_rests_on_what_was_billed_since(self):
        order = self.delivered()
        complaint = self.proposed(order, kinds=("return", "refund"))
        invoice = order._create_invoices()
        invoice.invoice_line_ids.price_unit = 80
        invoice.action_post()
        with self.assertRaisesRegex(ValidationError, "80"), self.cr.savepoint():
            self.decide(complaint)
        complaint.line_ids.price_unit = 80
        with self.assertRaisesRegex(ValidationError, "cannot be given back"), self.cr.savepoint():
            self.decide(complaint)
        complaint.disposition_ids.filtered(lambda found: found.kind == "refund").amount = 160
        self.decide(complaint)
        self.assertEqual(complaint.state, "decided")
