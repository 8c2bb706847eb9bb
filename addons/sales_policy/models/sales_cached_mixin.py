# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, models


class SalesCachedMixin(models.AbstractModel):
    """Settings that are read through a cache: it is emptied whenever one of them changes."""

    _name = "sales.cached.mixin"
    _description = "Cached Setting"

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        self._forget_cached()
        return records

    def write(self, vals):
        result = super().write(vals)
        self._forget_cached()
        return result

    def unlink(self):
        result = super().unlink()
        self._forget_cached()
        return result

    @api.model
    def _forget_cached(self):
        """Forget what was read of these settings; a model adds what else has to follow."""
        self.env.registry.clear_cache()
