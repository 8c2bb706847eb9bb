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

    def _sales_money_in(self):
        """Return the money that is in for each order, in one query however many orders.

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
        rows = self.env.execute_query_dict(
            self._sales_money_query(SQL("SELECT id FROM sale_order WHERE id = ANY(%s)", list(self.ids)))
        )
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
        rows = self.env.execute_query_dict(self._sales_money_query(self._sales_moved_orders(moved)))
        money = self._sales_money_of_rows(rows)
        flags = {row["order_id"]: row for row in rows}
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
    def _sales_money_query(self, asked):
        """Return the query of the arrivals of money; at least one row for each order that is asked for.

        :param SQL asked: query whose column ``id`` holds the orders; its other columns are returned with them
        """
        return SQL(
            """
            WITH RECURSIVE asked AS (%(asked)s),
            -- an invoice line that belongs to several orders counts for each with its part
            shared AS (
                SELECT DISTINCT rel.invoice_line_id AS line_id, other.order_id
                  FROM sale_order_line line
                  JOIN sale_order_line_invoice_rel mine ON mine.order_line_id = line.id
                  JOIN sale_order_line_invoice_rel rel ON rel.invoice_line_id = mine.invoice_line_id
                  JOIN sale_order_line other ON other.id = rel.order_line_id
                 WHERE line.order_id IN (SELECT id FROM asked)
            ),
            part AS (
                SELECT counted.order_id, item.move_id, SUM(item.price_total / counted.orders) AS amount
                  FROM (SELECT *, COUNT(*) OVER (PARTITION BY line_id) AS orders FROM shared) counted
                  JOIN account_move_line item ON item.id = counted.line_id
                  JOIN account_move invoice ON invoice.id = item.move_id
                 WHERE invoice.state = 'posted'
                   AND invoice.move_type IN ('out_invoice', 'out_refund', 'out_receipt')
                   AND counted.order_id IN (SELECT id FROM asked)
                 GROUP BY counted.order_id, item.move_id
            ),
            whole AS (
                SELECT item.move_id, NULLIF(SUM(item.price_total), 0) AS amount
                  FROM account_move_line item
                 WHERE item.move_id IN (SELECT move_id FROM part) AND item.display_type = 'product'
                 GROUP BY item.move_id
            ),
            owed AS (
                SELECT item.id, item.move_id
                  FROM account_move_line item
                  JOIN account_account account ON account.id = item.account_id
                 WHERE item.move_id IN (SELECT move_id FROM part) AND account.account_type = 'asset_receivable'
            ),
            -- two branches: one join on both sides is about twice as slow
            matched AS (
                SELECT owed.move_id, match.credit_move_id AS line_id, match.debit_amount_currency AS amount,
                       match.create_date
                  FROM owed JOIN account_partial_reconcile match ON match.debit_move_id = owed.id
                 UNION ALL
                SELECT owed.move_id, match.debit_move_id, -match.credit_amount_currency, match.create_date
                  FROM owed JOIN account_partial_reconcile match ON match.credit_move_id = owed.id
            ),
            cash AS (
                SELECT matched.move_id, matched.amount, matched.create_date, entry.id AS entry_id, entry.name,
                       entry.date, entry.create_date AS recorded, payment.id AS payment_id, entry.statement_line_id
                  FROM matched
                  JOIN account_move_line item ON item.id = matched.line_id
                  JOIN account_move entry ON entry.id = item.move_id
             LEFT JOIN account_payment payment ON payment.id = entry.origin_payment_id
                 WHERE entry.state = 'posted'
                   AND (entry.statement_line_id IS NOT NULL OR payment.state IN ('in_process', 'paid'))
            ),
            -- how much of an entry is money: the rest was written off in it
            liquid AS (
                SELECT item.move_id AS entry_id,
                       LEAST(1, GREATEST(0, COALESCE(
                         -SUM(item.balance) FILTER (WHERE account.account_type NOT IN
                            ('asset_receivable', 'liability_payable')
                            AND account.account_type NOT LIKE 'income%%' AND account.account_type NOT LIKE 'expense%%')
                         / NULLIF(SUM(item.balance) FILTER (WHERE account.account_type IN
                            ('asset_receivable', 'liability_payable')), 0), 0))) AS share
                  FROM account_move_line item
                  JOIN account_account account ON account.id = item.account_id
                 WHERE item.move_id IN (SELECT entry_id FROM cash)
                 GROUP BY item.move_id
            ),
            -- refunds and partial captures are children of the transaction that names the order
            family AS (
                SELECT rel.sale_order_id AS order_id, rel.transaction_id AS root_id, rel.transaction_id AS id
                  FROM sale_order_transaction_rel rel
                 WHERE rel.sale_order_id IN (SELECT id FROM asked)
                 UNION
                SELECT family.order_id, family.root_id, child.id
                  FROM family JOIN payment_transaction child ON child.source_transaction_id = family.id
            ),
            weight AS (
                SELECT rel.transaction_id, rel.sale_order_id,
                       COALESCE(sale.amount_total / NULLIF(SUM(sale.amount_total) OVER of_transaction, 0),
                                1.0 / COUNT(*) OVER of_transaction) AS share
                  FROM sale_order_transaction_rel rel
                  JOIN sale_order sale ON sale.id = rel.sale_order_id
                 WHERE rel.transaction_id IN (SELECT root_id FROM family)
                WINDOW of_transaction AS (PARTITION BY rel.transaction_id)
            ),
            online AS (
                SELECT DISTINCT ON (family.order_id, tx.id)
                       family.order_id, tx.id, tx.reference, tx.currency_id, tx.last_state_change, tx.create_date,
                       weight.share * CASE
                           WHEN tx.payment_id IS NULL THEN tx.amount
                           WHEN entry.state = 'posted' AND payment.state IN ('in_process', 'paid')
                           THEN SIGN(tx.amount) * LEAST(ABS(tx.amount), (
                                SELECT ABS(SUM(item.amount_residual_currency))
                                  FROM account_move_line item
                                  JOIN account_account account ON account.id = item.account_id
                                 WHERE item.move_id = entry.id AND account.account_type = 'asset_receivable'))
                           ELSE 0
                       END AS amount
                  FROM family
                  JOIN weight ON weight.transaction_id = family.root_id AND weight.sale_order_id = family.order_id
                  JOIN payment_transaction tx ON tx.id = family.id
             LEFT JOIN account_payment payment ON payment.id = tx.payment_id
             LEFT JOIN account_move entry ON entry.id = payment.move_id
                 WHERE tx.state = 'done' AND tx.operation IS DISTINCT FROM 'validation'
                   AND NOT EXISTS (
                       SELECT FROM payment_transaction child
                        WHERE child.source_transaction_id = tx.id AND child.operation = tx.operation
                          AND child.state IN ('done', 'cancel'))
                 ORDER BY family.order_id, tx.id, family.root_id
            ),
            flow AS (
                SELECT part.order_id, cash.amount * part.amount / whole.amount * liquid.share AS amount,
                       invoice.currency_id, COALESCE(invoice.invoice_date, invoice.date) AS rate_date,
                       cash.create_date AS moment, cash.recorded, cash.date, cash.payment_id, cash.statement_line_id,
                       NULL::integer AS transaction_id, cash.entry_id AS rank, cash.name, invoice.name AS document
                  FROM cash
                  JOIN part ON part.move_id = cash.move_id
                  JOIN whole ON whole.move_id = cash.move_id
                  JOIN liquid ON liquid.entry_id = cash.entry_id
                  JOIN account_move invoice ON invoice.id = cash.move_id
                 UNION ALL
                SELECT online.order_id, online.amount, online.currency_id, online.last_state_change::date,
                       online.last_state_change, online.create_date, online.last_state_change::date, NULL, NULL,
                       online.id, online.id, online.reference, NULL
                  FROM online
            )
            SELECT asked.*, asked.id AS order_id, sale.currency_id AS order_currency_id,
                   flow.amount, flow.currency_id, flow.rate_date, flow.moment,
                   flow.recorded, flow.date, flow.payment_id, flow.statement_line_id, flow.transaction_id, flow.rank,
                   flow.name, flow.document
              FROM asked
              JOIN sale_order sale ON sale.id = asked.id
         LEFT JOIN flow ON flow.order_id = asked.id
             ORDER BY asked.id
            """,
            asked=asked,
        )

    @api.model
    def _sales_money_of_rows(self, rows):
        """Return dict of sale.order to MoneyIn for rows of the query, in the order's currency."""
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
