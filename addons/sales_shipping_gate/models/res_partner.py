# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import fields, models
from odoo.addons.sales_policy.tools import lock_rows


class ResPartner(models.Model):
    _inherit = "res.partner"

    # Bumped by every shipment on credit, so that two of them at the same time cannot both fit under one limit.
    shipping_exposure_count = fields.Integer(groups=fields.NO_ACCESS, copy=False)

    def _gate_lock_exposure(self):
        """Let only one transaction at a time ship on the credit of these commercial partners."""
        lock_rows(self, "shipping_exposure_count")
