# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import fields, models

from ..tools import lock_rows


class ProductProduct(models.Model):
    _name = "product.product"
    _inherit = ["product.product", "sales.closed.mixin"]

    sales_claim_count = fields.Integer(
        "Claims Settled", readonly=True, copy=False, groups=fields.NO_ACCESS, help="Written to lock the goods."
    )

    def _sales_lock_units(self):
        """Let claims on the same goods follow one another, so that two deposits at once have one winner (OWN-6)."""
        lock_rows(self, "sales_claim_count")
