# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import models


class AccountPaymentRegister(models.TransientModel):
    _inherit = "account.payment.register"

    def _create_payments(self):
        """Take no payment for an order whose exclusive goods are gone; paying money back is free (OWN-6).

        Money that came in by the bank is matched on the bank statement, which is never refused.

        :raises UserError: naming the goods, who has them and since when
        """
        if self.payment_type == "inbound":
            self.line_ids.move_id.sudo()._sales_orders()._sales_check_not_lost()
        return super()._create_payments()
