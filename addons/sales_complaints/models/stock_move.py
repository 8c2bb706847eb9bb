# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import models


class StockMove(models.Model):
    _inherit = "stock.move"

    def _assign_picking_post_process(self, new=False):
        result = super()._assign_picking_post_process(new)
        # Goods that are replaced have left when they leave, not when they were picked.
        for picking, moves in self.grouped("picking_id").items():
            dispositions = moves.move_orig_ids.picking_id.sudo().sales_disposition_ids
            replacements = dispositions.filtered(lambda disposition: disposition.kind == "replacement")
            if replacements:
                picking.sudo().sales_disposition_ids |= replacements
        return result
