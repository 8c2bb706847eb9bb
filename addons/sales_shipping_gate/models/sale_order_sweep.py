# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

import logging

from odoo import api, models
from odoo.addons.sales_policy.models.sale_order_money import MOVED
from odoo.addons.sales_policy.tools import tell
from odoo.exceptions import UserError
from odoo.tools import SQL

from .sale_order import CLERK

_logger = logging.getLogger(__name__)
COMPUTED = {"amount_untaxed", "amount_tax", "amount_total"}
TERMS = {"partner_id", "partner_invoice_id", "currency_id", "pricelist_id", "company_id", "state"}


class SaleOrder(models.Model):
    """What opens and closes again when money or orders move. The gate itself never waits for it."""

    _inherit = "sale.order"

    @api.model_create_multi
    def create(self, vals_list):
        self.env["res.company"]._gate_check_terms(COMPUTED, TERMS, vals_list)
        return super().create(vals_list)

    def write(self, vals):
        self.env["res.company"]._gate_check_terms(COMPUTED, TERMS, [vals])
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

        A delivery that cannot be set going must not undo the payment that opened it: it waits for the next run.

        :param before: collection of the marks of orders that count as opened when they are open now
        :return: the orders that have opened
        """
        verdicts = self._gate_verdicts()
        opened = self.filtered(
            lambda order: order in verdicts and verdicts[order].is_open and order.shipping_gate_mark in before
        )
        self._gate_mark(verdicts)
        for order in opened:
            try:
                with self.env.cr.savepoint():
                    order._gate_set_going(verdicts[order])
            except UserError as error:
                _logger.info("%s is released, its delivery waits: %s", order.name, error)
        return opened

    def _gate_set_going(self, verdict):
        """Create and reserve the deliveries of an order that has opened, and tell its people."""
        self.ensure_one()
        self.order_line._action_launch_stock_rule()
        moves = self.order_line.move_ids.filtered(
            lambda move: move.state in ("confirmed", "waiting", "partially_available")
        )
        moves._action_assign()
        self._message_log(body=self.env._("The gate is open: goods may leave."))
        people = self.user_id | self.sudo().credited_user_id | self.company_id._sales_users_of(CLERK)
        tell(
            self,
            people.filtered("active"),
            lambda order: order.env._("%(order)s may be shipped", order=order.name),
            lambda order: order._gate_explain(verdict),
        )

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

        Without money, a decision, or a policy that asks for no money, a held order has not opened.
        """
        for model in ("sale.order", "sale.order.line", "account.move", "sales.shipping.decision", "sales.payment.link"):
            self.env[model].flush_model()
        self.env["sales.shipping.policy"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                WITH gated AS (
                    SELECT company.id, EXISTS (
                        SELECT FROM sales_shipping_policy policy
                         WHERE policy.active AND COALESCE(policy.company_id, company.id) = company.id
                           AND policy.requirement IN ('none', 'credit')) AS without_money
                      FROM res_company company WHERE company.shipping_gate_enabled
                ),
                held AS (
                    SELECT sale.id, gated.without_money OR sale.shipping_gate_mark IS NULL AS asked
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
