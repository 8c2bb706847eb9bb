# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.exceptions import UserError


class SaleOrder(models.Model):
    _inherit = "sale.order"

    sales_needs_lot = fields.Boolean("Needs Serial Number", compute="_compute_sales_needs_lot")

    @api.depends("order_line.sales_needs_lot")
    def _compute_sales_needs_lot(self):
        for order in self:
            order.sales_needs_lot = any(order.order_line.mapped("sales_needs_lot"))

    def _sales_check_not_lost(self):
        """Besides, let an order name the serial numbers of its exclusive goods before it is confirmed (OWN-6).

        :raises UserError: naming the goods whose serial number is missing
        """
        super()._sales_check_not_lost()
        if not self.env["res.company"]._sales_claims_watched():
            return
        for line in self.sudo().order_line:
            if line._sales_is_serial() and not line.sales_lot_id and line.product_uom_qty > 0:
                raise UserError(
                    self.env._(
                        "%(goods)s on %(order)s: each serial number is sold once. "
                        "Choose the serial number on the line.",
                        goods=line.product_id.display_name,
                        order=line.order_id.name,
                    )
                )
