# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from collections import defaultdict
from typing import NamedTuple

from odoo import models
from odoo.tools import SQL

# The worst comes last.
CODES = ("", "limit", "overdue")


class Credit(NamedTuple):
    """How a customer stands with its credit."""

    code: str  # "" within the terms, "limit" or "overdue"
    missing: float  # by how much the limit is exceeded, in the order's currency
    oldest: object  # date of the oldest invoice that is overdue


class SaleOrder(models.Model):
    """Credit terms: what a customer owes the company group, and what has left without an invoice."""

    _inherit = "sale.order"

    def _gate_credit(self, policies, at_door=False):
        """Return how the customer of each order stands (SHP-3); where somebody else is invoiced, the worse of the two.

        Owed is what is open on posted receivable lines plus goods that have left and are not invoiced, in all
        companies under the same root. Before goods leave there must be room for some; at the door, where they are
        counted already, the limit must not be exceeded.

        :param policies: dict of sale.order to sales.shipping.policy
        :param bool at_door: see ``_gate_verdicts``
        :return: dict of sale.order to Credit
        """
        result = {}
        if not self:
            return result
        for root, orders in self.sudo().grouped(lambda order: order.company_id.root_id).items():
            # Where the company is: a client says in which time zone it is.
            today = root._sales_today()
            owed = orders._gate_owed(root, today)
            for order in orders:
                standings = [
                    order._gate_credit_of(customer, policies[order], root, today, owed[customer.id], at_door)
                    for customer in order._gate_customers()
                ]
                result[order] = max(standings, key=lambda credit: (CODES.index(credit.code), credit.missing))
        return result

    def _gate_credit_of(self, customer, policy, root, today, owed, at_door):
        """Return how one customer stands with its credit.

        :param owed: amount in the currency of the root company, and date of the oldest overdue line
        """
        due, oldest = owed
        limit = policy.credit_limit and policy.currency_id._convert(policy.credit_limit, root.currency_id, root, today)
        limit = limit or customer.with_company(self.company_id).credit_limit
        room = limit - due
        days = (today - oldest).days if oldest else 0
        full = root.currency_id.compare_amounts(room, 0) < (0 if at_door else 1)
        code = "overdue" if days > policy.overdue_days else "limit" if full else ""
        missing = root.currency_id._convert(max(-room, 0.0), self.currency_id, root, today)
        return Credit(code, missing, oldest)

    def _gate_customers(self):
        """Return the customers on whose terms goods of these orders leave: who buys, and who is invoiced."""
        return (self.partner_id | self.partner_invoice_id).commercial_partner_id

    def _gate_owed(self, root, today):
        """Return what the customers of these orders owe, in the currency of the root company.

        :param date today: where the company is
        :return: dict of commercial partner id to (amount, date of the oldest overdue line)
        """
        customers = self._gate_customers()
        companies = self.env["res.company"].sudo().search([("id", "child_of", root.id)])
        self.env["account.move.line"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT item.partner_id, SUM(item.amount_residual),
                       MIN(item.date_maturity) FILTER (
                           WHERE item.date_maturity < %(today)s AND item.amount_residual > 0)
                  FROM account_move_line item
                  JOIN account_account account ON account.id = item.account_id
                 WHERE item.partner_id = ANY(%(customers)s) AND item.company_id = ANY(%(companies)s)
                   AND item.parent_state = 'posted' AND account.account_type = 'asset_receivable'
                   AND NOT item.reconciled
                 GROUP BY item.partner_id
                """,
                customers=list(customers.ids),
                companies=list(companies.ids),
                today=today,
            )
        )
        owed = defaultdict(lambda: (0.0, None), {partner: (float(due), oldest) for partner, due, oldest in rows})
        for partner, value in self._gate_shipped_not_invoiced(customers, companies, root, today).items():
            due, oldest = owed[partner]
            owed[partner] = (due + value, oldest)
        return owed

    def _gate_shipped_not_invoiced(self, customers, companies, root, today):
        """Return the value of goods that have left and are not invoiced, in the currency of the root company.

        It counts for who bought and for who will be invoiced.
        """
        self.flush_model(["partner_id", "partner_invoice_id", "currency_id", "company_id", "state"])
        self.env["sale.order.line"].flush_model(["qty_delivered", "qty_invoiced", "price_total", "product_uom_qty"])
        rows = self.env.execute_query(
            SQL(
                """
                WITH mine AS (
                    SELECT partner.commercial_partner_id AS customer_id, sale.id
                      FROM res_partner partner JOIN sale_order sale ON sale.partner_id = partner.id
                     WHERE partner.commercial_partner_id = ANY(%(customers)s)
                     UNION
                    SELECT partner.commercial_partner_id, sale.id
                      FROM res_partner partner JOIN sale_order sale ON sale.partner_invoice_id = partner.id
                     WHERE partner.commercial_partner_id = ANY(%(customers)s)
                )
                SELECT mine.customer_id, sale.currency_id, sale.company_id,
                       SUM((line.qty_delivered - line.qty_invoiced + draft.quantity)
                           * line.price_total / NULLIF(line.product_uom_qty, 0))
                  FROM mine
                  JOIN sale_order sale ON sale.id = mine.id
                  JOIN sale_order_line line ON line.order_id = sale.id
                 -- Odoo counts what a draft bills as invoiced, but nobody owes it yet
                 CROSS JOIN LATERAL (
                    SELECT COALESCE(SUM(CASE entry.move_type WHEN 'out_refund' THEN -item.quantity
                                                             ELSE item.quantity END), 0) AS quantity
                      FROM sale_order_line_invoice_rel rel
                      JOIN account_move_line item ON item.id = rel.invoice_line_id
                      JOIN account_move entry ON entry.id = item.move_id
                     WHERE rel.order_line_id = line.id AND entry.state = 'draft'
                 ) draft
                 WHERE sale.company_id = ANY(%(companies)s) AND line.display_type IS NULL
                   AND line.qty_delivered > line.qty_invoiced - draft.quantity
                 GROUP BY mine.customer_id, sale.currency_id, sale.company_id
                """,
                customers=list(customers.ids),
                companies=list(companies.ids),
            )
        )
        total = defaultdict(float)
        for partner, currency_id, company_id, value in rows:
            currency, company = self.env["res.currency"].browse(currency_id), companies.browse(company_id)
            total[partner] += currency._convert(float(value or 0), root.currency_id, company, today)
        return total

    def _gate_value_out(self):
        """Return what the goods of this order that are with the customer are worth, in the order's currency."""
        self.ensure_one()
        return self.order_line._gate_value_of(self.order_line._gate_net_out())
