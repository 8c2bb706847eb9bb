# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, models


class PaymentTransaction(models.Model):
    _inherit = "payment.transaction"

    @api.model_create_multi
    def create(self, vals_list):
        """Let nobody pay online for goods that somebody else has already paid for (OWN-6).

        :raises UserError: when an order to be paid has lost its exclusive goods
        """
        transactions = super().create(vals_list)
        if not self.env["res.company"]._sales_money_watched():
            return transactions
        payments = transactions.filtered(lambda tx: not tx.source_transaction_id and tx.amount > 0)
        orders = payments.sudo().sale_order_ids | payments.sudo().invoice_ids._sales_orders()
        orders._sales_check_not_lost()
        done = transactions.filtered(lambda tx: tx.state == "done")
        if done:
            self.env["sale.order"]._sales_money_moved(transactions=done)
        return transactions

    def write(self, vals):
        result = super().write(vals)
        if vals.get("state") == "done" or "sale_order_ids" in vals:
            self.env["sale.order"]._sales_money_moved(transactions=self)
        return result

    def _check_amount_and_confirm_order(self):
        """Confirm no order whose exclusive goods are gone: its money is to be refunded (OWN-6)."""
        lost = self.sudo().sale_order_ids._sales_lost_claims()
        allowed = self.filtered(lambda tx: not any(order in lost for order in tx.sudo().sale_order_ids))
        return super(PaymentTransaction, allowed)._check_amount_and_confirm_order()

    def _invoice_sale_orders(self):
        """Invoice no order that has lost its exclusive goods; its payment is recorded all the same (OWN-6)."""
        lost = self.sudo().sale_order_ids._sales_lost_claims()
        allowed = self.filtered(lambda tx: not any(order in lost for order in tx.sudo().sale_order_ids))
        return super(PaymentTransaction, allowed)._invoice_sale_orders()
