# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, models


class SalesConfidentialityLiveMixin(models.AbstractModel):
    """What clearances and needs to know depend on: when it changes, they are asked about again."""

    _name = "sales.confidentiality.live.mixin"
    _description = "Condition of Clearances"
    _inherit = ["sales.cached.mixin"]

    @api.model
    def _forget_cached(self):
        # Nothing of it is kept beyond a transaction: what the registry has cached may stay.
        self.env["sales.confidentiality.clearance"]._forget_live()
