# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import models
from odoo.exceptions import AccessError

from .res_partner_terms import gives_terms


class ProductTemplate(models.Model):
    """Who keeps the catalogue does not say on which terms goods leave: policies look at their category (SHP-3)."""

    _inherit = "product.template"

    def write(self, vals):
        """Change products.

        :raises AccessError: when goods that have been ordered would leave on other terms than before, for everybody
            but finance, the general manager, policy officers and administrators
        """
        asked = {"categ_id", "type"} & vals.keys() and not gives_terms(self.env)
        before = self._gate_terms() if asked else {}
        result = super().write(vals)
        if before:
            now = self._gate_terms()
            for product in self:
                if before[product] != now[product] and product._gate_is_in_use():
                    raise AccessError(product.categ_id._gate_named_text(product.display_name))
        return result

    def _gate_terms(self):
        """Return what policies in force look at on each product; empty where they look at none.

        :return: dict of product.template to a tuple
        """
        if not self.env["sales.shipping.policy"]._in_force().product_category_ids:
            return {}
        named = self.categ_id._gate_named()
        return {product: (product.type == "consu", named.get(product.sudo().categ_id)) for product in self}

    def _gate_is_in_use(self):
        """Return whether goods have been ordered or have moved: a new product is put right by whoever enters it."""
        products = self.sudo().with_context(active_test=False).product_variant_ids
        ordered = self.env["sale.order.line"].sudo().search_count([("product_id", "in", products.ids)], limit=1)
        return ordered or self.env["stock.move"].sudo().search_count([("product_id", "in", products.ids)], limit=1)
