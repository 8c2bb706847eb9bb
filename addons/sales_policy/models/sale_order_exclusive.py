# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL


class SaleOrder(models.Model):
    """Goods that are sold once go to the order whose deposit arrives first (OWN-6)."""

    _inherit = "sale.order"

    sales_exclusive_message = fields.Char("Exclusive Goods", compute="_compute_sales_exclusive_message")

    @api.depends("state", "order_line.product_id", "order_line.product_uom_qty")
    @api.depends_context("lang")
    def _compute_sales_exclusive_message(self):
        lost = self._origin._sales_lost_claims()
        for order in self:
            claims = lost.get(order._origin)
            order.sales_exclusive_message = claims and order._origin._sales_explain_lost(claims)

    @api.model_create_multi
    def create(self, vals_list):
        orders = super().create(vals_list)
        orders.filtered(lambda order: order.state == "sale")._sales_check_not_lost()
        return orders

    def write(self, vals):
        """Confirm no order whose exclusive goods somebody else has paid for (OWN-6).

        :raises UserError: naming the goods, who has them and since when
        """
        if vals.get("state") == "sale":
            self.filtered(lambda order: order.state != "sale")._sales_check_not_lost()
        result = super().write(vals)
        if "state" in vals and self.env["res.company"]._sales_claims_watched():
            self._sales_money_moved(orders=self)
        return result

    def _sales_lost_claims(self):
        """Return the claims of other orders on goods that these orders want, in one query.

        :return: dict of sale.order to sales.exclusive.claim (as superuser); orders that lost nothing are absent
        """
        if not self or not self.env["res.company"]._sales_exclusive_watched():
            return {}
        # A deposit that arrived in this very transaction counts.
        self._sales_settle_money()
        self.env["sale.order.line"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT line.order_id, claim.id
                  FROM sale_order_line line
                  JOIN sales_exclusive_claim claim
                    ON claim.unit_key = line.sales_unit_key AND claim.released_on IS NULL
                   AND claim.order_id != line.order_id
                  JOIN sale_order sale ON sale.id = line.order_id AND sale.state != 'cancel'
                 WHERE line.order_id = ANY(%s) AND line.product_uom_qty > 0
                 ORDER BY line.order_id, claim.id
                """,
                list(self.ids),
            )
        )
        claims = self.env["sales.exclusive.claim"].sudo().browse(row[1] for row in rows)
        by_id = {claim.id: claim for claim in claims}
        orders = {order.id: order for order in self}
        lost = {}
        for order_id, claim_id in rows:
            order = orders[order_id]
            lost[order] = lost.get(order, claims.browse()) | by_id[claim_id]
        return lost

    def _sales_check_not_lost(self):
        """Refuse to go on with orders that want goods somebody else has paid for (OWN-6).

        :raises UserError: naming the goods, who has them and since when
        """
        for order, claims in self._sales_lost_claims().items():
            raise UserError(order._sales_explain_lost(claims))

    def _sales_explain_lost(self, claims):
        claim = claims[:1]
        return self.env._(
            "%(rival)s: %(goods)s is sold once and taken. The deposit of %(order)s (%(salesperson)s) arrived on "
            "%(moment)s. Take it off this order or offer other goods; if %(order)s is cancelled, it is free again.",
            rival=self.name,
            **claim._facts(self.env),
        )

    def _sales_deposit(self, money):
        """Return the arrival by which the deposit for exclusive goods was complete.

        :param MoneyIn money: of this order
        :return: MoneyFlow, or None while money is missing
        """
        self.ensure_one()
        required = self.amount_total * self.company_id.sales_exclusive_deposit / 100
        compare = self.currency_id.compare_amounts
        if money.amount <= 0 or compare(money.amount, required) < 0:
            return None
        total = 0.0
        for flow in money.flows:
            total += flow.amount
            if total > 0 and compare(total, required) >= 0:
                return flow
        return None

    def _sales_managers(self):
        """Return who oversees this order: the leader of its team, else the sales managers of its company."""
        self.ensure_one()
        leader = self.team_id.user_id
        if leader.active:
            return leader
        return self.company_id._sales_users_of("sales_team.group_sale_manager")

    def _sales_tell(self, users, subject, body):
        """Send people a message about this order that does not show on it."""
        self.sudo().message_notify(partner_ids=users.partner_id.ids, subject=subject, body=body)

    def _has_to_be_paid(self):
        return super()._has_to_be_paid() and not self._sales_lost_claims()

    def _has_to_be_signed(self):
        return super()._has_to_be_signed() and not self._sales_lost_claims()

    def _get_default_payment_link_values(self):
        """Make no link by which a customer would pay for goods that are gone (OWN-6)."""
        self._sales_check_not_lost()
        return super()._get_default_payment_link_values()

    def _create_invoices(self, grouped=False, final=False, date=None):
        """Invoice no order whose exclusive goods are gone (OWN-6).

        :raises UserError: naming the goods, who has them and since when
        """
        self._sales_check_not_lost()
        return super()._create_invoices(grouped=grouped, final=final, date=date)
