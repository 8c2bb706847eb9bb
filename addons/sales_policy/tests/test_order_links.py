# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .money import MoneyCommon


@tagged("post_install", "-at_install")
class TestOrderLinks(MoneyCommon):
    """What an order is worth, when it was paid, and by which invoice, stays with that order (OWN-3, OWN-8)."""

    def invoice_values(self, lines):
        values = {"name": "x", "quantity": 1, "price_unit": 100.0, "tax_ids": False}
        return {
            "move_type": "out_invoice",
            "partner_id": self.customer.id,
            "invoice_date": fields.Date.to_string(fields.Date.today()),
            "invoice_line_ids": [Command.create({**values, **more}) for more in lines],
        }

    def reversal(self, invoice):
        return (
            self.env["account.move.reversal"]
            .with_user(self.accountant)
            .with_context(active_model="account.move", active_ids=invoice.ids)
            .create({"reason": "Wrong price", "journal_id": invoice.journal_id.id})
        )

    def test_line_of_a_confirmed_order_stays_there(self):
        self.register(self.customer, self.li)
        theirs = self.confirmed(user=self.wang)
        mine = self.confirmed(user=self.wang, partner=self.other_customer)
        moved = {"order_id": mine.id}
        self.assertRefused(UserError, self.wang, "sale.order.line", "write", theirs.order_line.ids, moved)
        quotation = self.order(self.other_customer, self.wang)
        self.rpc(self.wang, "sale.order.line", "write", quotation.order_line.ids, moved)
        self.assertEqual(len(mine.order_line), 2)

    def test_accountant_makes_no_invoice_for_an_order_by_hand(self):
        order = self.confirmed(user=self.wang, partner=self.other_customer)
        links = {"sale_line_ids": [Command.set(order.order_line.ids)]}
        values = self.invoice_values([links])
        self.assertRefused(AccessError, self.accountant, "account.move", "create", [values])
        [invoice] = self.rpc(self.accountant, "account.move", "create", [self.invoice_values([{}])])
        added = {"invoice_line_ids": values["invoice_line_ids"]}
        self.assertRefused(AccessError, self.accountant, "account.move", "write", [invoice], added)
        line = {"move_id": invoice, "name": "x", "price_unit": 1.0, "tax_ids": False}
        self.assertRefused(AccessError, self.accountant, "account.move.line", "create", [{**line, **links}])
        context = {"default_sale_line_ids": [Command.set(order.order_line.ids)]}
        self.assertRefused(AccessError, self.accountant, "account.move.line", "create", [line], context=context)
        self.assertFalse(order.order_line.invoice_lines)

    def test_accountant_edits_reverses_and_replaces_the_invoice_of_an_order(self):
        order = self.confirmed(user=self.wang)
        invoice = self.bill(order, post=False)
        with Form(invoice.with_user(self.accountant)) as form:
            with form.invoice_line_ids.edit(0) as line:
                line.price_unit = 90
            with form.invoice_line_ids.new() as line:
                line.name = "Freight"
                line.price_unit = 10
        self.rpc(self.accountant, "account.move", "action_post", invoice.ids)
        self.reversal(invoice).refund_moves()
        self.reversal(invoice).modify_moves()
        self.assertEqual(len(order.order_line.invoice_lines.move_id), 4)

    def test_salesperson_invoices_own_order_as_ever(self):
        order = self.confirmed(user=self.li)
        order.order_line.product_id.invoice_policy = "order"
        for values in ({"advance_payment_method": "percentage", "amount": 10}, {"advance_payment_method": "delivered"}):
            wizard = self.env["sale.advance.payment.inv"].with_user(self.li)
            wizard.with_context(active_ids=order.ids, active_model="sale.order").create(values).create_invoices()
        self.assertEqual(len(order.invoice_ids), 2)

    def test_moment_of_online_money_is_written_by_the_server(self):
        order = self.quotation(self.unit(), self.chen, self.other_customer)
        transaction = self.online(order, order.amount_total)
        self.assertEqual(transaction.last_state_change.date(), fields.Date.today())
        earlier = {"last_state_change": "2020-01-01 00:00:00"}
        self.assertRefused(AccessError, self.accountant, "payment.transaction", "write", transaction.ids, earlier)

    def test_charge_of_an_accountant_has_its_moment(self):
        order = self.quotation(self.unit(), self.chen, self.other_customer)
        transaction = self.env["payment.transaction"].create(
            {
                "provider_id": self.env.ref("payment.payment_provider_transfer").id,
                "payment_method_id": self.env.ref("payment.payment_method_card").id,
                "reference": "saved-card",
                "amount": order.amount_total,
                "currency_id": order.currency_id.id,
                "partner_id": order.partner_id.id,
                "last_state_change": "2020-01-01 00:00:00",
            }
        )
        transaction.with_user(self.accountant)._set_done()
        self.assertEqual(transaction.last_state_change.date(), fields.Date.today())

    def test_closer_does_not_choose_the_split_rule(self):
        south = {"name": "South", "sequence": 1, "team_id": self.south.id, "owner_share": 10, "closer_share": 90}
        everybody = {"name": "All", "sequence": 2, "owner_share": 90, "closer_share": 10}
        self.env["sales.entitlement.rule"].create([south, everybody])
        self.register(self.customer, self.li)
        of_north, of_south = self.confirmed(user=self.wang), self.confirmed(user=self.chen)
        self.rpc(self.wang, "sale.order", "write", of_north.ids, {"team_id": self.south.id})
        self.pay(self.bill(of_north))
        self.pay(self.bill(of_south))
        self.assertEqual(self.shares(of_north), {self.li: 90.0, self.wang: 10.0})
        self.assertEqual(self.shares(of_south), {self.li: 10.0, self.chen: 90.0})

    def test_split_lapses_when_the_order_grows(self):
        order = self.confirmed()
        halves = [Command.create({"user_id": user.id, "share": 50}) for user in (self.li, self.wang)]
        values = {"order_id": order.id, "reason": "Won together", "line_ids": halves}
        split = self.env["sales.entitlement.split"].with_user(self.li).create(values)
        split.action_request()
        approval = split.sudo().approval_ids
        self.rpc(self.li, "sale.order", "write", order.ids, {"client_order_ref": "4711"})
        self.env.flush_all()
        self.assertEqual(approval.state, "pending")
        product = self.env["product.product"].create({"name": "Large lathe", "list_price": 99999.0})
        self.rpc(
            self.li, "sale.order", "write", order.ids, {"order_line": [Command.create({"product_id": product.id})]}
        )
        self.env.flush_all()
        self.assertEqual(approval.state, "lapsed")
        split.action_request()
        self.rpc(self.manager, "sales.approval", "action_approve", (split.sudo().approval_ids - approval).ids)
