# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.exceptions import UserError


class SaleOrder(models.Model):
    """Quotations with classified products go to partners who have signed a confidentiality agreement (CON-3)."""

    _inherit = "sale.order"

    confidentiality_warning = fields.Char(compute="_compute_confidentiality_warning")

    @api.constrains("state", "partner_id")
    def _check_confidentiality_sent(self):
        self.filtered(lambda order: order.state == "sent")._confidentiality_check_sending()

    @api.depends("partner_id", "company_id", "order_line.product_id")
    def _compute_confidentiality_warning(self):
        unbound = self._confidentiality_unbound()
        for order in self:
            order.confidentiality_warning = order in unbound and self.env._(
                "%(partner)s has no valid confidentiality agreement, and this quotation names classified products: "
                "%(products)s.",
                partner=order.partner_id.commercial_partner_id.display_name,
                products=", ".join(order._confidentiality_products().mapped("display_name")),
            )

    def action_quotation_send(self):
        """Refuse to send what names classified products to partners without agreement, where the company says so."""
        self._confidentiality_check_sending()
        return super().action_quotation_send()

    def _confidentiality_products(self):
        return self.sudo().order_line.product_id.filtered("confidentiality_level_id")

    def _confidentiality_unbound(self):
        """Return those of these quotations that may not, or should not, be shown to their partner."""
        unbound = self.browse()
        checked = self.sudo().filtered(
            lambda order: order.company_id.confidentiality_quotation_check in ("warn", "refuse")
        )
        for company, orders in checked.grouped("company_id").items():
            classified = orders.filtered(lambda order: order._confidentiality_products())
            partners = classified.partner_id.commercial_partner_id
            bound = self.env["sales.confidentiality.agreement"]._partners_bound(partners, company)
            unbound |= classified.filtered(
                lambda order, bound=bound: order.partner_id.commercial_partner_id not in bound
            )
        return unbound.with_env(self.env)

    def _confidentiality_check_sending(self):
        """Refuse to send these quotations where their company refuses that.

        :raises UserError: naming partner and products, and who can help
        """
        for order in self._confidentiality_unbound():
            if order.sudo().company_id.confidentiality_quotation_check == "refuse":
                raise UserError(
                    self.env._(
                        "%(warning)s Ask a confidentiality officer to have the agreement signed first.",
                        warning=order.confidentiality_warning,
                    )
                )
