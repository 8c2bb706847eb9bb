# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo.tests import tagged

from .common import GateCommon


@tagged("post_install", "-at_install")
class TestGateLists(GateCommon):
    """Lists find and group orders and deliveries by what the gate says, never by what it said once."""

    people = {"reader": ("lin.reader", "Lin", "sales_team.group_sale_salesman_all_leads,stock.group_stock_user")}

    def found(self, model, state):
        return self.env[model].with_user(self.reader).search([("shipping_gate_state", "=", state)])

    def grouped(self, model, records):
        rows = (
            self.env[model]
            .with_user(self.reader)
            ._read_group([("id", "in", records.ids)], ["shipping_gate_state"], ["id:recordset"])
        )
        return {state: some.sudo() for state, some in rows}

    def test_orders(self):
        held, paid, draft = self.sold(), self.sold(), self.quotation(self.lathe)
        self.paid(paid)
        for state, order in (("held", held), ("released", paid), ("not_applicable", draft)):
            found = self.found("sale.order", state)
            self.assertEqual(found & (held | paid | draft).with_user(self.reader), order.with_user(self.reader), state)
            self.assertEqual(order.shipping_gate_state, state)
        self.assertEqual(
            self.grouped("sale.order", held | paid | draft), {"held": held, "released": paid, "not_applicable": draft}
        )
        both = self.env["sale.order"].search([("shipping_gate_state", "!=", "held")])
        self.assertIn(paid, both)
        self.assertNotIn(held, both)

    def test_order_is_found_before_the_transaction_ends(self):
        order = self.sold()
        invoice = self.bill(order)
        self.pay(invoice, settle=False)
        self.assertIn(order, self.found("sale.order", "released").sudo())
        invoice.line_ids.remove_move_reconcile()
        self.assertIn(order, self.found("sale.order", "held").sudo())

    def test_new_policy_is_seen_at_once(self):
        order = self.sold()
        self.paid(order, amount=40)
        self.settle()
        policy = self.env["sales.shipping.policy"].create(
            {"name": "Deposit", "requirement": "deposit", "deposit_percent": 30, "company_id": self.company.id}
        )
        self.assertIn(order, self.found("sale.order", "released").sudo())
        order._gate_sweep()
        policy.deposit_percent = 60
        self.assertIn(order, self.found("sale.order", "held").sudo())
        policy.active = False
        self.assertEqual(order.shipping_gate_missing_amount, 60)

    def test_credit_is_judged_by_the_day(self):
        self.env["sales.shipping.policy"].create(
            {"name": "Credit", "requirement": "credit", "credit_limit": 150, "company_id": self.company.id}
        )
        order = self.sold()
        order._gate_sweep()
        self.assertIn(order, self.found("sale.order", "released").sudo())
        self.bill(self.sold(quantity=2))
        self.assertIn(order, self.found("sale.order", "held").sudo())

    def test_deliveries(self):
        held, paid = self.sold(), self.sold()
        self.paid(paid)
        done = self.sold()
        self.paid(done)
        shipped = self.delivery(done)
        self.ship(shipped)
        pickings = {"held": self.delivery(held), "released": self.delivery(paid), "not_applicable": shipped}
        everything = self.env["stock.picking"].union(*pickings.values())
        for state, picking in pickings.items():
            self.assertEqual(self.found("stock.picking", state).sudo() & everything, picking, state)
        self.assertEqual(self.grouped("stock.picking", everything), pickings)
