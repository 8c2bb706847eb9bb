# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, models

from ..shield.guard import forget


class SalesOwnershipCover(models.Model):
    _inherit = "sales.ownership.cover"

    @api.model_create_multi
    def create(self, vals_list):
        covers = super().create(vals_list)
        forget(self.env)
        return covers

    def write(self, vals):
        result = super().write(vals)
        forget(self.env)
        return result

    def unlink(self):
        result = super().unlink()
        forget(self.env)
        return result
