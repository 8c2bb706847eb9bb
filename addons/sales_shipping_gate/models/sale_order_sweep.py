# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

import logging

from odoo import api, models
from odoo.addons.sales_policy.models.sale_order_money import MOVED
from odoo.exceptions import UserError
from odoo.fields import Domain

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
        people = (self.user_id | self.sudo().credited_user_id).filtered("active")
        for lang, users in people.grouped("lang").items():
            theirs = self.with_context(lang=lang)
            theirs.message_notify(
                partner_ids=users.partner_id.ids,
                subject=theirs.env._("%(order)s may be shipped", order=self.name),
                body=theirs._gate_explain(verdict),
            )

    @api.model
    def _cron_gate_sweep(self, batch=500):
        """Look again at all orders that are not marked as released: what has opened is set going now."""
        domain = Domain("state", "=", "sale") & Domain("company_id.shipping_gate_enabled", "=", True)
        held = self.search(domain & Domain("shipping_gate_mark", "!=", "released"), order="id")
        remaining = len(held)
        self.env["ir.cron"]._commit_progress(remaining=remaining)
        for start in range(0, len(held), batch):
            orders = held[start : start + batch]
            orders._gate_sweep(before=("held",))
            remaining -= len(orders)
            if not self.env["ir.cron"]._commit_progress(len(orders), remaining=remaining):
                break
