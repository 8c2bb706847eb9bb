# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import Command
from odoo.addons.sales_policy.tests.attack import REFUSED
from odoo.tests import tagged

from .by_hand import ByHandCommon


@tagged("post_install", "-at_install")
class TestGateAttacksOnOrders(ByHandCommon):
    """What an order and its masters say is what leaves (SHP-3)."""

    def leave(self, order):
        self.settle()
        self.ship(self.delivery(order))

    def price(self, order, price):
        self.rpc(self.li, "sale.order.line", "write", order.order_line.ids, {"price_unit": price})

    def test_spared_line_spares_no_other_goods(self):
        gold = self.goods("Gold", list_price=5000)
        order = self.restart(lambda: self.sold(5))

        def step():
            self.rpc(self.li, "stock.picking", "action_cancel", order.picking_ids.ids)
            self.rpc(self.li, "sale.order.line", "write", order.order_line.ids, {"product_id": gold.id})
            self.again(order.order_line, 5, gold)

        self.assertNothingLeaves(step, gold)

    def test_spared_pieces_do_not_become_dozens(self):
        order = self.restart(lambda: self.sold(5))
        self.ship(self.delivery(order))

        def step():
            self.rpc(
                self.li,
                "sale.order.line",
                "write",
                order.order_line.ids,
                {"product_uom_id": self.env.ref("uom.product_uom_dozen").id},
            )
            self.again(order.order_line, 55)

        self.assertNothingLeaves(step)

    def test_paid_piece_does_not_become_a_dozen(self):
        order, dozen = self.sold(), self.env.ref("uom.product_uom_dozen")
        self.paid(order)

        def step():
            self.rpc(self.li, "sale.order.line", "write", order.order_line.ids, {"product_uom_id": dozen.id})
            self.again(order.order_line, 12)

        self.assertNothingLeaves(step)

    def test_spared_order_spares_no_other_customer(self):
        order = self.restart(lambda: self.sold(5))

        def step():
            parties = dict.fromkeys(("partner_id", "partner_invoice_id"), self.other_customer.id)
            self.rpc(self.li, "sale.order", "write", order.ids, parties)
            self.leave(order)

        self.assertNothingLeaves(step)

    def test_hold_by_hand_holds_spared_goods_too(self):
        order = self.restart(lambda: self.sold(5))
        order.with_user(self.fu)._gate_decide("hold", "Fraud")
        self.settle()
        self.assertNothingLeaves(lambda: self.ship(self.delivery(order)))

    def test_line_that_left_is_not_entered_anew(self):
        for pay in (lambda order: self.online(order, 100.0), lambda order: self.pay(self.bill(order, percent=100))):
            order = self.sold()
            pay(order)
            self.leave(order)
            line = order.order_line.filtered(lambda line: line.product_id == self.lathe)

            def step(order=order, line=line):
                self.rpc(self.li, "sale.order", "write", order.ids, {"state": "draft"})
                self.rpc(self.li, "sale.order.line", "unlink", line.ids)
                self.rpc(
                    self.li,
                    "sale.order.line",
                    "create",
                    [{"order_id": order.id, "product_id": self.lathe.id, "product_uom_qty": 1, "tax_ids": False}],
                )
                self.rpc(self.li, "sale.order", "action_confirm", order.ids)
                self.leave(order)

            with self.subTest(order=order.name):
                self.assertNothingLeaves(step)

    def test_tolerance_is_for_fees_of_money_that_came(self):
        self.company.shipping_tolerance = 5
        order = self.sold()

        def step():
            self.price(order, 4.99)
            self.leave(order)
            self.price(order, 100)

        self.assertNothingLeaves(step)

    def test_order_is_not_lent_to_a_free_customer(self):
        self.shipping_policy("none", partner_ids=self.other_customer.ids)
        order = self.sold()

        def step():
            for partner in (self.other_customer, self.customer):
                self.rpc(
                    self.li,
                    "sale.order",
                    "write",
                    order.ids,
                    {"partner_id": partner.id, "partner_invoice_id": partner.id},
                )
                if partner == self.other_customer:
                    self.leave(order)

        self.assertNothingLeaves(step)

    def test_credit_remembers_what_left(self):
        self.shipping_policy("credit", credit_limit=150)
        first, second = self.sold(), self.sold()
        self.leave(first)
        self.assertHeld(lambda: self.leave(second))

        def draft_invoice():
            values = {"sale_order_ids": [Command.set(first.ids)], "advance_payment_method": "delivered"}
            wizard = self.rpc(self.li, "sale.advance.payment.inv", "create", [values])
            self.rpc(self.li, "sale.advance.payment.inv", "create_invoices", wizard)

        def other_customer():
            parties = dict.fromkeys(("partner_id", "partner_invoice_id"), self.third_customer.id)
            self.rpc(self.li, "sale.order", "write", first.ids, parties)

        def cancelled():
            self.rpc(self.li, "sale.order", "write", first.ids, {"state": "cancel"})

        for trick in (draft_invoice, other_customer, cancelled):

            def step(trick=trick):
                trick()
                self.leave(second)

            with self.subTest(trick=trick.__name__):
                self.assertNothingLeaves(step)

    def test_new_for_old_waits_for_the_old(self):
        fee = self.env["product.product"].create({"name": "Fee", "type": "service", "taxes_id": False})
        lines = [(self.lathe, 1, 100), (self.lathe, -1, 100), (fee, 1, 1)]
        order = self.confirmed(
            order_line=[
                Command.create({"product_id": p.id, "product_uom_qty": q, "price_unit": u, "tax_ids": False})
                for p, q, u in lines
            ]
        )
        self.online(order, 1.0)
        out = order.picking_ids.filtered(lambda picking: picking.location_dest_id.usage == "customer")
        self.assertNothingLeaves(lambda: self.ship(out))

    def test_unit_of_a_confirmed_line_does_not_grow(self):
        keeper = self._user("tao.products", "Tao", "product.group_product_manager")
        values = {"name": "Pallet", "relative_factor": 1, "relative_uom_id": self.env.ref("uom.product_uom_unit").id}
        [pallet] = self.rpc(keeper, "uom.uom", "create", [values])
        line = {"product_id": self.lathe.id, "product_uom_qty": 1, "product_uom_id": pallet, "tax_ids": False}
        order = self.confirmed(order_line=[Command.create(line)])
        self.paid(order)

        def step():
            self.rpc(self.li, "stock.picking", "action_cancel", order.picking_ids.ids)
            self.rpc(keeper, "uom.uom", "write", [pallet], {"relative_factor": 50})
            self.again(order.order_line, 50)

        self.assertNothingLeaves(step)

    def test_draft_of_an_order_that_left_does_not_order_less(self):
        order = self.left(2)
        line = order.order_line
        # Who sells and ships cancels it; what left stays.
        self.li.group_ids += self.env.ref("stock.group_stock_user")
        self.rpc(self.li, "sale.order", "action_cancel", order.ids)
        self.rpc(self.li, "sale.order", "action_draft", order.ids)
        self.assertRefused(REFUSED, self.li, "sale.order.line", "write", line.ids, {"product_uom_qty": 0})
        self.rpc(self.li, "sale.order.line", "write", line.ids, {"product_uom_qty": 3})
        self.assertEqual(line.product_uom_qty, 3)
