# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo.addons.sale.controllers.portal import CustomerPortal
from odoo.exceptions import AccessError, MissingError
from odoo.http import route


class SalesPolicyPortal(CustomerPortal):
    @route()
    def portal_order_page(self, order_id, access_token=None, payment_amount=None, **kw):
        """Show no payment form for goods that somebody else has paid for, not even by an old payment link (OWN-6)."""
        if payment_amount:
            try:
                order = self._document_check_access("sale.order", order_id, access_token=access_token)
            except (AccessError, MissingError):
                order = None
            if order and order._sales_lost_claims():
                payment_amount = None
        return super().portal_order_page(order_id, access_token=access_token, payment_amount=payment_amount, **kw)
