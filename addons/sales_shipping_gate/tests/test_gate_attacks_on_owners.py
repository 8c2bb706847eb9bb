# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo.tests import Form, tagged

from .by_hand import ByHandCommon


@tagged("post_install", "-at_install")
class TestGateAttacksOnOwners(ByHandCommon):
    """Whose goods leave, and how many of them, is counted on what moved (SHP-3)."""

    def released(self):
        picking = self.by_hand(self.stock, self.customers, 1, ship=False)
        self.env["sales.shipping.decide"].with_user(self.he).create(
            {"kind": "unlinked", "picking_ids": picking.ids, "reason": "Sample"}
        ).action_apply()
        self.env.invalidate_all()
        return picking

    def test_goods_do_not_become_the_customers_on_their_way(self):
        shelf = self.shelf()

        def step():
            self.by_lines(self.stock, shelf, 5, owner_id=self.customer.id)
            self.by_lines(shelf, self.customers, 5, owner_id=self.customer.id)

        self.assertNothingLeaves(step)

    def test_goods_are_not_counted_as_the_customers(self):
        shelf = self.shelf()

        def step():
            values = {
                "product_id": self.lathe.id,
                "location_id": shelf.id,
                "owner_id": self.customer.id,
                "inventory_quantity": 5,
            }
            quant = self.rpc(self.worker, "stock.quant", "create", [values], context={"inventory_mode": True})
            self.rpc(self.worker, "stock.quant", "action_apply_inventory", quant)
            self.by_lines(shelf, self.customers, 5, owner_id=self.customer.id)

        self.assertNothingLeaves(step)

    def test_receipt_does_not_become_the_customers_afterwards(self):
        receipt = self.by_hand(self.suppliers, self.stock, 5, kind=self.warehouse.in_type_id)

        def step():
            self.rpc(self.worker, "stock.move.line", "write", receipt.move_line_ids.ids, {"owner_id": self.customer.id})
            self.by_lines(self.stock, self.customers, 5, owner_id=self.customer.id)

        self.assertNothingLeaves(step)

    def test_goods_of_a_vendor_do_not_leave_as_the_customers(self):
        vendor = self.env["res.partner"].create({"name": "Vendor"})
        receipt = self.by_hand(self.suppliers, self.stock, 5, kind=self.warehouse.in_type_id, ship=False)
        receipt.move_ids.quantity = 5
        receipt.move_line_ids.owner_id = vendor
        self.ship(receipt)
        self.assertNothingLeaves(lambda: self.by_lines(self.stock, self.customers, 5, owner_id=vendor.id))

    def test_receipt_is_returned_to_its_vendor_once(self):
        receipt = self.by_hand(self.suppliers, self.stock, 1, kind=self.warehouse.in_type_id).move_ids
        first = self.by_hand(self.stock, self.suppliers, 1, origin_returned_move_id=receipt.id).move_ids

        def step():
            self.rpc(self.worker, "stock.move", "write", first.ids, {"origin_returned_move_id": False})
            self.by_hand(self.stock, self.suppliers, 1, origin_returned_move_id=receipt.id)

        self.assertNothingLeaves(step, measure=lambda: self.lying(self.stock))

    def test_return_to_the_vendor_counts_by_its_lines(self):
        receipt = self.by_hand(self.suppliers, self.stock, 1, kind=self.warehouse.in_type_id).move_ids
        shelf = self.shelf()

        def step():
            for _number in range(5):
                picking = self.by_hand(
                    self.stock,
                    shelf,
                    1,
                    kind=self.warehouse.int_type_id,
                    ship=False,
                    origin_returned_move_id=receipt.id,
                ).with_user(self.worker)
                picking.action_assign()
                picking.move_line_ids.write({"location_dest_id": self.suppliers.id, "picked": True})
                picking.with_context(skip_backorder=True).button_validate()

        def gone():
            return (
                sum(
                    self.env["stock.quant"]
                    .search([("product_id", "=", self.lathe.id), ("location_id", "=", self.suppliers.id)])
                    .mapped("quantity")
                )
                > 0
            )

        self.assertNothingLeaves(step, measure=gone)

    def test_no_more_leaves_than_the_manager_released(self):
        picking = self.released()
        self.assertNothingLeaves(lambda: self.ship(picking, quantity=50))
        other = self.released()
        self.ship(other)
        self.assertNothingLeaves(
            lambda: self.rpc(self.worker, "stock.move.line", "write", other.move_line_ids.ids, {"quantity": 50})
        )

    def test_no_other_goods_leave_than_the_manager_released(self):
        picking, gold = self.released(), self.goods("Gold")
        self.ship(picking)
        line = {
            "product_id": gold.id,
            "quantity": 7,
            "move_id": picking.move_ids.id,
            "picking_id": picking.id,
            "location_id": self.stock.id,
            "location_dest_id": self.customers.id,
        }
        self.assertNothingLeaves(lambda: self.rpc(self.worker, "stock.move.line", "create", [line]), gold)

    def test_release_by_hand_is_not_used_again(self):
        picking = self.released()
        self.ship(picking)

        def step():
            other = self.by_hand(self.stock, self.customers, 1, ship=False)
            self.rpc(self.worker, "stock.move", "write", picking.move_ids.ids, {"picking_id": other.id})
            ways = {"location_id": self.stock.id, "location_dest_id": self.customers.id}
            self.rpc(
                self.worker,
                "stock.move",
                "create",
                [{"product_id": self.lathe.id, "product_uom_qty": 1, "picking_id": picking.id, **ways}],
            )
            self.env.flush_all()
            self.env.invalidate_all()
            self.rpc(self.worker, "stock.picking", "action_confirm", picking.ids)
            self.ship(picking)

        self.assertNothingLeaves(step)

    def test_goods_of_one_vendor_do_not_go_back_to_another(self):
        vendor, other = self.env["res.partner"].create([{"name": "Vendor"}, {"name": "Somebody else"}])
        receipt = self.by_hand(
            self.suppliers, self.stock, 4, kind=self.warehouse.in_type_id, picking={"partner_id": vendor.id}
        )
        context = {"active_id": receipt.id, "active_model": "stock.picking"}
        wizard = Form(self.env["stock.return.picking"].with_user(self.worker).with_context(**context)).save()
        wizard.product_return_moves.quantity = 4
        back = self.env["stock.picking"].browse(wizard.action_create_returns()["res_id"])

        def step():
            self.rpc(self.worker, "stock.picking", "write", back.ids, {"partner_id": other.id})
            self.ship(back)

        self.assertNothingLeaves(step, measure=lambda: self.lying(self.stock))
        self.ship(back)
        self.assertEqual(self.lying(self.suppliers), 0)
