# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import Command
from odoo.addons.sales_policy.tests.attack import REFUSED
from odoo.tools import mute_logger

from .common import GateCommon


class ByHandCommon(GateCommon):
    """Transfers that people make by RPC, and what may not leave by them."""

    def assertNothingLeaves(self, step, product=None, measure=None):
        measure = measure or (lambda: self.with_customers(product))
        before = measure()
        try:
            with mute_logger("odoo.models.unlink"), self.cr.savepoint():
                step()
                self.env.flush_all()
                self.settle()
        except REFUSED:
            self.env.invalidate_all()
        self.assertEqual(measure(), before)

    def by_hand(self, source, target, quantity=1, product=None, user=None, kind=None, ship=True, picking=None, **move):
        """A transfer that somebody makes by RPC, and validates."""
        user, ways = user or self.worker, {"location_id": source.id, "location_dest_id": target.id}
        move = {"product_id": (product or self.lathe).id, "product_uom_qty": quantity, **ways, **move}
        values = {
            "picking_type_id": (kind or self.warehouse.out_type_id).id,
            **ways,
            **(picking or {}),
            "move_ids": [Command.create(move)],
        }
        picking = self.env["stock.picking"].browse(self.rpc(user, "stock.picking", "create", [values]))
        self.rpc(user, "stock.picking", "action_confirm", picking.ids)
        if ship:
            self.ship(picking, user=user)
        return picking

    def again(self, line, quantity=1, product=None, user=None):
        return self.by_hand(self.stock, self.customers, quantity, product, user, sale_line_id=line.id)

    def turn_to_customers(self, picking):
        """Let the warehouse send a transfer inside to the customers, line by line, and validate it."""
        values = {"location_dest_id": self.customers.id, "picked": True}
        self.rpc(self.worker, "stock.move.line", "write", picking.move_line_ids.ids, values)
        self.rpc(self.worker, "stock.picking", "button_validate", picking.ids)

    def shelf(self):
        return self.stock.copy({"name": "Shelf"})

    def left(self, quantity=1, product=None):
        """An order that is paid and delivered."""
        order = self.sold(quantity, product)
        self.paid(order)
        self.ship(self.delivery(order))
        return order

    def restart(self, step):
        """What a step makes before the gate is on."""
        self.company.shipping_gate_enabled = False
        made = step()
        self.company.shipping_gate_enabled = True
        self.settle()
        return made

    def by_lines(self, source, ways, quantity, **line):
        """A transfer of move lines whose own destination is not that of the transfer: the button sees nothing."""
        values = {
            "picking_type_id": self.warehouse.int_type_id.id,
            "location_id": source.id,
            "location_dest_id": self.stock.id,
            "move_line_ids": [
                Command.create(
                    {
                        "product_id": self.lathe.id,
                        "quantity": quantity,
                        "location_id": source.id,
                        "location_dest_id": ways.id,
                        **line,
                    }
                )
            ],
        }
        picking = (
            self.env["stock.picking"]
            .browse(self.rpc(self.worker, "stock.picking", "create", [values]))
            .with_user(self.worker)
        )
        picking.move_ids.picked = True
        picking.with_context(skip_backorder=True).button_validate()
        return picking
