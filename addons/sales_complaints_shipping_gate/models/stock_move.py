# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import models
from odoo.exceptions import UserError


class StockMove(models.Model):
    _inherit = "stock.move"

    def _gate_check_conditions(self, leaving):
        """Refuse goods that are held because of a complaint, whoever sends them and however (CMP-2)."""
        result = super()._gate_check_conditions(leaving)
        for holds in self.env["sales.lot.hold"]._on(self).values():
            raise UserError(holds._reasons()[0])
        return result
