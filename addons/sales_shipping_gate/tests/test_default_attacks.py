# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import GateCommon


@tagged("post_install", "-at_install")
class TestDefaultAttacks(GateCommon):
    """What only the server writes takes no default: neither of a client's context nor of a person's own (SHP-3)."""

    def forged(self, user, model, **values):
        """Yield the contexts with which a user creates: with defaults in it, and with defaults set for oneself."""
        yield {f"default_{name}": value for name, value in values.items()}
        for name, value in values.items():
            self.rpc(user, "ir.default", "set", model, name, value, user_id=True)
        yield {}

    def test_goods_that_never_passed_the_gate(self):
        self.company.shipping_gate_unlinked = True
        ways = {"location_id": self.stock.id, "location_dest_id": self.customers.id}
        move = {"product_id": self.lathe.id, "product_uom_qty": 1, **ways}
        values = {"picking_type_id": self.warehouse.out_type_id.id, **ways, "move_ids": [Command.create(move)]}
        for context in self.forged(self.worker, "stock.move", shipping_passed_qty=9.0):
            picking = self.env["stock.picking"].browse(
                self.rpc(self.worker, "stock.picking", "create", [values], context=context)
            )
            picking.action_confirm()
            self.assertHeld(lambda picking=picking: self.ship(picking))
            self.assertFalse(picking.move_ids.shipping_passed_qty)

    def test_lines_that_were_never_spared(self):
        line = {"product_id": self.lathe.id, "product_uom_qty": 1, "tax_ids": False}
        values = {"partner_id": self.customer.id, "order_line": [Command.create(line)]}
        for context in self.forged(self.li, "sale.order.line", shipping_spared_qty=9.0):
            order = self.env["sale.order"].browse(self.rpc(self.li, "sale.order", "create", [values], context=context))
            self.rpc(self.li, "sale.order", "action_confirm", order.ids, context=context)
            self.assertHeld(lambda order=order: self.ship(self.delivery(order)))
            self.assertFalse(order.order_line.shipping_spared_qty)

    def test_order_that_was_never_released(self):
        values, context = {"partner_id": self.customer.id}, {"default_shipping_gate_mark": "released"}
        self.assertRefused(AccessError, self.li, "sale.order", "create", [values], context=context)
        self.rpc(self.li, "ir.default", "set", "sale.order", "shipping_gate_mark", "released", user_id=True)
        order = self.env["sale.order"].browse(self.rpc(self.li, "sale.order", "create", [values]))
        self.assertFalse(order.shipping_gate_mark)

    def test_customer_that_nobody_classified(self):
        context = {"default_shipping_class": "a"}
        self.assertRefused(AccessError, self.li, "res.partner", "create", [{"name": "Mine"}], context=context)
        self.rpc(self.li, "ir.default", "set", "res.partner", "shipping_class", "a", user_id=True)
        self.rpc(self.li, "ir.default", "set", "res.partner", "shipping_transit_days", 9, user_id=True)
        partner = self.env["res.partner"].browse(self.rpc(self.li, "res.partner", "create", [{"name": "Mine"}]))
        self.assertEqual((partner.shipping_class, partner.shipping_transit_days), (False, 0))
