# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import models

from .sales_licence import Sale


class SaleOrder(models.Model):
    """Regulated goods are ordered and shipped with a valid licence on file (SHP-12)."""

    _inherit = "sale.order"

    def _confirmation_error_message(self):
        error = super()._confirmation_error_message()
        return error or " ".join(self._shipping_licence_reasons().get(self, ())) or False

    def _gate_conditions(self):
        reasons = super()._gate_conditions()
        for order, texts in self._shipping_licence_reasons().items():
            reasons.setdefault(order, []).extend(texts)
        return reasons

    def _shipping_licence_reasons(self):
        """Return which licences are missing for each order today, as sentences.

        :return: dict of sale.order to list of str; orders for which none is missing are absent
        """
        if not self.env["sales.licence.type"]._regulating_ids():
            return {}
        sales = {
            order: Sale(
                order.company_id, order.partner_id, order.user_id, order.sudo().order_line._shipping_goods().product_id
            )
            for order in self
        }
        return self.env["sales.licence"]._lacking(sales)
