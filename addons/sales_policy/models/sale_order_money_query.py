# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, models
from odoo.tools import SQL


class SaleOrder(models.Model):
    """How the arrivals of money are read from the books and from the online payments.

    PostgreSQL plans these queries anew in every request, and that takes longer than running them: it considers each
    index of each table that is named. So it is led step by step, each step materialized: there is no order of joins to
    find, and no guess about sizes to be wrong about. Who pays online is asked only where somebody does.
    """

    _inherit = "sale.order"

    @api.model
    def _sales_money_rows(self, asked):
        """Return the arrivals of money; at least one row for each order that is asked for.

        :param SQL asked: query whose column ``id`` holds the orders; its other columns are returned with them
        :return: list of dict
        """
        rows = self.env.execute_query_dict(self._sales_money_invoiced(asked))
        online = {row["order_id"] for row in rows if row["is_online"]}
        if online:
            rows += self.env.execute_query_dict(self._sales_money_online(list(online)))
        return rows

    @api.model
    def _sales_money_invoiced(self, asked):
        """Return the query of the cash on invoices, with one row at least for each order."""
        return SQL(
            """
            WITH asked AS (%(asked)s),
            invoice AS MATERIALIZED (
                SELECT id, name, currency_id, COALESCE(invoice_date, date) AS rate_date
                  FROM account_move
                 WHERE id = ANY(ARRAY(
                        SELECT move_id FROM account_move_line
                         WHERE id = ANY(ARRAY(
                                SELECT invoice_line_id FROM sale_order_line_invoice_rel
                                 WHERE order_line_id = ANY(ARRAY(
                                        SELECT id FROM sale_order_line
                                         WHERE order_id = ANY(ARRAY(SELECT id FROM asked))))))))
                   AND state = 'posted' AND move_type IN ('out_invoice', 'out_refund', 'out_receipt')
            ),
            item AS MATERIALIZED (
                SELECT line.id, line.move_id, line.price_total, line.display_type,
                       (SELECT account_type FROM account_account WHERE id = line.account_id) AS account_type
                  FROM account_move_line line
                 WHERE line.move_id = ANY(ARRAY(SELECT id FROM invoice))
            ),
            -- an invoice line that belongs to several orders counts for each with its part
            shared AS MATERIALIZED (
                SELECT DISTINCT rel.invoice_line_id AS line_id,
                       (SELECT order_id FROM sale_order_line WHERE id = rel.order_line_id) AS order_id
                  FROM sale_order_line_invoice_rel rel
                 WHERE rel.invoice_line_id = ANY(ARRAY(SELECT id FROM item))
            ),
            part AS MATERIALIZED (
                SELECT counted.order_id, item.move_id, SUM(item.price_total / counted.orders) AS amount
                  FROM (SELECT *, COUNT(*) OVER (PARTITION BY line_id) AS orders FROM shared) counted
                  JOIN item ON item.id = counted.line_id
                 GROUP BY counted.order_id, item.move_id
            ),
            -- what lowers an invoice and belongs to no order, or to another one, pays nothing
            whole AS MATERIALIZED (
                SELECT move_id, NULLIF(GREATEST(SUM(price_total), MAX(ordered.amount)), 0) AS amount
                  FROM item
             LEFT JOIN (SELECT move_id, SUM(GREATEST(amount, 0)) AS amount FROM part GROUP BY move_id) ordered
                 USING (move_id)
                 WHERE display_type = 'product'
                 GROUP BY move_id
            ),
            owed AS MATERIALIZED (SELECT id, move_id FROM item WHERE account_type = 'asset_receivable'),
            -- two branches: one join on both sides is about twice as slow
            matched AS MATERIALIZED (
                SELECT owed.move_id, match.credit_move_id AS line_id, match.debit_amount_currency AS amount,
                       match.create_date
                  FROM owed JOIN account_partial_reconcile match ON match.debit_move_id = owed.id
                 UNION ALL
                SELECT owed.move_id, match.debit_move_id, -match.credit_amount_currency, match.create_date
                  FROM owed JOIN account_partial_reconcile match ON match.credit_move_id = owed.id
            ),
            counterpart AS MATERIALIZED (
                SELECT id, move_id FROM account_move_line WHERE id = ANY(ARRAY(SELECT line_id FROM matched))
            ),
            entry AS MATERIALIZED (
                SELECT id, name, date, create_date, origin_payment_id, statement_line_id
                  FROM account_move
                 WHERE id = ANY(ARRAY(SELECT move_id FROM counterpart)) AND state = 'posted'
            ),
            payment AS MATERIALIZED (
                SELECT id, outstanding_account_id FROM account_payment
                 WHERE id = ANY(ARRAY(SELECT origin_payment_id FROM entry)) AND state IN ('in_process', 'paid')
            ),
            cash AS MATERIALIZED (
                SELECT matched.move_id, matched.amount, matched.create_date, entry.id AS entry_id, entry.name,
                       entry.date, entry.create_date AS recorded, payment.id AS payment_id, entry.statement_line_id
                  FROM matched
                  JOIN counterpart ON counterpart.id = matched.line_id
                  JOIN entry ON entry.id = counterpart.move_id
             LEFT JOIN payment ON payment.id = entry.origin_payment_id
                 WHERE entry.statement_line_id IS NOT NULL OR payment.id IS NOT NULL
            ),
            booked AS MATERIALIZED (
                SELECT line.move_id, line.balance, line.account_id,
                       (SELECT account_type FROM account_account WHERE id = line.account_id) AS account_type
                  FROM account_move_line line
                 WHERE line.move_id = ANY(ARRAY(SELECT entry_id FROM cash))
            ),
            -- how much of an entry is money: the rest was written off in it
            liquid AS MATERIALIZED (
                SELECT booked.move_id AS entry_id,
                       LEAST(1, GREATEST(0, COALESCE(
                         -SUM(booked.balance) FILTER (WHERE booked.account_id = payment.outstanding_account_id
                            OR booked.account_type IN ('asset_cash', 'liability_credit_card'))
                         / NULLIF(SUM(booked.balance) FILTER (WHERE booked.account_type IN
                            ('asset_receivable', 'liability_payable')), 0), 0))) AS share
                  FROM booked
                  JOIN entry ON entry.id = booked.move_id
             LEFT JOIN payment ON payment.id = entry.origin_payment_id
                 GROUP BY booked.move_id
            ),
            flow AS (
                SELECT part.order_id, cash.amount * part.amount / whole.amount * liquid.share AS amount,
                       invoice.currency_id, invoice.rate_date, cash.create_date AS moment, cash.recorded, cash.date,
                       cash.payment_id, cash.statement_line_id, cash.entry_id AS rank, cash.name,
                       invoice.name AS document
                  FROM cash
                  JOIN part ON part.move_id = cash.move_id
                  JOIN whole ON whole.move_id = cash.move_id
                  JOIN liquid ON liquid.entry_id = cash.entry_id
                  JOIN invoice ON invoice.id = cash.move_id
            )
            SELECT asked.*, asked.id AS order_id,
                   (SELECT currency_id FROM sale_order WHERE id = asked.id) AS order_currency_id,
                   flow.amount, flow.currency_id, flow.rate_date, flow.moment, flow.recorded, flow.date,
                   flow.payment_id, flow.statement_line_id, NULL AS transaction_id, flow.rank, flow.name, flow.document,
                   EXISTS (SELECT FROM sale_order_transaction_rel rel WHERE rel.sale_order_id = asked.id) AS is_online
              FROM asked
         LEFT JOIN flow ON flow.order_id = asked.id
             ORDER BY asked.id
            """,
            asked=asked,
        )

    @api.model
    def _sales_money_online(self, order_ids):
        """Return the query of what was paid online for orders and is not yet matched with an invoice."""
        return SQL(
            """
            -- refunds and partial captures are children of the transaction that names the order
            WITH RECURSIVE family AS (
                SELECT rel.sale_order_id AS order_id, rel.transaction_id AS root_id, rel.transaction_id AS id
                  FROM sale_order_transaction_rel rel
                 WHERE rel.sale_order_id = ANY(%(orders)s)
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
            )
            SELECT DISTINCT ON (family.order_id, tx.id)
                   family.order_id, sale.currency_id AS order_currency_id,
                   weight.share * CASE
                       WHEN tx.payment_id IS NULL THEN tx.amount
                       WHEN entry.state = 'posted' AND payment.state IN ('in_process', 'paid')
                       THEN SIGN(tx.amount) * LEAST(ABS(tx.amount), (
                            SELECT ABS(SUM(item.amount_residual_currency))
                              FROM account_move_line item
                              JOIN account_account account ON account.id = item.account_id
                             WHERE item.move_id = entry.id AND account.account_type = 'asset_receivable'))
                       ELSE 0
                   END AS amount,
                   tx.currency_id, tx.last_state_change::date AS rate_date, tx.last_state_change AS moment,
                   tx.create_date AS recorded, tx.last_state_change::date AS date, NULL AS payment_id,
                   NULL AS statement_line_id, tx.id AS transaction_id, tx.id AS rank, tx.reference AS name,
                   NULL AS document
              FROM family
              JOIN sale_order sale ON sale.id = family.order_id
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
            """,
            orders=order_ids,
        )
