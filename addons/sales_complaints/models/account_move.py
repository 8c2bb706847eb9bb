# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import Command, models


class AccountMove(models.Model):
    _inherit = "account.move"

    def action_register_complaint(self):
        """Open a new complaint about this invoice: its goods are filled in."""
        self.ensure_one()
        lines = self.invoice_line_ids.filtered(lambda line: line.display_type == "product" and line.product_id)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Complaint"),
            "res_model": "sales.complaint",
            "view_mode": "form",
            "context": {
                "default_partner_id": self.partner_id.id,
                "default_line_ids": [Command.create({"invoice_line_id": line.id, "quantity": 1}) for line in lines],
            },
        }
