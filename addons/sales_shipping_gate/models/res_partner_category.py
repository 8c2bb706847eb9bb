# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import models


class ResPartnerCategory(models.Model):
    """A tag that a shipping policy names is not given from its own side either (SHP-3)."""

    _inherit = "res.partner.category"

    def write(self, vals):
        named = self.env["sales.shipping.policy"]._named_terms().tags
        if "partner_ids" not in vals or named.isdisjoint(self.ids):
            return super().write(vals)
        touched = self.sudo().partner_ids
        before = touched._shipping_terms()
        result = super().write(vals)
        (touched | self.sudo().partner_ids).with_env(self.env)._shipping_check_terms(before)
        return result
