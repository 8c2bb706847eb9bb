# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from collections import defaultdict
from datetime import date, datetime
from typing import NamedTuple

from odoo import api, fields, models
from odoo.tools import SQL, groupby

MOVED = "sales_policy.money_moved"


class MoneyFlow(NamedTuple):
    """One arrival of money on an order; money paid back has a negative amount."""

    amount: float  # in the order's currency
    moment: datetime  # when the server learned that it belongs to the order
    recorded: datetime  # when the payment itself was recorded
    date: date  # the day in the books
    model: str
    res_id: int
    rank: tuple  # the order of the payment records, to settle a tie
    text: str


class MoneyIn(NamedTuple):
    """The money that is in for an order."""

    amount: float  # net of what was paid back, in the order's currency
    moment: datetime | None  # of the first money
    evidence: MoneyFlow | None  # the first money
    flows: tuple  # of MoneyFlow, the first to arrive first


NO_MONEY = MoneyIn(0.0, None, None, ())


class SaleOrder(models.Model):
    """What money is in for an order, read from the books and the online payments at the moment of asking."""

    _inherit = "sale.order"

    @api.model_create_multi
    def create(self, vals_list):
        self._sales_check_kept(vals_list)
        return super().create(vals_list)

    def write(self, vals):
        self._sales_check_kept([vals])
        return super().write(vals)

    def _sales_money_in(self):
        """Return the money that is in for each order, in one query however many orders; two if some are paid online.

        Money is cash on the posted receivable lines of the posted invoices of an order: matched with a posted
        payment that was not rejected, or with a bank statement line. A write-off inside a payment, a credit note
        and a miscellaneous entry are no money; cash paid back counts negative. An invoice for several orders is
        shared by the amounts of their lines. A done online payment counts as far as it is not yet matched with
        an invoice, less its refunds; if it pays several orders it is shared by their totals. Neither
        ``amount_paid`` nor ``payment_state`` is read: both stay when the money has gone.

        A payment that is matched with no invoice and did not come online belongs to no order.

        :return: dict of sale.order to MoneyIn; orders without money have ``amount`` 0 and no ``evidence``
        """
        self._sales_flush_money()
        rows = self._sales_money_rows(SQL("SELECT id FROM sale_order WHERE id = ANY(%s)", list(self.ids)))
        return {**dict.fromkeys(self, NO_MONEY), **self._sales_money_of_rows(rows)}

    @api.model
    def _sales_money_moved(self, orders=None, moves=None, transactions=None):
        """Note that money or orders moved; what follows from it is drawn once, before the transaction commits.

        However many payments one request records, the queries stay the same.
        """
        if not self.env["res.company"]._sales_money_watched():
            return
        precommit = self.env.cr.precommit
        if MOVED not in precommit.data:
            precommit.data[MOVED] = defaultdict(set)
            precommit.add(self.env["sale.order"].sudo()._sales_settle_money)
        moved = precommit.data[MOVED]
        for kind, records in (("orders", orders), ("moves", moves), ("transactions", transactions)):
            moved[kind].update(records.ids if records else ())

    def _sales_settle_money(self):
        """Draw what follows from the money that moved in this transaction (OWN-6, OWN-8). Idempotent."""
        moved = self.env.cr.precommit.data.pop(MOVED, None)
        if not moved or not self.env["res.company"]._sales_claims_watched():
            return
        self._sales_flush_money()
        rows = self._sales_money_rows(self._sales_moved_orders(moved))
        money = self._sales_money_of_rows(rows)
        flags = {row["order_id"]: row for row in rows if "entitle" in row}
        self._sales_entitle({order: found for order, found in money.items() if flags[order.id]["entitle"]})
        paid = moved["moves"] or moved["transactions"]
        contested = {order: found for order, found in money.items() if flags[order.id]["contested"]}
        self.env["sales.exclusive.claim"]._settle(contested, paid=bool(paid))

    @api.model
    def _sales_moved_orders(self, moved):
        """Return the query of the orders for which something may follow from what moved."""
        return SQL(
            """
            SELECT sale.id, flag.entitle, flag.contested
              FROM sale_order sale
              JOIN res_company company ON company.id = sale.company_id
             CROSS JOIN LATERAL (
                SELECT company.sales_entitlement_enabled AND sale.state != 'cancel'
                       AND NOT EXISTS (SELECT FROM sales_entitlement given WHERE given.order_id = sale.id) AS entitle,
                       EXISTS (SELECT FROM sale_order_line line
                                WHERE line.order_id = sale.id AND line.sales_unit_key IS NOT NULL)
                       OR EXISTS (SELECT FROM sales_exclusive_claim claim
                                   WHERE claim.order_id = sale.id AND claim.released_on IS NULL) AS contested
             ) flag
             WHERE (flag.entitle OR flag.contested)
               AND sale.id IN (
                    SELECT unnest(%(orders)s::integer[])
                     UNION
                    SELECT line.order_id
                      FROM account_move_line item
                      JOIN sale_order_line_invoice_rel rel ON rel.invoice_line_id = item.id
                      JOIN sale_order_line line ON line.id = rel.order_line_id
                     WHERE item.move_id = ANY(%(moves)s)
                     UNION
                    SELECT rel.sale_order_id
                      FROM payment_transaction tx
                      JOIN sale_order_transaction_rel rel ON rel.transaction_id IN (tx.id, tx.source_transaction_id)
                     WHERE tx.id = ANY(%(transactions)s)
               )
            """,
            **{kind: list(moved[kind]) for kind in ("orders", "moves", "transactions")},
        )

    @api.model
    def _sales_flush_money(self):
        # Of orders only what is asked: to write the rest early would split the updates of the host.
        self.flush_model(["amount_total", "currency_id", "company_id", "state"])
        self.env["sale.order.line"].flush_model(["order_id", "sales_unit_key"])
        for model in (
            "account.move",
            "account.move.line",
            "account.payment",
            "account.partial.reconcile",
            "payment.transaction",
            "sales.entitlement",
            "sales.exclusive.claim",
        ):
            self.env[model].flush_model()

    @api.model
    def _sales_money_of_rows(self, rows):
        """Return dict of sale.order to MoneyIn for arrivals of money, in the order's currency."""
        orders = {order.id: order for order in self.browse(dict.fromkeys(row["order_id"] for row in rows))}
        found = {}
        for order_id, some in groupby(rows, key=lambda row: row["order_id"]):
            order = orders[order_id]
            currency = self.env["res.currency"].browse(some[0]["order_currency_id"])
            flows = [order._sales_money_flow(row, currency) for row in some if row["amount"]]
            flows.sort(key=lambda flow: (flow.moment.replace(microsecond=0), flow.rank))
            first = next((flow for flow in flows if flow.amount > 0), None)
            amount = currency.round(sum(flow.amount for flow in flows)) if flows else 0.0
            found[order] = MoneyIn(amount, first and first.moment, first, tuple(flows))
        return found

    def _sales_money_flow(self, row, currency):
        paid_in = currency.browse(row["currency_id"])
        amount = float(row["amount"])
        if paid_in != currency:
            amount = paid_in._convert(amount, currency, self.company_id, row["rate_date"], round=False)
        if row["transaction_id"]:
            model, res_id = "payment.transaction", row["transaction_id"]
            text = self.env._("Online payment %(reference)s", reference=row["name"])
        else:
            if row["statement_line_id"]:
                model, res_id = "account.bank.statement.line", row["statement_line_id"]
            else:
                model, res_id = "account.payment", row["payment_id"]
            text = self.env._("%(payment)s for invoice %(invoice)s", payment=row["name"], invoice=row["document"])
        # Online payments and entries are numbered apart: the ones that were confirmed online come first.
        rank = (not row["transaction_id"], row["rank"])
        return MoneyFlow(
            amount,
            row["moment"],
            row["recorded"],
            fields.Date.to_date(row["date"]),
            model,
            res_id,
            rank,
            text,
        )
