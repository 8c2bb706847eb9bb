# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, models


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    @api.constrains("product_id", "order_id")
    def _check_confidentiality_sent(self):
        # A quotation that was sent is open to the customer: what is added to it is sent, too.
        self.order_id.filtered(lambda order: order.state == "sent")._confidentiality_check_sending()
