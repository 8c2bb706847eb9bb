# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, models

# What tells how much came in online, when, and for which order.
MONEY = {
    "amount",
    "currency_id",
    "last_state_change",
    "operation",
    "payment_id",
    "sale_order_ids",
    "source_transaction_id",
    "state",
}


class PaymentTransaction(models.Model):
    _inherit = "payment.transaction"

    @api.model_create_multi
    def create(self, vals_list):
        """Let nobody pay online for goods that somebody else has already paid for, nor say that one has paid (OWN-6).

        :raises UserError: when an order to be paid has lost its exclusive goods
        :raises AccessError: when anybody but the server says that money is in, or for which order
        """
        companies = self.env["res.company"]
        if not companies._sales_money_watched():
            return super().create(vals_list)
        # No default counts, neither of a context nor of a person: the server makes transactions in anybody's name.
        vals_list = [{"state": "draft", "sale_order_ids": [], **vals} for vals in vals_list]
        companies._sales_check_reckoned(any(vals["state"] != "draft" or vals["sale_order_ids"] for vals in vals_list))
        transactions = super().create(vals_list)
        payments = transactions.filtered(lambda tx: not tx.source_transaction_id and tx.amount > 0)
        orders = payments.sudo().sale_order_ids | payments.sudo().invoice_ids._sales_orders()
        orders._sales_check_not_lost()
        done = transactions.filtered(lambda tx: tx.state == "done")
        if done:
            self.env["sale.order"]._sales_money_moved(transactions=done)
        return transactions

    def write(self, vals):
        """Change online payments.

        :raises AccessError: when anybody but the server says how much is in, or for which order (OWN-6, SHP-3)
        """
        self.env["res.company"]._sales_check_reckoned(MONEY & set(vals))
        result = super().write(vals)
        if vals.get("state") == "done" or "sale_order_ids" in vals:
            self.env["sale.order"]._sales_money_moved(transactions=self)
        return result

    def _update_state(self, allowed_states, target_state, state_message):
        # What the provider says is written by the server, also where an accountant has charged a saved card.
        transactions = super(PaymentTransaction, self.sudo())._update_state(allowed_states, target_state, state_message)
        return transactions.with_env(self.env)

    def _post_process(self):
        return super(PaymentTransaction, self.sudo())._post_process()

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
