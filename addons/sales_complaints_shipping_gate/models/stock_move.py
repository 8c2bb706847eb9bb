# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import models
from odoo.exceptions import UserError


class StockMove(models.Model):
    _inherit = "stock.move"

    def _gate_check_conditions(self, leaving):
        """Refuse goods of a lot that is held because of a complaint, whoever sends them and however (CMP-2)."""
        result = super()._gate_check_conditions(leaving)
        for hold in self.env["sales.lot.hold"]._of(self.move_line_ids.lot_id, self.company_id):
            [reason] = hold._reasons()
            raise UserError(reason)
        return result
