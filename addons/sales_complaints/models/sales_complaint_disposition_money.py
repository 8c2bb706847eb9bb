# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import Command, fields, models
from odoo.exceptions import UserError


class SalesComplaintDisposition(models.Model):
    """Credit notes of complaints: in the books of the company, with the reason and the taxes of the sale (CMP-9)."""

    _inherit = "sales.complaint.disposition"

    def _execute_refund(self):
        self._check_not_credited()
        line, bill = self.line_id, self.line_id._bill()
        quantity = self.quantity
        unit = bill.product_uom_id or line.product_uom_id
        if bill.product_uom_id and line.product_uom_id:
            quantity = line.product_uom_id._compute_quantity(self.quantity, bill.product_uom_id)
        price = {"price_unit": self.amount / quantity * self._gross_rate()}
        if bill and not self.currency_id.compare_amounts(self.amount, line.price_unit * self.quantity):
            # Not a cent more or less than what was billed, however it was rounded.
            price = {"price_unit": bill.price_unit, "discount": bill.discount}
        self._credit(
            {
                "product_id": line.product_id.id,
                "name": line.display_name,
                "quantity": quantity,
                "product_uom_id": unit.id,
                **price,
                # Goods given back are billed no more: the order counts them out.
                "sale_line_ids": [Command.set(line.sale_line_id.ids)],
            }
        )

    def _execute_reduction(self):
        self._credit({"name": self.display_name, "quantity": 1, "price_unit": self.amount * self._gross_rate()})

    def _execute_compensation(self):
        account = self.company_id.sales_complaint_account_id
        self._credit(
            {
                "name": self.display_name,
                "quantity": 1,
                "price_unit": self.amount,
                # Damages are no sale: they bear no tax.
                "tax_ids": [Command.clear()],
                **({"account_id": account.id} if account else {}),
            }
        )

    def _gross_rate(self):
        """Return the price on the document for each untaxed unit of money: more where prices include taxes."""
        line = self.line_id
        source, quantity = line._bill(), "quantity"
        if not source:
            source, quantity = line.sale_line_id, "product_uom_qty"
        if not source.price_subtotal:
            return 1.0
        return source[quantity] * source.price_unit * (1 - source.discount / 100) / source.price_subtotal

    def _check_not_credited(self):
        """Refuse to credit more than the sale was billed for, whoever credited it before.

        :raises UserError: telling what was billed and credited
        """
        items = self.line_id.sale_line_id.sudo().invoice_lines.filtered(lambda item: item.parent_state != "cancel")
        billed = sum(items.filtered(lambda item: item.move_type == "out_invoice").mapped("price_subtotal"))
        credited = sum(items.filtered(lambda item: item.move_type == "out_refund").mapped("price_subtotal"))
        # The price of a piece is rounded, and times as many pieces the sum may differ.
        rounding = self.currency_id.rounding * max(self.quantity, 1)
        if billed and credited + self.amount - billed > rounding:
            raise UserError(
                self.env._(
                    "%(goods)s: %(billed)s were billed and %(credited)s credited, %(amount)s more cannot be.",
                    goods=self.line_id.display_name,
                    billed=self.currency_id.format(billed),
                    credited=self.currency_id.format(credited),
                    amount=self.currency_id.format(self.amount),
                )
            )

    def _credit(self, item):
        """Make a draft credit note of one line; accounting posts it.

        Account, taxes and analytics are those of the invoice, else those that the order would be billed with.
        """
        complaint, bill = self.complaint_id, self.line_id._bill()
        sale = self.line_id.sale_line_id
        customer = bill.move_id.partner_id or sale.order_id.partner_invoice_id or complaint.partner_id
        if not customer:
            raise UserError(self.env._("%(complaint)s has no customer to credit.", complaint=complaint.name))
        source = bill or sale
        defaults = {"tax_ids": [Command.set(source.tax_ids.ids)] if source else [Command.clear()]}
        if source:
            defaults["analytic_distribution"] = source.analytic_distribution
        if bill:
            defaults["account_id"] = bill.account_id.id
        elif sale.product_id:
            accounts = sale.product_id.product_tmpl_id.get_product_accounts(sale.order_id.fiscal_position_id)
            defaults["account_id"] = accounts["income"].id
        move = (
            self.env["account.move"]
            .with_company(self.company_id)
            .create(
                {
                    "move_type": "out_refund",
                    "partner_id": customer.id,
                    "currency_id": self.currency_id.id,
                    "company_id": self.company_id.id,
                    "reversed_entry_id": bill.move_id.id,
                    "fiscal_position_id": bill.move_id.fiscal_position_id.id or sale.order_id.fiscal_position_id.id,
                    "invoice_origin": sale.order_id.name or complaint.name,
                    "invoice_user_id": complaint.salesperson_id.id,
                    "invoice_date": fields.Date.context_today(self),
                    "ref": self.env._(
                        "Complaint %(number)s: %(reason)s", number=complaint.name, reason=self.note or complaint.subject
                    ),
                    "invoice_line_ids": [Command.create({**defaults, **item})],
                }
            )
        )
        self.credit_note_ids = [Command.set(move.ids)]
