# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import fields, models
from odoo.exceptions import AccessError

from .res_partner_terms import gives_terms


class ProductCategory(models.Model):
    _inherit = "product.category"

    shipping_kind = fields.Selection(
        [("production", "OEM production"), ("standard", "Standard goods"), ("spare", "Spare parts")],
        "Order of Shipping",
        help="OEM production leaves before other goods, spare parts after them. Categories below take it over.",
    )

    def write(self, vals):
        """Change product categories.

        :raises AccessError: when goods would leave on other terms than before (SHP-3), for everybody but finance, the
            general manager, policy officers and administrators
        """
        before = {} if "parent_id" not in vals or gives_terms(self.env) else self._gate_named()
        result = super().write(vals)
        if before and self._gate_named() != before:
            raise AccessError(self._gate_named_text(self[:1].display_name))
        return result

    def _gate_named(self):
        """Return which of the categories that policies in force name each category is or lies below."""
        named = self.env["sales.shipping.policy"]._in_force().product_category_ids
        return {
            category: named.filtered(lambda above, path=category.parent_path or "": path.startswith(above.parent_path))
            for category in self.sudo()
        }

    def _gate_named_text(self, name):
        return self.env._(
            "A shipping policy depends on the product category of %(name)s. Please ask finance to change it.", name=name
        )

    def _licence_types(self):
        """Return which licences goods of each category need: its own and those of the categories above.

        Only licence types name categories: whoever may edit categories could else make goods free.

        :return: dict of product.category to sales.licence.type (as superuser)
        """
        types = self.env["sales.licence.type"].sudo()
        types = types.browse(types._regulating_ids())
        result = dict.fromkeys(self, self.env["sales.licence.type"].sudo())
        for category in self.sudo() if types else ():
            path = category.parent_path or ""
            result[category] = types.filtered(
                lambda kind, path=path: any(path.startswith(above.parent_path) for above in kind.category_ids)
            )
        return result
