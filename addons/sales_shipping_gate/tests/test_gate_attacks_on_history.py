# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo.tests import tagged

from .by_hand import ByHandCommon


@tagged("post_install", "-at_install")
class TestGateAttacksOnHistory(ByHandCommon):
    """What has moved stays as it was booked (SHP-3)."""

    def test_receipt_makes_no_room_on_a_line(self):
        order, transit = self.sold(), self.env.ref("stock.stock_location_inter_company")
        self.paid(order)
        self.env["stock.quant"]._update_available_quantity(self.lathe, transit, 50)
        receipt = self.by_hand(transit, self.stock, 50, kind=self.warehouse.in_type_id)

        def step():
            self.rpc(self.worker, "stock.move", "write", receipt.move_ids.ids, {"sale_line_id": order.order_line.id})
            self.again(order.order_line, 40)

        self.assertNothingLeaves(step)

    def test_transfer_of_before_the_gate_is_not_turned_to_a_customer(self):
        shelf = self.shelf()
        done = self.restart(lambda: self.by_hand(self.stock, shelf, 50, kind=self.warehouse.int_type_id))
        self.assertNothingLeaves(
            lambda: self.rpc(
                self.worker, "stock.move.line", "write", done.move_line_ids.ids, {"location_dest_id": self.customers.id}
            )
        )

    def test_open_transfer_of_before_the_gate_is_not_turned_to_a_customer(self):
        shelf = self.shelf()
        waiting = self.restart(lambda: self.by_hand(self.stock, shelf, 20, kind=self.warehouse.int_type_id, ship=False))

        def step():
            self.rpc(self.worker, "stock.picking", "action_assign", waiting.ids)
            self.turn_to_customers(waiting)

        self.assertNothingLeaves(step)

    def test_goods_do_not_come_back_on_paper_by_a_unit_key(self):
        order, shelf = self.left(), self.shelf()
        line = order.order_line.move_ids.move_line_ids

        def step():
            self.rpc(
                self.worker,
                "stock.move.line",
                "write",
                line.ids,
                {"location_dest_id": shelf.id},
                context={"skip_uom_conversion": True},
            )
            self.again(order.order_line)

        self.assertNothingLeaves(step)

    def test_line_that_left_is_not_deleted(self):
        order = self.left()
        line = order.order_line.move_ids.move_line_ids

        def step():
            self.rpc(self.worker, "stock.move.line", "write", line.ids, {"state": "draft"})
            self.rpc(self.worker, "stock.move.line", "unlink", line.ids)
            self.again(order.order_line)

        self.assertNothingLeaves(step)

    def test_goods_are_not_swapped_on_a_line_that_left(self):
        screw = self.goods("Screw", list_price=0.01)
        line = self.left(50, screw).order_line.move_ids.move_line_ids
        values = {"product_id": self.lathe.id, "state": "draft", "location_dest_id": self.customers.id}
        self.assertNothingLeaves(lambda: self.rpc(self.worker, "stock.move.line", "write", line.ids, values))

    def test_return_is_not_called_done_without_goods(self):
        order = self.left()

        def step():
            back = self.by_hand(
                self.customers,
                self.stock,
                5,
                kind=self.warehouse.in_type_id,
                ship=False,
                sale_line_id=order.order_line.id,
            )
            back.with_user(self.worker).move_ids.quantity = 5
            self.rpc(self.worker, "stock.move", "write", back.move_ids.ids, {"state": "done"})
            self.again(order.order_line, 5)

        self.assertNothingLeaves(step)

    def test_return_of_one_order_makes_no_room_on_another(self):
        first, second = self.left(), self.left()
        back = self.by_hand(
            self.customers, self.stock, 1, kind=self.warehouse.in_type_id, sale_line_id=first.order_line.id
        )

        def relink():
            self.rpc(self.worker, "stock.move", "write", back.move_ids.ids, {"sale_line_id": second.order_line.id})
            self.again(second.order_line)

        def move_line():
            self.rpc(
                self.worker,
                "stock.move.line",
                "write",
                back.move_line_ids.ids,
                {"move_id": second.order_line.move_ids.id},
            )
            self.again(second.order_line)

        for step in (relink, move_line):
            with self.subTest(step=step.__name__):
                self.assertNothingLeaves(step)

    def test_scrap_at_the_customer_makes_no_room(self):
        order = self.left()

        def step():
            [scrap] = self.rpc(
                self.worker,
                "stock.scrap",
                "create",
                [{"product_id": self.lathe.id, "scrap_qty": 1, "location_id": self.customers.id}],
            )
            self.rpc(self.worker, "stock.scrap", "do_scrap", [scrap])
            self.rpc(
                self.worker,
                "stock.move",
                "write",
                self.env["stock.scrap"].browse(scrap).move_ids.ids,
                {"sale_line_id": order.order_line.id},
            )
            self.again(order.order_line)

        self.assertNothingLeaves(step, measure=lambda: self.lying(self.stock))

    def test_return_is_not_undone_after_the_refund(self):
        order = self.sold()
        invoice = self.paid(order)
        self.ship(self.delivery(order))
        back = self.by_hand(
            self.customers, self.stock, 1, kind=self.warehouse.in_type_id, sale_line_id=order.order_line.id
        )
        refund = invoice._reverse_moves()
        refund.action_post()
        self.pay(refund)
        self.assertEqual(order._gate_money()[order], 0)
        for values in ({"quantity": 0}, {"location_dest_id": self.customers.id}):
            for model, record in (("stock.move.line", back.move_line_ids), ("stock.move", back.move_ids)):
                with self.subTest(model=model, values=values):
                    self.assertNothingLeaves(
                        lambda m=model, r=record, v=values: self.rpc(self.worker, m, "write", r.ids, v)
                    )

    def test_delivery_by_hand_of_before_the_gate_takes_no_other_goods(self):
        gold = self.goods("Gold")
        hand = self.restart(lambda: self.by_hand(self.stock, self.customers, 20, ship=False))

        def step():
            self.rpc(self.worker, "stock.picking", "do_unreserve", hand.ids)
            self.rpc(self.worker, "stock.move", "write", hand.move_ids.ids, {"product_id": gold.id})
            self.rpc(self.worker, "stock.picking", "write", hand.ids, {"location_dest_id": self.stock.id})
            hand.with_user(self.worker).move_ids.quantity = 20
            self.turn_to_customers(hand)

        self.assertNothingLeaves(step, gold)

    def test_return_does_not_shrink_with_its_unit(self):
        order, dozen = self.left(12), self.env.ref("uom.product_uom_dozen")
        values = {"sale_line_id": order.order_line.id, "product_uom": dozen.id}
        back = self.by_hand(self.customers, self.stock, 1, kind=self.warehouse.in_type_id, **values)
        self.assertEqual((back.move_line_ids.product_uom_id, self.with_customers()), (dozen, 0))
        smaller = {"product_uom_id": self.lathe.uom_id.id}
        self.assertNothingLeaves(
            lambda: self.rpc(self.worker, "stock.move.line", "write", back.move_line_ids.ids, smaller)
        )
