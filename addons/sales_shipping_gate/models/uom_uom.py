# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import models
from odoo.exceptions import UserError

RATIO = {"factor", "relative_factor", "relative_uom_id"}


class UomUom(models.Model):
    _inherit = "uom.uom"

    def write(self, vals):
        """Change units.

        :raises UserError: when more or less would be in what is ordered in them (SHP-3)
        """
        if RATIO & vals.keys() and not self.env.su and self.env["res.company"]._gate_watched():
            sold = [
                ("product_uom_id", "child_of", self.ids),
                ("order_id.state", "=", "sale"),
                ("company_id.shipping_gate_enabled", "=", True),
            ]
            line = self.env["sale.order.line"].sudo().search(sold, limit=1)
            if line:
                raise UserError(
                    self.env._(
                        "%(order)s is ordered in “%(unit)s”, so its size stays. Create another unit.",
                        order=line.order_id.name,
                        unit=line.product_uom_id.name,
                    )
                )
        return super().write(vals)
