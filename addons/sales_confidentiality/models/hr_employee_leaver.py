# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import models


class HrEmployee(models.Model):
    _inherit = "hr.employee"

    def write(self, vals):
        """Let employees leave when they have handed everything back, where their company says so (CON-12)."""
        if "active" in vals and not vals["active"]:
            self.env["sales.confidentiality.leaver"]._check_leaving(self.sudo().user_id)
        return super().write(vals)

    def action_confidentiality_leaver(self):
        """Open the record in which the leaving of one employee is looked after; start it where there is none."""
        self.ensure_one()
        Leaver = self.env["sales.confidentiality.leaver"]
        user = self.sudo().user_id
        domain = [("user_id", "=", user.id), ("company_id", "=", self.sudo().company_id.id)]
        leaver = Leaver.search(domain) or Leaver.create({"user_id": user.id, "company_id": self.sudo().company_id.id})
        return {
            "type": "ir.actions.act_window",
            "res_model": Leaver._name,
            "res_id": leaver.id,
            "view_mode": "form",
        }
