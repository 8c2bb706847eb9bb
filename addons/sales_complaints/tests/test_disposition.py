# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from psycopg2.errors import CheckViolation

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import ComplaintCommon


@tagged("post_install", "-at_install")
class TestDisposition(ComplaintCommon):
    """What is done about the goods, through the documents of the host (CMP-9)."""

    def carried_out(self, *kinds, **values):
        """Return a complaint whose dispositions were set going."""
        complaint = self.decided(kinds=kinds, **values)
        complaint.action_execute()
        self.env.invalidate_all()
        return complaint

    def test_goods_come_back_by_a_return_of_their_delivery(self):
        order = self.delivered()
        complaint = self.carried_out("return", order=order)
        disposition = complaint.sudo().disposition_ids
        self.assertEqual(disposition.picking_ids.return_id, order.picking_ids.filtered("return_ids"))
        self.assertEqual(disposition.picking_ids.move_ids.product_uom_qty, 2)
        self.assertEqual((complaint.state, disposition.state), ("executing", "going"))
        self.ship(disposition.picking_ids)
        self.assertEqual(disposition.state, "done")
        self.assertEqual(order.order_line.qty_delivered, 8)

    def test_no_more_comes_back_than_is_with_the_customer(self):
        order = self.delivered(quantity=2)
        complaint = self.decided(order, kinds=("return",))
        wizard = self.env["stock.return.picking"].create({"picking_id": order.picking_ids.id})
        wizard.product_return_moves.quantity = 1
        self.ship(wizard._create_return())
        with self.assertRaisesRegex(UserError, "nothing more to return"):
            complaint.action_execute()

    def test_replacement_after_a_return_is_delivered_again_on_the_order(self):
        order = self.delivered(bill=True)
        complaint = self.carried_out("return", "replacement", order=order)
        back, again = complaint.sudo().disposition_ids.sorted("id").mapped("picking_ids")
        self.assertEqual((back.picking_type_id.code, again.picking_type_id.code), ("incoming", "outgoing"))
        self.ship(back)
        self.ship(again)
        self.assertEqual(again.move_ids.sale_line_id, order.order_line)
        self.assertEqual((order.order_line.qty_delivered, order.order_line.qty_to_invoice), (10, 0))
        self.assertEqual(complaint.sudo().goods_cost, 120)

    def test_replacement_without_return_is_billed_to_nobody(self):
        order = self.delivered(bill=True)
        complaint = self.carried_out("replacement", order=order)
        again = complaint.sudo().disposition_ids.picking_ids
        self.ship(again)
        self.assertEqual((again.partner_id, again.origin), (self.customer, complaint.name))
        self.assertEqual((order.order_line.qty_delivered, order.order_line.qty_to_invoice), (10, 0))
        self.assertEqual(len(order.order_line), 1)

    def test_replacement_follows_the_steps_of_the_warehouse(self):
        self.warehouse.delivery_steps = "pick_ship"
        order = self.delivered(quantity=0)
        order.order_line.product_uom_qty = 5
        for _step in range(2):
            self.ship(order.picking_ids.filtered(lambda picking: picking.state == "assigned"))
        complaint = self.carried_out("replacement", order=order)
        [first] = complaint.sudo().disposition_ids.picking_ids
        self.assertEqual(first.picking_type_id, self.warehouse.pick_type_id)

    def test_refund_is_a_credit_note_with_the_taxes_of_the_invoice(self):
        self.company.sales_complaint_free_amount = 1000
        order = self.delivered(bill=True, tax=self.tax)
        complaint = self.carried_out("refund", order=order)
        note = complaint.sudo().disposition_ids.credit_note_ids
        invoice = order.invoice_ids - note
        self.assertEqual((note.move_type, note.state, note.reversed_entry_id), ("out_refund", "draft", invoice))
        self.assertEqual((note.amount_untaxed, note.amount_tax), (200, 26))
        self.assertIn("Pump leaks", note.ref)
        self.assertEqual(note.invoice_line_ids.account_id, invoice.invoice_line_ids.account_id)
        self.assertEqual(complaint.sudo().disposition_ids.state, "going")
        note.action_post()
        self.assertEqual(complaint.sudo().disposition_ids.state, "done")
        self.assertEqual((order.order_line.qty_invoiced, complaint.sudo().credit_cost), (8, 200))

    def test_return_and_refund_leave_nothing_to_bill(self):
        order = self.delivered(bill=True)
        complaint = self.carried_out("return", "refund", order=order)
        self.ship(complaint.sudo().disposition_ids.picking_ids)
        complaint.sudo().disposition_ids.credit_note_ids.action_post()
        self.assertEqual((order.order_line.qty_to_invoice, order.invoice_status), (0, "invoiced"))

    def test_price_reduction_takes_no_goods_back(self):
        order = self.delivered(bill=True, tax=self.tax)
        complaint = self.carried_out({"kind": "reduction", "amount": 50}, order=order)
        note = complaint.sudo().disposition_ids.credit_note_ids
        note.action_post()
        self.assertEqual((note.amount_untaxed, note.amount_tax, order.order_line.qty_invoiced), (50, 6.5, 10))

    def test_compensation_bears_no_tax_and_has_its_account(self):
        account = self.env["account.account"].create(
            {"code": "cmp1", "name": "Compensations", "account_type": "expense"}
        )
        self.company.sales_complaint_account_id = account
        complaint = self.carried_out({"kind": "compensation", "amount": 80}, order=self.delivered(tax=self.tax))
        line = complaint.sudo().disposition_ids.credit_note_ids.invoice_line_ids
        self.assertEqual((line.account_id, line.tax_ids, line.price_subtotal), (account, line.tax_ids.browse(), 80))

    def test_foreign_money_is_counted_in_the_companys_currency(self):
        euro = self.env.ref("base.EUR")
        euro.active = True
        self.env["res.currency.rate"].search([("currency_id", "=", euro.id)]).unlink()
        self.env["res.currency.rate"].create(
            {"currency_id": euro.id, "rate": 0.5, "name": "2026-01-01", "company_id": self.company.id}
        )
        pricelist = self.env["product.pricelist"].create({"name": "Euro", "currency_id": euro.id})
        order = self.env["sale.order"].create(
            {
                "partner_id": self.customer.id,
                "user_id": self.li.id,
                "pricelist_id": pricelist.id,
                "order_line": [Command.create({"product_id": self.pump.id, "product_uom_qty": 3, "tax_ids": False})],
            }
        )
        order.order_line.price_unit = 40
        order.action_confirm()
        self.ship(order.picking_ids)
        complaint = self.carried_out("refund", order=order)
        self.assertEqual(complaint.disposition_ids.currency_id, euro)
        self.assertEqual((complaint.disposition_ids.amount, complaint.given_amount), (80, 160))
        complaint.sudo().disposition_ids.credit_note_ids.action_post()
        self.assertEqual(complaint.sudo().credit_cost, 160)

    def test_nothing_is_done_at_once_and_a_visit_when_somebody_says_so(self):
        complaint = self.carried_out("nothing", {"kind": "visit", "responsible_id": self.ren.id})
        nothing, visit = complaint.sudo().disposition_ids.sorted("id")
        self.assertEqual((nothing.state, visit.state), ("done", "going"))
        self.assertIn(self.ren, complaint.sudo().activity_ids.user_id)
        visit.with_user(self.ren).action_done()
        self.assertEqual(visit.state, "done")

    def test_pieces_and_money_are_bounded_by_the_goods(self):
        complaint = self.investigated(self.delivered(bill=True))
        self.dispose(complaint, "replacement", quantity=1)
        for kind, values in (
            ("refund", {"quantity": 2}),
            ("return", {"quantity": 3}),
            ("reduction", {"amount": 201}),
            ("compensation", {"amount": 0}),
        ):
            with self.assertRaises(ValidationError), self.cr.savepoint():
                self.dispose(complaint, kind, **values)
        with mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation), self.cr.savepoint():
            self.rpc(
                self.bao,
                "sales.complaint.disposition",
                "create",
                [{"complaint_id": complaint.id, "kind": "compensation", "amount": -5}],
            )
        with self.assertRaises(ValidationError), self.cr.savepoint():
            self.dispose(complaint, "refund", line_id=False)

    def test_money_beyond_the_limit_needs_an_approval(self):
        complaint = self.proposed(kinds=({"kind": "compensation", "amount": 501},))
        with self.assertRaisesRegex(UserError, "needs an approval"), self.cr.savepoint():
            complaint.with_user(self.judge)._decide("justified", "Clear case")
        complaint.action_request_approval()
        with self.assertRaises(UserError), self.cr.savepoint():
            complaint.with_user(self.judge)._decide("justified", "Clear case")
        approval = self.env["sales.approval"].search([("res_model", "=", "sales.complaint")])
        self.assertEqual(approval.amount, 501)
        approval.with_user(self.general).action_approve()
        self.decide(complaint)
        self.assertEqual((complaint.state, approval.status), ("decided", "used"))

    def test_changed_money_lapses_the_approval(self):
        complaint = self.proposed(kinds=({"kind": "compensation", "amount": 501},))
        complaint.action_request_approval()
        approval = self.env["sales.approval"].search([("res_model", "=", "sales.complaint")])
        approval.with_user(self.general).action_approve()
        complaint.disposition_ids.amount = 5000
        self.env.flush_all()
        self.assertEqual(approval.status, "lapsed")
        with self.assertRaises(UserError), self.cr.savepoint():
            complaint.with_user(self.judge)._decide("justified", "Clear case")

    def test_money_split_over_complaints_of_a_customer_is_counted_together(self):
        kinds = ({"kind": "compensation", "amount": 300},)
        self.decided(kinds=kinds)
        complaint = self.proposed(kinds=kinds)
        with self.assertRaises(UserError), self.cr.savepoint():
            self.decide(complaint)
        complaint.with_user(self.judge).action_request_approval()
        approval = complaint.sudo().approval_ids
        self.assertEqual(approval.amount, 600)
        approval.with_user(self.general).action_approve()
        self.decide(complaint)
        self.assertEqual(complaint.state, "decided")
        self.decided(self.delivered(partner=self.other_customer), kinds=kinds)
        self.pass_days(91)
        self.decided(kinds=kinds)

    def test_money_split_over_lines_and_rounds_is_counted_together(self):
        halves = [{"kind": "compensation", "amount": 300}, {"kind": "compensation", "amount": 300}]
        complaint = self.proposed(kinds=halves)
        with self.assertRaises(UserError), self.cr.savepoint():
            complaint.with_user(self.judge)._decide("justified", "Clear case")
        complaint.disposition_ids[0].unlink()
        self.decide(complaint)
        complaint.action_execute()
        complaint.sudo().disposition_ids.credit_note_ids.action_post()
        self.tell(complaint)
        self.reason(complaint, self.bao, "reopen")
        complaint.action_acknowledge()
        complaint.action_investigate()
        self.dispose(complaint, "compensation", amount=300)
        complaint.action_propose()
        with self.assertRaises(UserError), self.cr.savepoint():
            complaint.with_user(self.judge)._decide("justified", "Clear case")

    def test_taking_the_decision_back_cancels_what_is_not_carried_out(self):
        complaint = self.carried_out("replacement", {"kind": "compensation", "amount": 80})
        picking = complaint.sudo().disposition_ids.picking_ids
        note = complaint.sudo().disposition_ids.credit_note_ids
        complaint.with_user(self.judge).action_reconsider()
        self.assertEqual((picking.state, note.state, complaint.state), ("cancel", "cancel", "proposal"))
        self.assertEqual(set(complaint.sudo().disposition_ids.mapped("state")), {"cancelled"})

    def test_document_cancelled_in_the_warehouse_can_be_made_again(self):
        complaint = self.carried_out("replacement")
        first = complaint.sudo().disposition_ids.picking_ids
        first.action_cancel()
        self.assertEqual(complaint.sudo().disposition_ids.state, "decided")
        complaint.action_execute()
        self.assertEqual(len(complaint.sudo().disposition_ids.picking_ids - first), 1)

    def test_what_is_under_way_is_not_set_going_again(self):
        complaint = self.carried_out("replacement")
        with self.assertRaisesRegex(UserError, "Under Way"):
            complaint.disposition_ids.action_execute()

    def test_only_who_handles_it_carries_it_out(self):
        complaint = self.decided(kinds=("replacement",))
        for user in (self.li, self.leader, self.ren, self.manager, self.general):
            with self.assertRaises(AccessError), self.cr.savepoint():
                complaint.with_user(user).disposition_ids.action_execute()
        self.assertFalse(complaint.sudo().disposition_ids.picking_ids)
