# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class SaleOrderLine(models.Model):
    _name = "sale.order.line"
    _inherit = ["sale.order.line", "sales.closed.mixin"]
    _sales_kept_by_server = frozenset(
        {
            "invoice_lines",
            "price_reduce_taxexcl",
            "price_reduce_taxinc",
            "price_subtotal",
            "price_tax",
            "price_total",
            "qty_delivered_method",
            "qty_invoiced",
        }
    )

    # Stored, so that goods marked later do not drag orders of the past along. Nobody writes it by RPC.
    sales_unit_key = fields.Char(
        "Exclusive Unit",
        compute="_compute_sales_unit_key",
        store=True,
        copy=False,
        index="btree_not_null",
        groups=fields.NO_ACCESS,
    )

    @api.constrains("product_id", "product_uom_qty", "product_uom_id", "order_id")
    def _check_sold_once(self):
        """Let nobody order more than one of what exists once (OWN-6)."""
        if not self.env["res.company"]._sales_claims_watched():
            return
        for order in self.filtered("sales_unit_key").order_id:
            for lines in order.order_line.filtered("sales_unit_key").grouped("sales_unit_key").values():
                quantity = sum(
                    line.product_uom_id._compute_quantity(line.product_uom_qty, line.product_id.uom_id)
                    for line in lines
                )
                if quantity > 1:
                    raise ValidationError(
                        self.env._(
                            "%(goods)s is sold once: no more than one can be ordered.",
                            goods=lines[0]._sales_unit_name(),
                        )
                    )

    @api.depends("product_id")
    def _compute_sales_unit_key(self):
        for line in self:
            line.sales_unit_key = line._sales_unit_key()

    @api.model_create_multi
    def create(self, vals_list):
        self._sales_check_kept(vals_list)
        lines = super().create(vals_list)
        lines._sales_wants_changed()
        return lines

    def write(self, vals):
        self._sales_check_kept([vals])
        if "order_id" in vals:
            self._sales_check_stays(vals["order_id"])
        wants = bool(self._sales_wanted_fields() & set(vals))
        before = self.order_id if wants else None
        result = super().write(vals)
        if wants:
            self._sales_wants_changed(before)
        return result

    def unlink(self):
        self._sales_wants_changed()
        return super().unlink()

    def _sales_check_stays(self, order_id):
        """Refuse to move lines to another order once theirs is confirmed, or goods or money went through (OWN-3).

        :raises UserError: naming the goods and their order
        """
        if not self.env["res.company"]._sales_money_watched():
            return
        for line in self.sudo()._sales_bound().filtered(lambda line: line.order_id.id != order_id):
            raise UserError(
                self.env._(
                    "%(goods)s is confirmed, under way or invoiced for %(order)s, the line stays there. Add a new line "
                    "to the other order.",
                    goods=line.name or line.product_id.display_name,
                    order=line.order_id.name,
                )
            )

    def _sales_bound(self):
        """Return the lines that are part of what happened to their order: it was credited, money went through them."""
        return self.filtered(lambda line: line.state == "sale" or line.invoice_lines)

    @api.model
    def _sales_wanted_fields(self):
        """Return the names of the fields that tell which goods a line wants."""
        return {"product_id", "product_uom_qty", "product_uom_id", "order_id"}

    def _sales_unit_key(self):
        """Return the key of the one unit that this line wants, if its goods are sold once: the product."""
        self.ensure_one()
        return f"product.product,{self.product_id.id}" if self.product_id.sales_sold_once else False

    def _sales_unit_name(self):
        """Return the name of the unit that this line wants."""
        self.ensure_one()
        return self.product_id.display_name

    def _sales_wants_changed(self, before=None):
        """Follow changes of orders that want exclusive goods; a confirmed order takes on none that are gone."""
        if not self.env["res.company"]._sales_claims_watched():
            return
        orders = self.sudo().filtered("sales_unit_key").order_id | (before or self.order_id.browse()).sudo()
        if orders:
            self.env["sale.order"]._sales_money_moved(orders=orders)
            orders.filtered(lambda order: order.state == "sale")._sales_check_not_lost()
