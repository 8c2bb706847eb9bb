# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, models


class Carried(list):
    """The order lines of an invoice line that is copied. Known by its type: no client can send one."""


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    @api.model_create_multi
    def create(self, vals_list):
        """Create journal items.

        :raises AccessError: when somebody says for which order an invoice is made (OWN-6, OWN-8, SHP-3)
        """
        lines = super().create(vals_list)
        if not self.env.su:
            # Asked of what was created: orders come from defaults too. Credit notes are for the orders of the invoice.
            self.env["res.company"]._sales_check_reckoned(
                any(
                    line.sale_line_ids and type(vals.get("sale_line_ids")) is not Carried
                    for line, vals in zip(lines.sudo(), vals_list)
                )
            )
        return lines

    def write(self, vals):
        """Change journal items.

        :raises AccessError: when somebody writes for which order an invoice was made, or what follows from its prices
            (OWN-6, SHP-3)
        """
        self.env["res.company"]._sales_check_reckoned(vals.get("sale_line_ids") or "price_total" in vals)
        return super().write(vals)

    def _copy_data_extend_business_fields(self, values):
        result = super()._copy_data_extend_business_fields(values)
        values["sale_line_ids"] = Carried(values["sale_line_ids"])
        return result
