# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, models
from odoo.exceptions import AccessError

from .res_partner_terms import gives_terms


class SaleOrder(models.Model):
    """The invoice is due as its order says: no later than finance has granted the customer (SHP-3)."""

    _inherit = "sale.order"

    @api.model_create_multi
    def create(self, vals_list):
        orders = super().create(vals_list)
        orders._gate_check_payment_term()
        return orders

    def write(self, vals):
        changed = self.browse()
        if "payment_term_id" in vals:
            changed = self.filtered(lambda order: order.payment_term_id.id != vals["payment_term_id"])
        result = super().write(vals)
        changed._gate_check_payment_term()
        return result

    def _gate_check_payment_term(self):
        """Refuse a payment term that is longer than that of the customer, where credit ends with an overdue invoice.

        :raises AccessError: for everybody but finance, the general manager, policy officers and administrators
        """
        if not self.env["sales.shipping.policy"]._named_terms().is_by_due_date or gives_terms(self.env):
            return
        for order in self.sudo().filtered("company_id.shipping_gate_enabled"):
            term = order.payment_term_id
            granted = order.partner_id.with_company(order.company_id).property_payment_term_id
            if term != granted and order._gate_last_due(term) > order._gate_last_due(granted):
                raise AccessError(
                    self.env._(
                        "The payment term “%(term)s” is longer than that of %(customer)s. Credit is given to the "
                        "customer, not to the order: please ask finance.",
                        term=term.display_name,
                        customer=order.partner_id.display_name,
                    )
                )

    def _gate_last_due(self, term):
        """Return on which date the last part of an invoice of today is due."""
        today = self.company_id._sales_today()
        return max((line._get_due_date(today) for line in term.line_ids), default=today)
