# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import models


class SaleOrder(models.Model):
    """What waits before the door: no delivery, or nothing reserved, while money is missing (SHP-3)."""

    _inherit = "sale.order"

    def _gate_held(self):
        """Return at which level each of these orders is held now; special releases are considered.

        Told early and for good order; whether goods leave is decided at the door, under a lock.

        :return: dict of sale.order to a value of ``res.company.shipping_hold_level``; absent where nothing waits
        """
        gated = self.sudo().filtered(lambda order: order.state == "sale" and order.company_id.shipping_gate_enabled)
        policies = self.env["sales.shipping.policy"]._policies_for(gated)
        levels = {order: policies[order].hold_level or order.company_id.shipping_hold_level for order in gated}
        verdicts = gated.filtered(lambda order: levels[order] != "leaving")._gate_verdicts()
        closed = gated.filtered(lambda order: order in verdicts and not verdicts[order].is_open)
        released = self.env["sales.shipping.release"]._usable(closed) if closed else ()
        return {order: levels[order] for order in closed if not (order in released and verdicts[order].is_releasable)}
