# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.tools import SQL


class SalesComplaintRate(models.Model):
    """By which carrier goods went, and by which those went that are complained about (SHP-9)."""

    _inherit = "sales.complaint.rate"

    carrier_id = fields.Many2one("delivery.carrier", readonly=True)

    @api.model
    def _rate_columns(self):
        shipped = SQL(
            """
            (SELECT delivery.carrier_id
               FROM stock_move gone
               JOIN stock_picking delivery ON delivery.id = gone.picking_id
              WHERE gone.state = 'done' AND gone.product_id = line.product_id AND delivery.carrier_id IS NOT NULL
                    AND (gone.id = line.move_id OR line.move_id IS NULL AND gone.sale_line_id = line.sale_line_id)
              ORDER BY gone.date DESC, gone.id DESC
              LIMIT 1)
            """
        )
        return {**super()._rate_columns(), "carrier_id": (SQL("picking.carrier_id"), shipped)}
