# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo.addons.sales_policy.tests.neighbours import NeighboursAtWork
from odoo.tests import Form, tagged

from .by_hand import ByHandCommon


@tagged("post_install", "-at_install")
class TestGateDailyWork(NeighboursAtWork, ByHandCommon):
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

    def test_warehouse_receives_counts_scraps_and_moves(self):
        receipt = self.by_hand(self.suppliers, self.stock, 4, kind=self.warehouse.in_type_id)
        inside = self.by_hand(self.stock, self.shelf(), 2, kind=self.warehouse.int_type_id)
        values = {"product_id": self.lathe.id, "scrap_qty": 1, "location_id": self.stock.id}
        scrap = self.rpc(self.worker, "stock.scrap", "create", [values])
        self.rpc(self.worker, "stock.scrap", "action_validate", scrap)
        quant = self.env["stock.quant"].search(
            [("product_id", "=", self.lathe.id), ("location_id", "=", self.stock.id)], limit=1
        )
        self.rpc(
            self.worker, "stock.quant", "write", quant.ids, {"inventory_quantity": 7}, context={"inventory_mode": 1}
        )
        self.rpc(self.worker, "stock.quant", "action_apply_inventory", quant.ids)
        self.assertEqual((receipt.state, inside.state, quant.quantity), ("done", "done", 7))

    def test_accountant_corrects_an_invoice_of_an_order(self):
        order = self.left()
        invoice = order.invoice_ids.with_user(self.accountant)
        context = {"active_model": "account.move", "active_ids": invoice.ids}
        wizard = self.rpc(
            self.accountant,
            "account.move.reversal",
            "create",
            [{"journal_id": invoice.journal_id.id, "reason": "Wrong address"}],
            context=context,
        )
        self.rpc(self.accountant, "account.move.reversal", "modify_moves", wizard, context=context)
        anew = order.sudo().invoice_ids.filtered(lambda move: move.state == "draft").with_user(self.accountant)
        with Form(anew) as form, form.invoice_line_ids.edit(0) as line:
            line.name = "Lathe, as agreed"
            line.price_unit = 90
        anew.action_post()
        anew.button_draft()
        anew.action_post()
        self.assertEqual((anew.state, anew.amount_total), ("posted", 90))

    def test_salesperson_changes_an_order_of_the_day(self):
        order = self.quotation(self.lathe).with_user(self.li)
        with Form(order) as form:
            form.partner_id = self.other_customer.with_user(self.li)
            with form.order_line.edit(0) as line:
                line.product_uom_qty = 3
                line.price_unit = 95
            with form.order_line.new() as line:
                line.product_id = self.goods("Bed").with_user(self.li)
        order.action_confirm()
        with Form(order) as form, form.order_line.edit(1) as line:
            line.product_uom_qty = 2
        self.assertEqual(order.order_line.mapped("product_uom_qty"), [3, 2])
        order.copy().order_line[:1].unlink()

    def test_production_is_marked_done(self):
        maker, made = self._user("kong.maker", "Kong", "mrp.group_mrp_user"), self.goods("Made", quantity=0)
        self.assertEqual(self.produce(maker, made, self.lathe, 5).state, "done")

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

    def test_paid_order_leaves_of_a_delivery_that_an_unpaid_one_shares(self):
        paid, unpaid = self.sold(), self.sold()
        shared, other = self.delivery(paid), self.delivery(unpaid)
        other.move_line_ids.picking_id = shared
        other.move_ids.picking_id = shared
        self.paid(paid)
        shared = shared.with_user(self.worker)
        mine = shared.move_ids.filtered(lambda move: move.sale_line_id.order_id == paid)
        (shared.move_ids - mine).quantity = 0
        mine.write({"quantity": 1, "picked": True})
        shared.with_context(skip_backorder=True).button_validate()
        self.assertEqual((mine.state, self.with_customers()), ("done", 1))
