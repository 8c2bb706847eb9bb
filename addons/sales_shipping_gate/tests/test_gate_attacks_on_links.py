# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import Command
from odoo.addons.sales_policy.tests.attack import REFUSED
from odoo.tests import tagged

from .common import GateCommon


@tagged("post_install", "-at_install")
class TestGateAttacksOnLinks(GateCommon):
    """Money of one order that is told to be another's, goods of one order that are told to be another's (SHP-3)."""

    def setUp(self):
        super().setUp()
        self.unpaid, self.gone = self.sold(), self.sold(partner=self.other_customer)
        self.bills = self.paid(self.gone).invoice_line_ids
        self.people = (
            self.worker | self.stock_manager | self.li | self.manager | self.accountant | self.clerk | self.employee
        )
        self.env.flush_all()

    def assertLinkRefused(self, model, record, values, users=None):
        for user in users or self.people:
            with self.subTest(user=user.login, values=values):
                self.assertRefused(REFUSED, user, model, "write", record.ids, values)
        self.settle()
        self.assertEqual(self.unpaid.shipping_gate_state, "held")
        self.assertHeld(lambda: self.ship(self.delivery(self.unpaid)))

    def test_paid_invoice_line_is_not_linked_to_an_unpaid_line(self):
        line = self.unpaid.order_line
        for command in (Command.link(self.bills.id), Command.set(self.bills.ids)):
            self.assertLinkRefused("sale.order.line", line, {"invoice_lines": [command]})
            update = Command.update(line.id, {"invoice_lines": [command]})
            self.assertLinkRefused("sale.order", self.unpaid, {"order_line": [update]})
        self.assertLinkRefused("account.move.line", self.bills, {"sale_line_ids": [Command.link(line.id)]})
        self.assertLinkRefused("account.move.line", self.bills, {"sale_line_ids": [Command.set(line.ids)]})

    def test_new_line_is_not_born_with_a_paid_invoice_line(self):
        values = {
            "product_id": self.lathe.id,
            "product_uom_qty": 1,
            "tax_ids": False,
            "invoice_lines": [Command.link(self.bills.id)],
        }
        for user in self.people:
            self.assertRefused(REFUSED, user, "sale.order.line", "create", [{**values, "order_id": self.unpaid.id}])
            self.assertRefused(
                REFUSED, user, "sale.order", "write", self.unpaid.ids, {"order_line": [Command.create(values)]}
            )
        order = {"partner_id": self.customer.id, "order_line": [Command.create(values)]}
        self.assertRefused(REFUSED, self.li, "sale.order", "create", [order])
        plain = Command.create({"product_id": self.lathe.id, "product_uom_qty": 1, "tax_ids": False})
        forged = {"default_invoice_lines": self.bills.ids}
        order = self.rpc(
            self.li,
            "sale.order",
            "create",
            [{"partner_id": self.customer.id, "order_line": [plain]}],
            context=forged,
        )
        self.assertFalse(self.env["sale.order"].browse(order).order_line.invoice_lines)

    def test_online_payment_of_another_order_is_not_linked(self):
        transaction = self.online(self.gone, 100.0)
        for command in (Command.link(transaction.id), Command.set(transaction.ids)):
            self.assertLinkRefused("sale.order", self.unpaid, {"transaction_ids": [command]})
        self.assertLinkRefused("payment.transaction", transaction, {"sale_order_ids": [Command.link(self.unpaid.id)]})

    def test_nobody_says_that_an_online_payment_came(self):
        pending = self.env["payment.transaction"].create(
            {
                "provider_id": self.env.ref("payment.payment_provider_transfer").id,
                "payment_method_id": self.env.ref("payment.payment_method_card").id,
                "reference": "pending",
                "amount": 100.0,
                "currency_id": self.unpaid.currency_id.id,
                "partner_id": self.unpaid.partner_id.id,
                "sale_order_ids": [Command.set(self.unpaid.ids)],
            }
        )
        for values in ({"state": "done"}, {"amount": 1}, {"operation": "refund"}, {"payment_id": False}):
            self.assertLinkRefused("payment.transaction", pending, values)
        forged = pending.copy_data({"reference": "forged"})[0]
        for values in ({"state": "done"}, {"sale_order_ids": [Command.link(self.unpaid.id)]}):
            for user in self.people:
                self.assertRefused(REFUSED, user, "payment.transaction", "create", [{**forged, **values}])
        # The server makes transactions in the name of whoever is logged in, whose defaults are at hand.
        self.rpc(self.employee, "ir.default", "set", "payment.transaction", "state", "done", user_id=True)
        context = {"default_state": "done", "default_sale_order_ids": self.unpaid.ids}
        made = self.env["payment.transaction"].with_user(self.employee).sudo().with_context(**context).create([forged])
        self.assertEqual((made.state, made.sale_order_ids.ids), ("draft", []))

    def test_what_a_provider_reports_is_recorded_whoever_asked_for_it(self):
        administrator = self._user("admin.fu", "Fu", "base.group_system,account.group_account_manager")
        transaction = self.online(self.unpaid, 100.0)
        self.assertEqual(self.unpaid.shipping_gate_state, "released")
        self.bank.inbound_payment_method_line_ids[:1].payment_provider_id = transaction.provider_id
        transaction.with_user(administrator).action_post_process()
        self.assertTrue(transaction.payment_id)
        self.assertEqual(self.unpaid.shipping_gate_state, "released")
        refund = transaction._create_child_transaction(100.0, is_refund=True)
        refund.with_user(administrator)._set_done()
        self.settle()
        self.assertEqual(self.unpaid.shipping_gate_state, "held")

    def test_money_stays_with_the_line_it_came_for(self):
        for user in (self.li, self.manager):
            self.assertRefused(
                REFUSED, user, "sale.order.line", "write", self.gone.order_line.ids, {"order_id": self.unpaid.id}
            )
        quotation = self.order(self.customer, self.li)
        other = self.order(self.customer, self.li)
        self.rpc(self.li, "sale.order.line", "write", quotation.order_line.ids, {"order_id": other.id})
        self.assertEqual(len(other.order_line), 2)

    def test_line_that_has_left_stays_with_its_order(self):
        self.ship(self.delivery(self.gone))
        line = self.gone.order_line
        self.assertLinkRefused("sale.order.line", line, {"order_id": self.unpaid.id})
        self.assertLinkRefused("sale.order", self.unpaid, {"order_line": [Command.link(line.id)]})
        self.assertEqual(line.order_id, self.gone)

    def again(self):
        """Let the warehouse send the goods of the order that has left once more."""
        values = {"location_id": self.stock.id, "location_dest_id": self.customers.id}
        move = {
            "product_id": self.lathe.id,
            "product_uom_qty": 1,
            "sale_line_id": self.gone.order_line.id,
            **values,
        }
        picking = self.env["stock.picking"].create(
            {"picking_type_id": self.warehouse.out_type_id.id, "move_ids": [Command.create(move)], **values}
        )
        picking.action_confirm()
        self.ship(picking)

    def test_goods_that_have_left_are_not_called_back_on_paper(self):
        self.ship(self.delivery(self.gone))
        left = self.gone.order_line.move_ids
        other = self.transfer(self.warehouse.int_type_id, self.stock, self.stock.copy({"name": "Shelf"})).move_ids
        self.env.flush_all()
        for model, record, values in (
            ("stock.move", left, {"state": "draft"}),
            ("stock.move", left, {"state": "cancel"}),
            ("stock.move", left, {"move_line_ids": [Command.unlink(left.move_line_ids.id)]}),
            ("stock.move.line", left.move_line_ids, {"state": "draft"}),
            ("stock.move.line", left.move_line_ids, {"move_id": other.id}),
            ("stock.move.line", left.move_line_ids, {"move_id": False}),
            ("stock.move", other, {"move_line_ids": [Command.link(left.move_line_ids.id)]}),
        ):
            for user in (self.worker, self.stock_manager, self.employee):
                with self.subTest(values=values, user=user.login), self.cr.savepoint() as savepoint:
                    try:
                        with self.cr.savepoint():
                            self.rpc(user, model, "write", record.ids, values)
                            self.env.flush_all()
                    except REFUSED:
                        pass
                    self.env.invalidate_all()
                    self.assertHeld(self.again)
                    savepoint.rollback()
                    self.env.invalidate_all()
        self.assertEqual(self.with_customers(), 1)

    def test_goods_that_were_booked_back_pass_again(self):
        self.ship(self.delivery(self.gone))
        left, shelf = self.gone.order_line.move_ids, self.stock.copy({"name": "Shelf"})
        for model, record, back, forth in (
            ("stock.move", left, {"quantity": 0}, {"quantity": 1}),
            ("stock.move.line", left.move_line_ids, {"quantity": 0}, {"quantity": 1}),
            (
                "stock.move.line",
                left.move_line_ids,
                {"location_dest_id": shelf.id},
                {"location_dest_id": left.location_dest_id.id},
            ),
        ):
            for user in (self.worker, self.stock_manager):
                with self.subTest(model=model, values=back, user=user.login), self.cr.savepoint() as savepoint:
                    self.rpc(user, model, "write", record.ids, back)
                    self.again()
                    self.assertEqual(self.with_customers(), 1)
                    self.assertHeld(lambda u=user, m=model, r=record, v=forth: self.rpc(u, m, "write", r.ids, v))
                    savepoint.rollback()
                    self.env.invalidate_all()

    def test_payment_that_came_online_is_linked_to_no_other_order(self):
        paid = self.sold()
        transaction = self.online(paid, 100.0)
        values = {"payment_type": "inbound", "partner_type": "customer", "partner_id": self.customer.id, "amount": 100}
        payment = self.env["account.payment"].create({**values, "journal_id": self.bank.id})
        payment.action_post()
        transaction.payment_id = payment
        self.settle()
        link = {"payment_id": payment.id, "order_id": self.unpaid.id, "amount": 100}
        self.assertRefused(REFUSED, self.fu, "sales.payment.link", "create", [link])
        money = (paid | self.unpaid)._gate_money()
        self.assertEqual((money[paid], money[self.unpaid]), (100, 0))
