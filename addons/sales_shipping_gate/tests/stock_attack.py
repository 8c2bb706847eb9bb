# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import Command
from odoo.addons.sales_policy.tests.attack import REFUSED
from odoo.tools import mute_logger

from .common import GateCommon, UndoneError


class StockAttackCommon(GateCommon):
    """An unpaid delivery, and everybody who works with stock."""

    def setUp(self):
        super().setUp()
        self.unpaid = self.sold()
        self.picking = self.delivery(self.unpaid)
        self.move = self.picking.move_ids
        self.line = self.move.move_line_ids
        self.people = self.worker | self.stock_manager | self.li | self.manager | self.employee | self.accountant
        self.env.flush_all()

    def attack(self, model, method, *args, users=None, **kwargs):
        """Let everybody try a call; whatever it answers, nothing may have left."""
        before = self.with_customers()
        for user in users or self.people:
            try:
                with mute_logger("odoo.models.unlink", "odoo.addons.base.models.ir_rule"), self.cr.savepoint():
                    self.rpc(user, model, method, *args, **kwargs)
                    self.env.flush_all()
                    self.env.invalidate_all()
                    self.assertEqual(self.with_customers(), before, f"{user.login}: {model}.{method}{args}")
                    raise UndoneError
            except (*REFUSED, UndoneError):
                self.env.invalidate_all()

    def hand_made(self, **values):
        """Return an internal transfer on its way, made by the warehouse."""
        shelf = self.env["stock.location"].create({"name": "Shelf", "location_id": self.stock.id})
        picking = self.env["stock.picking"].create(
            {
                "picking_type_id": self.warehouse.int_type_id.id,
                "location_id": self.stock.id,
                "location_dest_id": shelf.id,
                "move_ids": [
                    Command.create(
                        {
                            "product_id": self.lathe.id,
                            "product_uom_qty": 1,
                            "location_id": self.stock.id,
                            "location_dest_id": shelf.id,
                        }
                    )
                ],
                **values,
            }
        )
        picking.action_confirm()
        picking.action_assign()
        return picking
