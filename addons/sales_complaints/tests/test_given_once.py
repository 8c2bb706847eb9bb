# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import ComplaintCommon

REFUSED = (AccessError, UserError, ValidationError)


@tagged("post_install", "-at_install")
class TestGivenOnce(ComplaintCommon):
    """The same goods are settled once, at what was paid for them, whichever document is named (CMP-2, 7, 9)."""

    def source(self, **values):
        return [Command.create({"quantity": 10, "colour": "1", **values})]

    def assertNotRegistered(self, line, error="not of the same sale"):
        values = {"subject": "x", "type_id": self.quality.id, "partner_id": self.customer.id, "line_ids": line}
        with self.assertRaisesRegex(ValidationError, error), self.cr.savepoint():
            self.rpc(self.kang, "sales.complaint", "create", [values])

    def executed(self, complaint):
        complaint.action_execute()
        notes = complaint.sudo().disposition_ids.credit_note_ids
        notes.action_post()
        return notes

    def test_same_goods_are_not_complained_about_by_order_delivery_and_invoice(self):
        order = self.delivered(bill=True)
        self.register(order, quantity=10)
        move, bill = order.picking_ids.move_ids, order.invoice_ids.invoice_line_ids
        self.assertNotRegistered(self.source(move_id=move.id, sale_line_id=False))
        self.assertNotRegistered(self.source(invoice_line_id=bill.id, sale_line_id=False))
        self.assertNotRegistered(self.source(sale_line_id=order.order_line.id), "")

    def test_price_is_not_taken_from_the_invoice_of_another_sale(self):
        order = self.delivered(bill=True)
        other = self.delivered(quantity=1, product=self.goods("Gold pump", list_price=9000.0), bill=True)
        bill = other.invoice_ids.invoice_line_ids
        line = {"sale_line_id": order.order_line.id, "invoice_line_id": bill.id, "product_id": self.pump.id}
        self.assertNotRegistered(self.source(**line))

    def test_price_stays_in_the_currency_of_the_document(self):
        line = self.investigated(self.delivered(bill=True)).line_ids
        other = self.env["res.currency"].with_context(active_test=False)
        other = other.search([("id", "!=", self.company.currency_id.id)], limit=1)
        other.active = True
        self.assertRefused(ValidationError, self.kang, line._name, "write", line.ids, {"currency_id": other.id})

    def test_goods_are_counted_in_a_unit_of_their_own_sort(self):
        order, ton = self.delivered(), self.env.ref("uom.product_uom_ton")
        line = self.source(sale_line_id=order.order_line.id, product_uom_id=ton.id)
        self.assertNotRegistered(line, "not counted in")

    def test_a_piece_is_refunded_at_the_price_of_a_piece(self):
        complaint = self.investigated(self.delivered(bill=True), quantity=10)
        with self.assertRaisesRegex(ValidationError, "cannot be refunded"), self.cr.savepoint():
            self.dispose(complaint, "refund", quantity=1, amount=1000)
        self.dispose(complaint, "refund", quantity=1, amount=100)

    def test_a_return_of_one_piece_does_not_cover_the_refund_of_ten(self):
        order = self.delivered(bill=True)
        complaint = self.proposed(order, quantity=10, kinds=("refund", {"kind": "return", "quantity": 1}))
        self.assertEqual(complaint.given_amount, 900)
        with self.assertRaises(UserError), self.cr.savepoint():
            self.decide(complaint)

    def test_goods_are_not_lowered_below_what_is_decided_about_them(self):
        complaint = self.investigated(quantity=10)
        self.dispose(complaint, "replacement")
        complaint.line_ids.with_user(self.kang).quantity = 1
        with self.assertRaisesRegex(ValidationError, "dispositions for 10"), self.cr.savepoint():
            complaint.action_propose()
            self.decide(complaint)

    def test_what_was_given_counts_after_the_complaint_was_opened_again(self):
        kinds = ({"kind": "compensation", "amount": 500},)
        first = self.decided(kinds=kinds)
        self.executed(first)
        self.rpc(self.judge, "sales.complaint", "action_reconsider", first.ids)
        self.env.invalidate_all()
        second = self.proposed(kinds=kinds)
        with self.assertRaises(UserError), self.cr.savepoint():
            self.decide(second)

    def test_goods_of_an_unfounded_complaint_are_not_settled_in_two(self):
        order = self.delivered(bill=True)
        first = self.proposed(order, quantity=10, kinds=("return", "refund"))
        self.decide(first, grounds="unfounded")
        self.proposed(order, quantity=10, kinds=("return", "refund"))
        self.assertRefused(ValidationError, self.judge, "sales.complaint", "action_reconsider", first.ids)

    def test_nobody_withdraws_or_calls_unfounded_what_was_paid_back(self):
        complaint = self.decided(self.delivered(bill=True), quantity=10, kinds=("return", "refund"))
        self.executed(complaint)
        with self.assertRaisesRegex(UserError, "was carried out"), self.cr.savepoint():
            complaint.sudo()._withdraw("Withdrawn by the customer online.")
        self.rpc(self.judge, "sales.complaint", "action_reconsider", complaint.ids)
        self.env.invalidate_all()
        with self.assertRaisesRegex(UserError, "was carried out"), self.cr.savepoint():
            self.decide(complaint, grounds="unfounded")

    def test_nobody_withdraws_what_was_replaced(self):
        complaint = self.decided(self.delivered(), quantity=10, kinds=("replacement",))
        complaint.action_execute()
        self.ship(complaint.sudo().disposition_ids.picking_ids)
        with self.assertRaisesRegex(UserError, "was carried out"), self.cr.savepoint():
            self.reason(complaint, self.bao, "withdraw")

    def test_a_decision_disposes_of_all_goods(self):
        complaint = self.decided()
        self.rpc(self.judge, "sales.complaint", "action_reconsider", complaint.ids)
        self.env.invalidate_all()
        with self.assertRaises(UserError), self.cr.savepoint():
            self.decide(complaint)

    def test_one_return_covers_one_replacement(self):
        order = self.delivered(bill=True)
        five = {"kind": "replacement", "quantity": 5}
        complaint = self.decided(order, quantity=10, kinds=({"kind": "return", "quantity": 5}, five, five))
        complaint.action_execute()
        for picking in complaint.sudo().disposition_ids.sorted("id").picking_ids:
            self.ship(picking)
        self.assertEqual((order.order_line.qty_delivered, order.order_line.qty_to_invoice), (10, 0))

    def test_nothing_is_refunded_that_the_books_have_credited(self):
        order = self.delivered(bill=True)
        invoice = order.invoice_ids
        reversal = self.env["account.move.reversal"].with_context(active_model="account.move", active_ids=invoice.ids)
        reversal.create({"journal_id": invoice.journal_id.id}).refund_moves()
        order.invoice_ids.filtered(lambda move: move.move_type == "out_refund").action_post()
        self.company.sales_complaint_free_amount = 10**6
        complaint = self.decided(order, quantity=10, kinds=("refund",))
        with self.assertRaisesRegex(UserError, "more cannot be"), self.cr.savepoint():
            complaint.action_execute()

    def test_what_came_back_is_not_complained_about_by_its_delivery(self):
        order = self.delivered()
        wizard = self.env["stock.return.picking"].create({"picking_id": order.picking_ids.id})
        wizard.product_return_moves.quantity = 10
        self.ship(wizard._create_return())
        move = order.picking_ids.move_ids.filtered(lambda move: not move.origin_returned_move_id)
        self.assertNotRegistered(self.source(move_id=move.id), "")

    def test_customer_stays_the_one_who_bought_the_goods(self):
        order = self.delivered(bill=True)
        line = self.source(sale_line_id=order.order_line.id)
        complaint = self.investigated(order, order_id=False, line_ids=line)
        values = {"partner_id": self.other_customer.id}
        self.assertRefused(ValidationError, self.kang, "sales.complaint", "write", complaint.ids, values)

    def test_prices_that_include_taxes_are_credited_as_they_were_billed(self):
        for price, discount in ((100.0, 0), (113.0, 0), (99.99, 0), (100.0, 10)):
            values = {"name": f"VAT {price} {discount}", "amount": 13, "type_tax_use": "sale"}
            tax = self.env["account.tax"].create({**values, "price_include_override": "tax_included"})
            order = self.delivered(product=self.goods(f"Pump {price}", list_price=price), tax=tax)
            order.order_line.discount = discount
            order._create_invoices().action_post()
            complaint = self.decided(order, quantity=2, kinds=("return", "refund"))
            notes = self.executed(complaint)
            self.assertAlmostEqual(notes.amount_total, order.invoice_ids[:1].amount_total / 5, 2)
