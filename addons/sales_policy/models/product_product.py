# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import fields, models
from odoo.tools import SQL


class ProductProduct(models.Model):
    _inherit = "product.product"

    sales_claim_count = fields.Integer(
        "Claims Settled", readonly=True, copy=False, groups=fields.NO_ACCESS, help="Written to lock the goods."
    )

    def _sales_lock_units(self):
        """Let claims on the same goods follow one another, so that two deposits at once have one winner (OWN-6).

        The rows are modified, not merely locked: who waited would otherwise go on with what it saw before.
        """
        if not self:
            return
        self.env.execute_query(
            SQL(
                "UPDATE product_product SET sales_claim_count = COALESCE(sales_claim_count, 0) + 1 WHERE id IN"
                " (SELECT id FROM product_product WHERE id = ANY(%s) ORDER BY id FOR NO KEY UPDATE) RETURNING id",
                list(self.ids),
            )
        )
