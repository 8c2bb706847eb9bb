# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import models


class HrEmployee(models.Model):
    _inherit = "hr.employee"

    def write(self, vals):
        """Let clearances follow when somebody leaves."""
        result = super().write(vals)
        if {"active", "user_id"} & set(vals):
            self.env["sales.confidentiality.clearance"]._forget_live()
        return result
