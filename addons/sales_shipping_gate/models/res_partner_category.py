# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, models

from .res_partner_terms import GIVERS


class ResPartnerCategory(models.Model):
    """Tags that a shipping policy names are given by finance (SHP-3)."""

    _inherit = "res.partner.category"

    @api.model
    def _sales_givers(self):
        policies = self.env["sales.shipping.policy"].sudo().with_context(active_test=False)
        return [*super()._sales_givers(), (policies.search([("active", "=", True)]).category_ids, GIVERS)]
