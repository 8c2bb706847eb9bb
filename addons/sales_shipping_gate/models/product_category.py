# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import fields, models


class ProductCategory(models.Model):
    _inherit = "product.category"

    shipping_kind = fields.Selection(
        [("production", "OEM production"), ("standard", "Standard goods"), ("spare", "Spare parts")],
        "Order of Shipping",
        help="OEM production leaves before other goods, spare parts after them. Categories below take it over.",
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
