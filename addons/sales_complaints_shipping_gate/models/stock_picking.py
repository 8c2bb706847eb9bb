# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import models


class StockPicking(models.Model):
    _inherit = "stock.picking"

    def _shipping_missing(self):
        """Tell on the delivery that one of its lots is held because of a complaint."""
        result = super()._shipping_missing()
        holds = self.env["sales.lot.hold"]._of(self.move_line_ids.lot_id, self.company_id)
        if holds:
            for picking in self:
                lots = picking.move_line_ids.lot_id
                mine = holds.filtered(
                    lambda hold, lots=lots, picking=picking: (
                        hold.lot_id in lots and hold.company_id == picking.company_id
                    )
                )
                if mine:
                    result[picking].extend(mine._reasons())
        return result
