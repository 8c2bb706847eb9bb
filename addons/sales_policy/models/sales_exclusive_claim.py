# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.fields import Domain


class SalesExclusiveClaim(models.Model):
    """Which order has taken goods that are sold once: the first whose deposit arrived (OWN-6).

    A claim is released when its order is cancelled or no longer holds the goods.
    """

    _name = "sales.exclusive.claim"
    _inherit = ["sales.evidence.mixin"]
    _description = "Claim on Exclusive Goods"
    _order = "id desc"
    _rec_name = "unit_name"

    unit_key = fields.Char(required=True, index=True, readonly=True, groups=fields.NO_ACCESS)
    unit_name = fields.Char("Goods", required=True, readonly=True)
    product_id = fields.Many2one("product.product", required=True, index=True, ondelete="restrict", readonly=True)
    order_id = fields.Many2one("sale.order", required=True, index=True, ondelete="restrict", readonly=True)
    order_name = fields.Char("Order Number", required=True, readonly=True)
    company_id = fields.Many2one("res.company", required=True, index=True, ondelete="restrict", readonly=True)
    user_id = fields.Many2one("res.users", "Salesperson", ondelete="restrict", readonly=True)
    moment = fields.Datetime("Deposit Arrived On", required=True, readonly=True)
    evidence = fields.Char(
        "Payment", readonly=True, groups="sales_team.group_sale_manager,account.group_account_invoice"
    )
    released_on = fields.Datetime(readonly=True)
    release_reason = fields.Selection(
        [("cancelled", "Order Cancelled"), ("removed", "Goods Taken off the Order")], readonly=True
    )
    state = fields.Selection(
        [("taken", "Taken"), ("released", "Released")], compute="_compute_state", search="_search_state"
    )

    # The last line of defence: the product's row is locked before a claim is added.
    _unit_unique = models.UniqueIndex("(unit_key) WHERE released_on IS NULL")

    @api.depends("released_on")
    def _compute_state(self):
        for claim in self:
            claim.state = "released" if claim.released_on else "taken"

    def _search_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        if {"taken", "released"} <= set(value):
            return [(1, "=", 1)]
        if "taken" in value:
            return [("released_on", "=", False)]
        return [("released_on", "!=", False)] if "released" in value else [(0, "=", 1)]

    @api.model
    def _settle(self, orders, paid):
        """Bring the claims in line with money and orders: release, grant, tell (OWN-6). Idempotent.

        :param orders: dict of sale.order to MoneyIn: the orders that moved
        :param bool paid: whether money moved, and not only orders
        """
        if not orders:
            return
        moved = self.env["sale.order"].sudo().union(*orders)
        held = self.sudo().search([("order_id", "in", moved.ids), ("released_on", "=", False)])
        lines = self._lines(Domain("order_id", "in", moved.ids))
        (lines.product_id | held.product_id)._sales_lock_units()
        released = held._release(lines)
        granted = self._grant({*lines.mapped("sales_unit_key"), *held.mapped("unit_key")})
        for claim in granted:
            claim._tell_winner()
            claim._tell_rivals()
        for claim in released.filtered(lambda claim: claim.unit_key not in granted.mapped("unit_key")):
            claim._tell_next()
        if paid:
            lost = moved._sales_lost_claims()
            for order in moved.filtered(lambda order: order in lost and orders[order].amount > 0):
                # Whoever is told now that the goods are gone is told of the refund in the same message.
                if not lost[order] & granted:
                    lost[order][:1]._tell_refund(order)

    @api.model
    def _lines(self, domain):
        """Return the order lines that want exclusive goods, of orders that are not cancelled, the oldest first."""
        wanted = Domain("sales_unit_key", "!=", False) & Domain("product_uom_qty", ">", 0)
        return self.env["sale.order.line"].sudo().search(wanted & Domain("state", "!=", "cancel") & domain, order="id")

    def _release(self, lines):
        """Release those of these claims whose order no longer wants the goods.

        :param lines: sale.order.line, what the orders want now
        """
        wanted = {(line.order_id, line.sales_unit_key) for line in lines}
        gone = self.filtered(lambda claim: (claim.order_id, claim.unit_key) not in wanted)
        for reason, claims in gone.grouped(
            lambda claim: "cancelled" if claim.order_id.state == "cancel" else "removed"
        ).items():
            claims._evidence_write({"released_on": fields.Datetime.now(), "release_reason": reason})
        return gone

    @api.model
    def _grant(self, keys):
        """Give free goods to the order whose deposit arrived first; a tie goes by the order of the payment records.

        :param keys: set of the units to look at
        :return: the new claims
        """
        taken = self.sudo().search([("unit_key", "in", list(keys)), ("released_on", "=", False)])
        lines = self._lines(Domain("sales_unit_key", "in", list(keys - set(taken.mapped("unit_key")))))
        if not lines:
            return self.browse().sudo()
        deposits = {order: order._sales_deposit(found) for order, found in lines.order_id._sales_money_in().items()}
        vals_list = []
        for key, some in lines.filtered(lambda line: deposits[line.order_id]).grouped("sales_unit_key").items():
            first = min(
                some,
                key=lambda line: (deposits[line.order_id].moment.replace(microsecond=0), deposits[line.order_id].rank),
            )
            order, deposit = first.order_id, deposits[first.order_id]
            vals_list.append(
                {
                    "unit_key": key,
                    "unit_name": first._sales_unit_name(),
                    "product_id": first.product_id.id,
                    "order_id": order.id,
                    "order_name": order.name,
                    "company_id": order.company_id.id,
                    "user_id": order.user_id.id,
                    "moment": deposit.moment,
                    "evidence": deposit.text,
                }
            )
        return self.sudo().create(vals_list)

    def _rivals(self):
        """Return the other orders that want the same goods, in the order of their making."""
        lines = self._lines(Domain("sales_unit_key", "=", self.unit_key) & Domain("order_id", "!=", self.order_id.id))
        return lines.order_id.sorted(lambda order: (order.create_date, order.id))

    def _facts(self, env):
        """Return who took what and when, to be put into sentences."""
        return {
            "goods": self.unit_name,
            "order": self.order_name,
            "salesperson": self.user_id.name or env._("nobody"),
            "moment": self.with_env(env).company_id._sales_format_moment(self.moment),
        }

    def _tell_winner(self):
        for env in self._envs(self.order_id.user_id):
            self.order_id._sales_tell(
                self.order_id.user_id,
                env._("%(goods)s is taken for %(order)s", **self._facts(env)),
                env._(
                    "The deposit of %(order)s arrived on %(moment)s, before any other for %(goods)s.",
                    **self._facts(env),
                ),
            )

    def _tell_rivals(self):
        """Tell the salespeople of the other orders at once who won and when (OWN-6)."""
        rivals = self._rivals()
        money = rivals._sales_money_in()
        for order in rivals:
            if money[order].amount > 0:
                self._tell_refund(order)
                continue
            for env in self._envs(order.user_id):
                order._sales_tell(
                    order.user_id,
                    env._("%(goods)s is gone: %(order)s was paid first", **self._facts(env)),
                    env._(
                        "%(salesperson)s has taken %(goods)s: the deposit of %(order)s arrived on %(moment)s. "
                        "%(rival)s cannot be confirmed or take a deposit while it holds these goods.",
                        rival=order.name,
                        **self._facts(env),
                    ),
                )

    def _tell_refund(self, order):
        """Tell salesperson and manager that money is in for an order that has lost its goods."""
        for user in order.user_id | order._sales_managers():
            for env in self._envs(user):
                order._sales_tell(
                    user,
                    env._("%(rival)s: refund the money", rival=order.name),
                    env._(
                        "Money is in for %(rival)s, but %(goods)s is taken: the deposit of %(order)s (%(salesperson)s) "
                        "arrived on %(moment)s. Refund the customer, or offer other goods.",
                        rival=order.name,
                        **self._facts(env),
                    ),
                )

    def _tell_next(self):
        """Tell the next in time that the goods are free again."""
        for order in self._rivals()[:1]:
            for env in self._envs(order.user_id):
                order._sales_tell(
                    order.user_id,
                    env._("%(goods)s is free again", **self._facts(env)),
                    env._(
                        "%(order)s no longer holds %(goods)s. %(rival)s is the next in time: "
                        "the first deposit takes it.",
                        rival=order.name,
                        **self._facts(env),
                    ),
                )

    def _envs(self, user):
        """Return the environment that speaks a person's language, or none if nobody is there to be told."""
        return [self.with_context(lang=user.lang).env] if user.active else []
