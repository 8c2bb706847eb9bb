# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import Command, api, models


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
        moving = {"parent_id", "is_company"} & vals.keys()
        if self.env.su or not (moving or "category_id" in vals):
            return super().write(vals)
        people = self.sudo().with_context(active_test=False)
        if moving:
            people = people.search([("id", "child_of", self.ids)])
        before = {partner: (partner.category_id, partner.commercial_partner_id) for partner in people}
        result = super().write(vals)
        changed = self.browse().category_id
        for partner, (tags, company) in before.items():
            now = partner.category_id
            # The tags of its people count for a customer: who moves them gives and takes their tags.
            stayed = now & tags if partner.commercial_partner_id == company else now.browse()
            changed |= (now | tags) - stayed
        changed.with_env(self.env)._sales_check_giver()
        return result

    def copy_data(self, default=None):
        """Return the values of copies, without the tags that the user may not give (OWN-2)."""
        vals_list = super().copy_data(default)
        for partner, vals in zip(self, vals_list):
            withheld = self.env["res.partner.category"].union(
                *(tags for tags, _groups in partner.category_id._sales_withheld())
            )
            if withheld and "category_id" not in (default or {}):
                vals["category_id"] = [Command.set((partner.category_id - withheld).ids)]
        return vals_list
