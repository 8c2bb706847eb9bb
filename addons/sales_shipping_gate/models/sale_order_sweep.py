# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

import logging
from collections import defaultdict

from markupsafe import Markup

from odoo import api, models
from odoo.addons.sales_policy.models.sale_order_money import MOVED
from odoo.addons.sales_policy.tools import tell
from odoo.exceptions import UserError
from odoo.tools import SQL

from .sale_order import CLERK

_logger = logging.getLogger(__name__)
TERMS = {"partner_id", "partner_invoice_id", "currency_id", "pricelist_id", "company_id", "state"}


class SaleOrder(models.Model):
    """What opens and closes again when money or orders move. The gate itself never waits for it."""

    _inherit = "sale.order"

    @api.model_create_multi
    def create(self, vals_list):
        self.env["res.company"]._gate_check_terms(TERMS, vals_list)
        return super().create(vals_list)

    def write(self, vals):
        if self:
            self.env["res.company"]._gate_check_terms(TERMS, [vals])
        result = super().write(vals)
        if {"partner_id", "currency_id", "order_line", "amount_total"} & set(vals):
            self._sales_money_moved(orders=self.filtered(lambda order: order.state == "sale"))
        return result

    def _sales_settle_money(self):
        moved = self.env.cr.precommit.data.get(MOVED)
        # First what is owed: a delivery that cannot be set going is rolled back with all that waits to be settled.
        result = super()._sales_settle_money()
        if moved and self.env["res.company"]._gate_watched():
            self.sudo()._gate_moved_orders(moved)._gate_sweep()
        return result

    @api.model
    def _gate_moved_orders(self, moved):
        """Return the orders that moved themselves, and those that the money which moved may belong to."""
        orders = self.browse(moved["orders"])
        items = self.env["account.move"].browse(moved["moves"]).line_ids
        orders |= items.sale_line_ids.order_id
        transactions = self.env["payment.transaction"].browse(moved["transactions"])
        orders |= (transactions | transactions.source_transaction_id).sale_order_ids
        payments = self.env["account.payment"].search([("move_id", "in", list(moved["moves"]))])
        orders |= self.env["sales.payment.link"].search([("payment_id", "in", payments.ids)]).order_id
        return orders.exists()

    def _gate_sweep(self, before=("held", False)):
        """Mark these orders, and set going the deliveries of those that have opened.

        A delivery that cannot be set going must not undo the payment that opened it, nor keep others: its order
        counts as held, so that the next run tries again.

        :param before: collection of the marks of orders that count as opened when they are open now
        :return: the orders that have opened
        """
        verdicts = self._gate_verdicts()
        opened = self.filtered(
            lambda order: order in verdicts and verdicts[order].is_open and order.shipping_gate_mark in before
        )
        self._gate_mark(verdicts)
        going = opened._gate_set_going()
        (opened - going).shipping_gate_mark = "held"
        going._gate_tell_opened(verdicts)
        return opened

    def _gate_set_going(self):
        """Create and reserve the deliveries of these orders, as many as possible at once.

        :return: the orders whose deliveries were set going
        """
        if not self:
            return self
        try:
            with self.env.cr.savepoint():
                self.order_line._action_launch_stock_rule()
                moves = self.order_line.move_ids
                moves.filtered(
                    lambda move: move.state in ("confirmed", "waiting", "partially_available")
                )._action_assign()
                text = self.env._("The gate is open: goods may leave.")
                self._message_log_batch(bodies=dict.fromkeys(self.ids, text))
                return self
        except UserError as error:
            if len(self) == 1:
                _logger.info("%s is released, its delivery waits: %s", self.name, error)
                return self.browse()
        half = len(self) // 2
        return self[:half]._gate_set_going() | self[half:]._gate_set_going()

    def _gate_tell_opened(self, verdicts):
        """Tell salespeople and clerks that goods may leave: everybody once, however many orders have opened."""
        orders_of = defaultdict(list)
        clerks = {company: company._sales_users_of(CLERK) for company in self.company_id}
        for order in self:
            people = order.user_id | order.sudo().credited_user_id | clerks[order.company_id]
            for user in people.filtered("active"):
                orders_of[user].append(order.id)
        people = self.env["res.users"].union(*orders_of)
        for ids, users in people.grouped(lambda user: tuple(orders_of[user])).items():
            orders = self.browse(ids)
            tell(
                orders if len(orders) == 1 else self.env["mail.thread"],
                users,
                lambda record, orders=orders: orders.with_env(record.env)._gate_opened_subject(),
                lambda record, orders=orders: orders.with_env(record.env)._gate_opened_text(verdicts),
            )

    def _gate_opened_subject(self):
        if len(self) == 1:
            return self.env._("%(order)s may be shipped", order=self.name)
        return self.env._("%(count)s orders may be shipped", count=len(self))

    def _gate_opened_text(self, verdicts, shown=20):
        """Return why an order has opened, or links to many, only to the first of very many."""
        if len(self) == 1:
            return self._gate_explain(verdicts[self])
        links = Markup(", ").join(order._get_html_link() for order in self[:shown])
        if len(self) <= shown:
            return links
        return self.env._("%(orders)s and %(count)s more", orders=links, count=len(self) - shown)

    @api.model
    def _cron_gate_sweep(self, batch=500):
        """Look again at all orders that are not marked as released: what has opened is set going now."""
        held = self._gate_candidates()
        remaining = len(held)
        self.env["ir.cron"]._commit_progress(remaining=remaining)
        for start in range(0, len(held), batch):
            orders = held[start : start + batch]
            orders._gate_sweep(before=("held",))
            remaining -= len(orders)
            if not self.env["ir.cron"]._commit_progress(len(orders), remaining=remaining):
                break

    @api.model
    def _gate_candidates(self):
        """Return the orders to look at again, in one query: of the held ones those that may have opened.

        Without money, a decision, a tolerance as large as itself, or a policy that asks for no money, a held order has
        not opened.
        """
        for model in (
            "sale.order",
            "sale.order.line",
            "account.move",
            "res.company",
            "sales.payment.link",
            "sales.shipping.decision",
            "sales.shipping.policy",
        ):
            self.env[model].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                WITH gated AS (
                    SELECT company.id,
                           BOOL_OR(policy.requirement IN ('none', 'credit')) AS without_money,
                           -- what the tolerance for bank fees lets go, wherever the rates have gone since
                           2 * company.shipping_tolerance * 100
                           / COALESCE(MIN(policy.deposit_percent) FILTER (WHERE requirement = 'deposit'), 100) AS little
                      FROM res_company company
                 LEFT JOIN sales_shipping_policy policy
                        ON policy.active AND COALESCE(policy.company_id, company.id) = company.id
                     WHERE company.shipping_gate_enabled
                     GROUP BY company.id
                ),
                held AS (
                    SELECT sale.id,
                           gated.without_money OR sale.shipping_gate_mark IS NULL
                           OR sale.amount_total <= gated.little * sale.currency_rate AS asked
                      FROM sale_order sale
                      JOIN gated ON gated.id = sale.company_id
                     WHERE sale.state = 'sale' AND sale.shipping_gate_mark IS DISTINCT FROM 'released'
                )
                SELECT id FROM held WHERE asked
                 UNION
                SELECT held.id
                  FROM held
                  JOIN sale_order_line line ON line.order_id = held.id
                  JOIN sale_order_line_invoice_rel rel ON rel.order_line_id = line.id
                  JOIN account_move_line billed ON billed.id = rel.invoice_line_id
                  JOIN account_move_line item ON item.move_id = billed.move_id
                 WHERE EXISTS (SELECT FROM account_partial_reconcile match WHERE match.debit_move_id = item.id)
                    OR EXISTS (SELECT FROM account_partial_reconcile match WHERE match.credit_move_id = item.id)
                 UNION
                SELECT held.id FROM held JOIN sale_order_transaction_rel rel ON rel.sale_order_id = held.id
                 UNION
                SELECT held.id FROM held JOIN sales_payment_link link ON link.order_id = held.id
                 UNION
                SELECT held.id FROM held JOIN sales_shipping_decision decision ON decision.order_id = held.id
                 ORDER BY id
                """
            )
        )
        return self.browse(order_id for (order_id,) in rows)
