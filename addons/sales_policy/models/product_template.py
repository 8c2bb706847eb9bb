# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models


class ProductTemplate(models.Model):
    _inherit = "product.template"

    sales_sold_once = fields.Boolean(
        "Exclusive: First Deposit Wins",
        tracking=True,
        help="Each variant exists once. Several quotations may offer it; the order whose deposit arrives first takes "
        "it. Orders that were confirmed before this was marked are left alone.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        products = super().create(vals_list)
        if any(products.mapped("sales_sold_once")):
            self.env.registry.clear_cache()
        return products

    def write(self, vals):
        """Let a mark hold for the open quotations too (OWN-6)."""
        marked = self.filtered("sales_sold_once") if "sales_sold_once" in vals else self.browse()
        result = super().write(vals)
        if "sales_sold_once" in vals:
            self.env.registry.clear_cache()
            (self - marked if vals["sales_sold_once"] else marked).sudo()._sales_mark_quotations()
        return result

    def _sales_mark_quotations(self):
        Line = self.env["sale.order.line"].sudo()
        lines = Line.search([("product_id.product_tmpl_id", "in", self.ids), ("state", "in", ("draft", "sent"))])
        self.env.add_to_compute(Line._fields["sales_unit_key"], lines)
        if lines:
            self.env["sale.order"]._sales_money_moved(orders=lines.order_id)
