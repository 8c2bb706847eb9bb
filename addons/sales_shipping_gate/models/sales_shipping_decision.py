# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models


class SalesShippingDecision(models.Model):
    """What somebody with the right to do so decided about a shipment, and on which figures (SHP-3)."""

    _name = "sales.shipping.decision"
    _description = "Shipping Decision"
    _inherit = ["sales.evidence.mixin"]
    _order = "id desc"
    _rec_name = "order_name"

    order_id = fields.Many2one("sale.order", index=True, readonly=True, ondelete="restrict")
    order_name = fields.Char("Order Number", readonly=True)
    picking_id = fields.Many2one("stock.picking", index="btree_not_null", readonly=True, ondelete="restrict")
    kind = fields.Selection(
        [
            ("confirmation", "Finance confirmed the money"),
            ("hold", "Held by hand"),
            ("hold_end", "Hold ended"),
            ("release", "Left on special release"),
            ("unlinked", "Delivery without an order released"),
        ],
        required=True,
        readonly=True,
    )
    company_id = fields.Many2one("res.company", required=True, index=True, readonly=True, ondelete="restrict")
    currency_id = fields.Many2one("res.currency", required=True, readonly=True)
    user_id = fields.Many2one("res.users", "Decided By", required=True, readonly=True, ondelete="restrict")
    date = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)
    reason = fields.Char(required=True, readonly=True)
    partner_name = fields.Char("Customer", readonly=True)
    total = fields.Monetary("Order Total", readonly=True)
    money_in = fields.Monetary(readonly=True)
    value = fields.Monetary("Goods Concerned", readonly=True)
    fingerprint = fields.Char(readonly=True, groups=fields.NO_ACCESS)
    release_id = fields.Many2one("sales.shipping.release", index="btree_not_null", readonly=True, ondelete="restrict")

    @api.model
    def _record(self, kind, orders, reason, user, more=None):
        """Write down one decision about each order, with the figures of this moment.

        :param dict more: sale.order to further values
        :return: sales.shipping.decision, as superuser
        """
        money, digests = orders._gate_money(), orders._gate_digests()
        return self.sudo().create(
            [
                {
                    "kind": kind,
                    "order_id": order.id,
                    "order_name": order.name,
                    "company_id": order.company_id.id,
                    "currency_id": order.currency_id.id,
                    "user_id": user.id,
                    "reason": reason,
                    "partner_name": order.partner_id.display_name,
                    "total": order.amount_total,
                    "money_in": money[order],
                    "fingerprint": digests[order],
                    **(more or {}).get(order, {}),
                }
                for order in orders.sudo()
            ]
        )

    @api.model
    def _standing(self, orders):
        """Return the latest confirmation and the latest word on a hold for each order.

        :return: dict of (sale.order id, "confirmation" or "hold") to sales.shipping.decision (as superuser)
        """
        rows = self.sudo().search(
            [("order_id", "in", orders.ids), ("kind", "in", ("confirmation", "hold", "hold_end"))]
        )
        standing = {}
        for row in rows:
            topic = "confirmation" if row.kind == "confirmation" else "hold"
            standing.setdefault((row.order_id.id, topic), row)
        return standing

    @api.model
    def _released_exposure(self, company):
        """Return what left a company on special release and is not paid for, in the currency of the company."""
        rows = self.sudo().search([("kind", "=", "release"), ("company_id", "=", company.id)])
        money = rows.order_id._gate_money()
        out = 0.0
        for order, mine in rows.grouped("order_id").items():
            # Never more than what the order itself still lacks.
            value = min(sum(mine.mapped("value")), max(order.amount_total - money[order], 0.0))
            out += order.currency_id._convert(value, company.currency_id, company, mine[0].date.date())
        return out
