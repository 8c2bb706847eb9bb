# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import models


class SaleAdvancePaymentInv(models.TransientModel):
    _inherit = "sale.advance.payment.inv"

    def _create_invoices(self, sale_orders):
        """Ask no deposit for an order whose exclusive goods are gone (OWN-6).

        :raises UserError: naming the goods, who has them and since when
        """
        if self.advance_payment_method != "delivered":
            sale_orders._sales_check_not_lost()
        return super()._create_invoices(sale_orders)
