# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import models


class ResUsers(models.Model):
    _inherit = "res.users"

    def write(self, vals):
        """Let people leave when they have handed everything back, where their company says so (CON-12)."""
        if "active" in vals and not vals["active"]:
            self.env["sales.confidentiality.leaver"]._check_leaving(self)
        return super().write(vals)
