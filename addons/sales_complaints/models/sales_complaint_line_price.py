# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class SalesComplaintLine(models.Model):
    """What was paid for the goods: what is given back is reckoned on it (CMP-9)."""

    _inherit = "sales.complaint.line"

    currency_id = fields.Many2one("res.currency", compute="_compute_currency", store=True, precompute=True)
    price_unit = fields.Monetary(
        "Price", compute="_compute_price", store=True, readonly=False, help="What was paid, untaxed."
    )

    @api.constrains("invoice_line_id")
    def _check_invoice(self):
        for line in self:
            if line.invoice_line_id and not line._bill():
                raise ValidationError(
                    self.env._(
                        "%(goods)s: name a posted invoice of the customer. %(invoice)s is none.",
                        goods=line.name,
                        invoice=line.sudo().invoice_line_id.move_id.display_name,
                    )
                )

    @api.constrains("price_unit", "product_uom_id", "currency_id", "sale_line_id", "invoice_line_id")
    def _check_price(self):
        # Goods with a document cost what the document says.
        for line in self:
            price = line._document_price()
            currency = line._bill().currency_id or line.sale_line_id.sudo().currency_id
            if price is not None and (
                line.currency_id.compare_amounts(price, line.price_unit) or line.currency_id != currency
            ):
                raise ValidationError(
                    self.env._(
                        "%(goods)s: %(price)s were paid by the document named.",
                        goods=line.name,
                        price=line.currency_id.format(price),
                    )
                )

    @api.depends("sale_line_id", "invoice_line_id", "complaint_id")
    def _compute_currency(self):
        for line in self:
            sale, bill = line.sale_line_id.sudo(), line._bill()
            line.currency_id = bill.currency_id or sale.currency_id or line.complaint_id.company_id.currency_id

    @api.depends("sale_line_id", "invoice_line_id", "product_uom_id")
    def _compute_price(self):
        # Not precomputed: a price sent along with new goods would be overwritten before it is checked.
        for line in self:
            price = line._document_price()
            if price is not None:
                line.price_unit = price

    def _document_price(self):
        """Return the untaxed price of a piece by the invoice, else by the order.

        :return: float per unit of this line, in its currency; None where there is no document
        """
        sale, bill = self.sale_line_id.sudo(), self._bill()
        if bill:
            return self._in_own_unit(
                bill.price_subtotal / bill.quantity if bill.quantity else bill.price_unit, bill.product_uom_id
            )
        return self._in_own_unit(sale.price_reduce_taxexcl, sale.product_uom_id) if sale else None

    def _in_own_unit(self, price, unit):
        own = self.product_uom_id
        return unit._compute_price(price, own) if unit and own and unit._has_common_reference(own) else price

    def _bill(self):
        """Return the posted invoice line of the goods, as superuser, if there is one: orders may change after it."""
        bills = self.invoice_line_id.sudo() or self.sale_line_id.sudo().invoice_lines
        return bills.filtered(lambda bill: bill.parent_state == "posted" and bill.move_type == "out_invoice")[:1]
