# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class SalesPaymentLink(models.Model):
    """Finance says which order a payment without invoice is for (SHP-3). Who pays may differ from who buys."""

    _name = "sales.payment.link"
    _description = "Payment for an Order"
    _inherit = ["sales.evidence.mixin"]
    _order = "id"
    _rec_name = "order_id"

    payment_id = fields.Many2one("account.payment", required=True, index=True, ondelete="restrict")
    order_id = fields.Many2one("sale.order", required=True, index=True, ondelete="restrict")
    company_id = fields.Many2one(related="order_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="payment_id.currency_id")
    amount = fields.Monetary(required=True, help="In the currency of the payment. Negative: corrects an earlier line.")
    user_id = fields.Many2one(
        "res.users",
        "Linked By",
        required=True,
        readonly=True,
        default=lambda self: self.env.user,
        ondelete="restrict",
    )
    note = fields.Char()

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su and not self.env.user.has_group("sales_shipping_gate.group_shipping_finance"):
            raise AccessError(self.env._("Only finance can say which order a payment is for."))
        links = super().create([{**vals, "user_id": self.env.uid} for vals in vals_list])
        links.sudo()._check_amounts()
        self.env["sale.order"]._sales_money_moved(orders=links.order_id)
        return links

    def _check_amounts(self):
        """Refuse to give more of a payment to orders than came in, and payments that are not customers' money."""
        for payment in self.payment_id:
            if payment.payment_type != "inbound" or payment.state not in ("in_process", "paid"):
                raise UserError(
                    self.env._("%(payment)s is not money received from a customer.", payment=payment.display_name)
                )
            links = self.search([("payment_id", "=", payment.id)])
            if links.order_id.company_id.root_id - payment.company_id.root_id:
                raise UserError(self.env._("The payment and the order belong to different companies."))
            compare = payment.currency_id.compare_amounts
            by_order = {order: sum(rows.mapped("amount")) for order, rows in links.grouped("order_id").items()}
            if min(by_order.values()) < 0 or compare(sum(by_order.values()), payment.amount) > 0:
                raise UserError(
                    self.env._(
                        "Of %(payment)s, %(amount)s came in. The orders together cannot get more.",
                        payment=payment.display_name,
                        amount=payment.currency_id.format(payment.amount),
                    )
                )
            online = self.env["payment.transaction"].search([("payment_id", "=", payment.id)]).sale_order_ids
            if online and sum(by_order.values()) > 0:
                raise UserError(
                    self.env._(
                        "%(payment)s was paid online for %(orders)s and counts there.",
                        payment=payment.display_name,
                        orders=", ".join(online.mapped("name")),
                    )
                )

    @api.model
    def _money_of(self, orders, matched_companies):
        """Return the money that finance linked to orders and that is not in the books of an invoice yet.

        A link counts while the payment is posted and as far as its receivable line is not matched: what is matched
        with an invoice counts there.

        :param matched_companies: res.company that want payments matched with the bank statement
        :return: dict of sale.order to amount in the order's currency
        """
        result = dict.fromkeys(orders, 0.0)
        payments = self.sudo().search([("order_id", "in", orders.ids)]).payment_id
        links = self.sudo().search([("payment_id", "in", payments.ids)], order="id")
        for payment, rows in links.grouped("payment_id").items():
            entry = payment.move_id
            if entry.state != "posted" or payment.state not in ("in_process", "paid"):
                continue
            if payment.company_id in matched_companies and not payment._gate_is_on_statement():
                continue
            receivable = entry.line_ids.filtered(lambda line: line.account_id.account_type == "asset_receivable")
            left = abs(sum(receivable.mapped("amount_residual_currency")))
            for order, some in rows.grouped("order_id").items():
                amount = min(max(sum(some.mapped("amount")), 0.0), left)
                left -= amount
                if order in result and amount:
                    result[order] += payment.currency_id._convert(
                        amount, order.currency_id, order.company_id, payment.date
                    )
        return result
