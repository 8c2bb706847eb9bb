# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import models
from odoo.exceptions import UserError


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def write(self, vals):
        """Change order lines.

        :raises UserError: when words would go by which goods are held because of a complaint (CMP-2)
        """
        waiting = self.sudo().move_ids.filtered(lambda move: move.state not in ("done", "cancel"))
        held = self.env["sales.lot.hold"]._on(waiting) if "name" in vals else {}
        result = super().write(vals)
        if held:
            still = self.env["sales.lot.hold"]._on(waiting)
            for move, holds in held.items():
                gone = holds - still.get(move, holds.browse())
                if gone:
                    raise UserError(gone._reasons()[0])
        return result
