# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import models
from odoo.exceptions import UserError

WORDS = {"description_picking", "description_picking_manual"}


class StockMove(models.Model):
    _inherit = "stock.move"

    def write(self, vals):
        """Change stock moves.

        :raises UserError: when words would go by which goods are held because of a complaint (CMP-2)
        """
        if WORDS.isdisjoint(vals):
            return super().write(vals)
        with self.env["sales.lot.hold"]._kept_on(self):
            return super().write(vals)

    def _gate_check_conditions(self, leaving):
        """Refuse goods that are held because of a complaint, whoever sends them and however (CMP-2)."""
        result = super()._gate_check_conditions(leaving)
        for holds in self.env["sales.lot.hold"]._on(self).values():
            raise UserError(holds._reasons()[0])
        return result
