# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import models


class ResUsers(models.Model):
    _inherit = "res.users"

    def write(self, vals):
        """Let clearances follow when somebody leaves or changes groups."""
        result = super().write(vals)
        self.env["sales.confidentiality.clearance"]._forget_live()
        return result
