# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.tools import SQL


class SalesComplaintRate(models.Model):
    """By which carrier goods went, and by which those went that are complained about (SHP-9)."""

    _inherit = "sales.complaint.rate"

    carrier_id = fields.Many2one("delivery.carrier", readonly=True)

    @api.model
    def _rate_columns(self):
        return {**super()._rate_columns(), "carrier_id": (SQL("picking.carrier_id"), SQL("shipped.carrier_id"))}

    @api.model
    def _rate_complaint_joins(self):
        return SQL(
            """
            %s
         LEFT JOIN LATERAL (
                SELECT delivery.carrier_id
                  FROM stock_move gone
                  JOIN stock_picking delivery ON delivery.id = gone.picking_id
                 WHERE gone.state = 'done' AND gone.product_id = line.product_id AND delivery.carrier_id IS NOT NULL
                       AND (gone.id = line.move_id OR line.move_id IS NULL AND gone.sale_line_id = line.sale_line_id)
                 ORDER BY gone.date DESC, gone.id DESC
                 LIMIT 1
              ) shipped ON TRUE
            """,
            super()._rate_complaint_joins(),
        )
