# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, models

from .res_partner_terms import GIVERS


class ResPartnerCategory(models.Model):
    """Tags that a shipping policy names are given by finance (SHP-3)."""

    _inherit = "res.partner.category"

    @api.model
    def _sales_givers(self):
        return [*super()._sales_givers(), (self.env["sales.shipping.policy"]._in_force().category_ids, GIVERS)]
