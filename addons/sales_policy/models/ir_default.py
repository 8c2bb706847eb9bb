# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, models
from odoo.api import SUPERUSER_ID


class IrDefault(models.Model):
    _inherit = "ir.default"

    @api.model
    def _get_model_defaults(self, model_name, condition=False):
        """Return the defaults of a model.

        What people have set for themselves does not count in the models of the policies: the server records there in
        their name, and a default of theirs would become a state, a date or a signature that nobody gave (OWN-1).
        """
        if model_name.startswith("sales."):
            self = self.with_user(SUPERUSER_ID).with_company(self.env.company)
        return super()._get_model_defaults(model_name, condition)
