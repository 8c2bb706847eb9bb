# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import models


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def write(self, vals):
        """Change order lines.

        :raises UserError: when words would go by which goods are held because of a complaint (CMP-2)
        """
        if "name" not in vals:
            return super().write(vals)
        with self.env["sales.lot.hold"]._kept_on(self.sudo().move_ids):
            return super().write(vals)
