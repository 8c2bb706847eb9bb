# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from collections import defaultdict

from odoo import models
from odoo.fields import Domain

from .sales_shipping_request import ASKED


class SaleOrderLine(models.Model):
    """How much of a line has left, was asked for, and may still be asked for; all in the unit of the line."""

    _inherit = "sale.order.line"

    def _shipping_goods(self):
        """Return those of these lines that are shipped."""
        return self.filtered(lambda line: line.product_id.type == "consu" and not line.is_downpayment)

    def _shipping_out(self):
        """Return how much of each line is with the customer; of a kit as much as its furthest component.

        :return: dict of sale.order.line to float, in the unit of the line
        """
        net_out, shares = self._gate_net_out(), defaultdict(float)
        ordered = self._gate_ordered(net_out)
        for (line, product), quantity in net_out.items():
            if ordered.get((line, product)):
                shares[line] = max(shares[line], quantity / ordered[line, product])
        return {line: shares[line] * line.product_uom_qty for line in self}

    def _shipping_asked(self, states):
        """Return up to how much of each line may be with the customer by the requests in some states (SHP-1).

        What had left before the first of them was submitted counts too: it needed none.

        :param states: values of ``sales.shipping.request.state``
        :return: dict of sale.order.line to float, in the unit of the line
        """
        domain = Domain("order_line_id", "in", self.ids) & Domain("request_id.state", "in", states)
        rows = (
            self.env["sales.shipping.request.line"]
            .sudo()
            ._read_group(domain, ["order_line_id"], ["quantity:sum", "delivered_before:min"])
        )
        asked = dict.fromkeys(self, 0.0)
        asked.update((self.browse(line.id), quantity + before) for line, quantity, before in rows)
        return asked

    def _shipping_undelivered(self):
        """Return how much of each line can still be asked for: ordered, not delivered, in no request.

        :return: dict of sale.order.line to float, in the unit of the line; lines that are not shipped are absent
        """
        lines = self._shipping_goods()
        out, asked = lines._shipping_out(), lines._shipping_asked(ASKED)
        return {line: line.product_uom_qty - max(out[line], asked[line]) for line in lines}
