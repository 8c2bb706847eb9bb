# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from contextlib import suppress

from odoo.addons.sale.controllers.portal import CustomerPortal
from odoo.exceptions import AccessError, MissingError, UserError
from odoo.http import request, route


class SalesShippingPortal(CustomerPortal):
    @route(
        ["/my/orders/<int:order_id>/receipt/<int:picking_id>"],
        type="http",
        auth="public",
        website=True,
        methods=["POST"],
    )
    def portal_shipping_receipt(self, order_id, picking_id, access_token=None, person=None, note=None, **kw):
        """Let the customer of an order confirm that a delivery of it has arrived (SHP-14)."""
        try:
            order = self._document_check_access("sale.order", order_id, access_token=access_token)
        except (AccessError, MissingError):
            return request.redirect("/my")
        # Staff may open the customer's page, but confirms in its own name, in the back office.
        picking = order.picking_ids.filtered(lambda picking: picking.id == picking_id)
        if picking and not request.env.user._is_internal():
            # A second click, or a page that is older than the delivery, is no error: the page shows how it is.
            with suppress(UserError):
                picking.with_user(request.env.user)._shipping_receive(
                    "portal", (person or "")[:100], (note or "")[:1000]
                )
        return request.redirect(order.get_portal_url())
