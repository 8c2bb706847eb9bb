# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import models

from ..shield.guard import forget


class SalesOwnership(models.Model):
    _inherit = "sales.ownership"

    def _forget_derived(self):
        result = super()._forget_derived()
        forget(self.env)
        return result
