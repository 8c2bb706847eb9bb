# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import models


class SalesOwnershipCover(models.Model):
    """Whoever stands in for an owner needs to know."""

    _name = "sales.ownership.cover"
    _inherit = ["sales.ownership.cover", "sales.confidentiality.live.mixin"]
