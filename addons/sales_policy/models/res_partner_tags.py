# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, models


class ResPartner(models.Model):
    """Nobody tags a customer into better terms than they may give (OWN-2)."""

    _inherit = "res.partner"

    @api.model_create_multi
    def create(self, vals_list):
        partners = super().create(vals_list)
        # Asked of what was created: tags come from defaults too.
        partners.sudo().category_id.with_env(self.env)._sales_check_giver()
        return partners

    def write(self, vals):
        if "category_id" not in vals or self.env.su:
            return super().write(vals)
        before = {partner: partner._sales_tags() for partner in self}
        result = super().write(vals)
        changed = self.browse().category_id
        for partner, tags in before.items():
            now = partner._sales_tags()
            changed |= (now | tags) - (now & tags)
        changed.with_env(self.env)._sales_check_giver()
        return result

    def _sales_tags(self):
        # sudo: tags that the user does not see count too.
        return self.sudo().with_context(active_test=False).category_id
