# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import models


class StockMove(models.Model):
    _inherit = "stock.move"

    def _action_assign(self, force_qty=False):
        ranked = self.company_id.filtered("shipping_priority_enabled")
        moves = self._shipping_by_score() if ranked else self
        return super(StockMove, moves)._action_assign(force_qty=force_qty)

    def _shipping_by_score(self):
        """Return these moves in the order in which goods are reserved for their deliveries (SHP-11)."""
        return self.sorted(lambda move: -move.picking_id.shipping_score)
