# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import models
from odoo.addons.sales_policy.models.sale_order_money import MOVED


class Held(dict):
    """Hold level or False by id of the order line, as a call began. Known by its type: no client can send one."""


class SaleOrderLine(models.Model):
    """Which lines wait before the door; asked for each move that is reserved (SHP-3)."""

    _inherit = "sale.order.line"

    def _action_launch_stock_rule(self, *, previous_product_uom_qty=False):
        # Without a delivery nothing is bought, made or dropshipped for the order either.
        held = self._gate_held()
        self.filtered(lambda line: held[line.id]).order_id.sudo().shipping_gate_mark = "held"
        lines = self.with_context(shipping_gate_held=held)
        lines -= lines._gate_held_lines(("delivery",))
        if not lines:
            return True
        return super(SaleOrderLine, lines)._action_launch_stock_rule(previous_product_uom_qty=previous_product_uom_qty)

    def _gate_held_lines(self, levels):
        """Return the lines whose order is held at one of these levels.

        :param levels: collection of values of ``res.company.shipping_hold_level``
        """
        held = self._gate_held()
        return self.filtered(lambda line: held[line.id] in levels and not line.sudo().shipping_spared_qty)

    def _gate_held(self):
        """Return at which level the order of each line is held; what a call began with, it goes on with.

        :return: Held
        """
        known = self.env.context.get("shipping_gate_held")
        if type(known) is Held and known.keys() >= set(self.ids):
            return known
        held = Held.fromkeys(self.ids, False)
        if self and self.env["res.company"]._gate_watched() and self.env["sales.shipping.policy"]._holds_early():
            lines = self.sudo()._gate_unsettled()
            orders = lines.order_id._gate_held()
            held.update((line.id, orders.get(line.order_id, False)) for line in lines)
        return held

    def _gate_unsettled(self):
        """Return the lines whose order is not known to be released. Read in one query, without reading the orders."""
        if self.env.cr.precommit.data.get(MOVED):
            # A mark holds until something moves; what moves in this transaction has not changed it yet.
            return self
        return self.search([("id", "in", self.ids), ("order_id.shipping_gate_mark", "!=", "released")], order="id")
