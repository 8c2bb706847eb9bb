# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import models
from odoo.exceptions import AccessError

from .res_partner_terms import gives_terms


class SaleOrder(models.Model):
    """On whose terms goods have left stays as it was (SHP-3)."""

    _inherit = "sale.order"

    def write(self, vals):
        payers = {"partner_id", "partner_invoice_id"} & vals.keys()
        asked = payers and self and self.env["res.company"]._gate_watched() and not gives_terms(self.env)
        before = {order: order._gate_customers() for order in self.sudo()} if asked else {}
        left = self.sudo()._gate_left() if asked else self
        result = super().write(vals)
        for order, customers in before.items():
            if order._gate_customers() == customers:
                continue
            if order in left:
                raise AccessError(
                    self.env._(
                        "Goods of %(order)s have left on the terms of %(customer)s. Make another order for another "
                        "customer, or ask finance.",
                        order=order.name,
                        customer=", ".join(customers.mapped("display_name")),
                    )
                )
            # What was under way was for somebody else.
            order.order_line.filtered("shipping_spared_qty").shipping_spared_qty = 0
        return result

    def _gate_left(self):
        """Return those of these orders whose goods have moved, in companies whose gate is on."""
        gated = self.filtered("company_id.shipping_gate_enabled")
        return gated.filtered(lambda order: any(move.state == "done" for move in order.order_line.move_ids))
