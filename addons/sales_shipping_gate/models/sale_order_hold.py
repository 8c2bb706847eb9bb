# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import models
from odoo.addons.sales_policy.models.sale_order_money import MOVED


class Held(dict):
    """Hold level or False by id of the order, as a call began. Known by its type: no client can send one."""


class SaleOrder(models.Model):
    """What waits before the door: no delivery, or nothing reserved, while money is missing (SHP-3)."""

    _inherit = "sale.order"

    def _gate_held(self):
        """Return at which level each of these orders is held now; special releases are considered.

        Told early and for good order; whether goods leave is decided at the door, under a lock.

        :return: dict of sale.order id to a value of ``res.company.shipping_hold_level``, False where nothing waits
        """
        known = self.env.context.get("shipping_gate_held")
        if type(known) is Held and known.keys() >= set(self.ids):
            return known
        held = Held.fromkeys(self.ids, False)
        gated = self.sudo().filtered(lambda order: order.state == "sale" and order.company_id.shipping_gate_enabled)
        if self.env["sales.shipping.policy"]._hold_levels(gated.company_id) <= {"leaving"}:
            return held
        policies = self.env["sales.shipping.policy"]._policies_for(gated)
        levels = {order: policies[order].hold_level or order.company_id.shipping_hold_level for order in gated}
        # A mark holds until something moves; what moves in this transaction has not changed it yet.
        known = () if self.env.cr.precommit.data.get(MOVED) else ("released",)
        asked = gated.filtered(lambda order: levels[order] != "leaving" and order.shipping_gate_mark not in known)
        verdicts = asked._gate_verdicts()
        closed = gated.filtered(lambda order: order in verdicts and not verdicts[order].is_open)
        released = self.env["sales.shipping.release"]._usable(closed) if closed else ()
        held.update(
            (order.id, levels[order]) for order in closed if not (order in released and verdicts[order].is_releasable)
        )
        return held
