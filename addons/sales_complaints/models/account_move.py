# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import models


class AccountMove(models.Model):
    _inherit = "account.move"

    def action_register_complaint(self):
        """Open a new complaint about this invoice: its goods are filled in."""
        self.ensure_one()
        lines = self.invoice_line_ids.filtered(lambda line: line.display_type == "product" and line.product_id)
        return self.env["sales.complaint"]._action_new(self.partner_id, "invoice_line_id", lines)
