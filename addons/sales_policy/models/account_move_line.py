# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import models


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    def write(self, vals):
        """Change journal items.

        :raises AccessError: when somebody writes for which order an invoice was made, or what follows from its prices
            (OWN-6, SHP-3)
        """
        self.env["res.company"]._sales_check_reckoned(vals.get("sale_line_ids") or "price_total" in vals)
        return super().write(vals)
