# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import Command
from odoo.tests import Form, tagged

from .by_hand import ByHandCommon


@tagged("post_install", "-at_install")
class TestGateDailyWork(ByHandCommon):
    """People who only work in the warehouse do so as before, gate or no gate."""

    def test_warehouse_makes_a_return(self):
        picking = self.left().picking_ids
        wizard = Form(
            self.env["stock.return.picking"]
            .with_user(self.worker)
            .with_context(active_id=picking.id, active_model="stock.picking")
        ).save()
        wizard.product_return_moves.quantity = 1
        wizard.action_create_returns()
        self.ship(picking.return_ids)
        self.assertEqual((picking.return_ids.state, self.with_customers()), ("done", 0))

    def test_warehouse_cancels_a_delivery(self):
        delivery = self.delivery(self.sold())
        self.rpc(self.worker, "stock.picking", "action_cancel", delivery.ids)
        self.assertEqual(delivery.state, "cancel")

    def test_production_is_marked_done(self):
        mrp, made = self._user("kong.maker", "Kong", "mrp.group_mrp_user"), self.goods("Made", quantity=0)
        raw = Command.create({"product_id": self.lathe.id, "product_uom_qty": 5})
        production = (
            self.env["mrp.production"]
            .with_user(mrp)
            .create({"product_id": made.id, "product_qty": 1, "move_raw_ids": [raw]})
        )
        production.action_confirm()
        production.qty_producing = 1
        production.move_raw_ids.quantity = 5
        production.move_raw_ids.picked = True
        production.button_mark_done()
        self.assertEqual(production.state, "done")

    def test_goods_of_the_customer_go_back_by_the_button(self):
        back = self.by_hand(self.customers, self.stock, 1, kind=self.warehouse.in_type_id, ship=False)
        back.move_ids.quantity = 1
        back.move_line_ids.owner_id = self.customer
        self.ship(back)
        out = self.by_hand(
            self.stock,
            self.customers,
            1,
            ship=False,
            picking={"partner_id": self.customer.id, "owner_id": self.customer.id},
        )
        out.with_user(self.worker).action_assign()
        out.with_user(self.worker).move_line_ids.owner_id = self.customer
        self.ship(out)
        self.assertEqual(out.state, "done")
