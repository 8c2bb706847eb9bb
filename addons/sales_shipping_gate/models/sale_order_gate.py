# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from collections import defaultdict
from typing import NamedTuple

from odoo import models
from odoo.addons.sales_policy.tools import fingerprint
from odoo.tools import SQL


class Verdict(NamedTuple):
    """Whether the goods of an order may leave now, and why."""

    is_open: bool
    code: str  # "none", "paid", "confirmed", "partly", "credit", "money", "hold", "zero", "limit", "overdue"
    missing: float  # money, in the order's currency
    money: float
    policy: models.BaseModel
    detail: object = None
    reasons: tuple = ()  # sentences: what people still have to do, whatever the money says

    @property
    def is_paid(self):
        """Whether the money, or what stands for it, is in; people may still have to do something."""
        return self.code not in ("money", "hold", "zero", "limit", "overdue")

    @property
    def is_releasable(self):
        """Whether a special release helps: it stands for money, and for nothing else."""
        return not self.reasons and self.code != "hold"


class Locked(frozenset):
    """Ids of the orders that the running call has locked. Known by its type: no client can send one."""


class SaleOrder(models.Model):
    """Whether goods may leave: decided here and nowhere else, from the books and the clock (SHP-3)."""

    _inherit = "sale.order"

    def _gate_money(self):
        """Return the money that is in for each order by the standard of its company, in the order's currency.

        Registered or matched with the bank statement; online payments; payments that finance linked.

        :return: dict of sale.order to float
        """
        orders = self.sudo()
        strict = orders.company_id.filtered(lambda company: company.shipping_money_level == "matched")
        money = orders._sales_money_in()
        unmatched = set()
        if strict:
            ids = {
                flow.res_id
                for order, found in money.items()
                if order.company_id in strict
                for flow in found.flows
                if flow.model == "account.payment"
            }
            payments = self.env["account.payment"].sudo().browse(ids)
            unmatched = set(payments.filtered(lambda payment: not payment._gate_is_on_statement()).ids)
        linked = self.env["sales.payment.link"]._money_of(orders, strict)
        result = {}
        for order in orders:
            flows = money[order].flows
            if order.company_id in strict:
                flows = [flow for flow in flows if not (flow.model == "account.payment" and flow.res_id in unmatched)]
            result[order] = order.currency_id.round(sum(flow.amount for flow in flows) + linked[order])
        return result

    def _gate_digests(self):
        """Return the fingerprint of what finance confirms: total, currency, customer and lines.

        :return: dict of sale.order to str
        """
        result = {}
        for order in self.sudo():
            lines = [
                (line.id, line.product_id.id, line.product_uom_qty, line.product_uom_id.id, line.price_total)
                for line in order.order_line.sorted("id")
                if not line.display_type
            ]
            facts = [order.currency_id.id, order.amount_total, order.partner_id.id, order.partner_invoice_id.id, lines]
            result[order] = fingerprint(facts)
        return result

    def _gate_lock(self):
        """Let only one transaction at a time decide about these orders, and keep their money as it is meanwhile.

        First the orders, then the receivable lines, their counterparts and the entries of both: whoever
        takes money away modifies one of these rows and so waits, or makes this transaction start over. The
        orders are updated, not only locked: a second delivery that waited must not go on with its old snapshot.

        Step by step through arrays: whatever PostgreSQL believes about the size of the tables, it takes the indexes,
        and it has no order of joins to plan.
        """
        known = self.env.context.get("shipping_gate_locked")
        if not self or (type(known) is Locked and known.issuperset(self.ids)):
            return
        self._sales_flush_money()
        self.env["sales.payment.link"].flush_model()
        self.env.execute_query(
            SQL(
                """
                WITH locked AS (
                    UPDATE sale_order SET write_date = write_date
                     WHERE id IN (SELECT id FROM sale_order WHERE id = ANY(%(orders)s) ORDER BY id FOR NO KEY UPDATE)
                    RETURNING id
                ),
                owed AS MATERIALIZED (
                    SELECT id FROM account_move_line
                     WHERE move_id = ANY(ARRAY(
                            SELECT move_id FROM account_move_line
                             WHERE id = ANY(ARRAY(
                                    SELECT invoice_line_id FROM sale_order_line_invoice_rel
                                     WHERE order_line_id = ANY(ARRAY(
                                            SELECT id FROM sale_order_line WHERE order_id = ANY(%(orders)s)))))))
                       AND account_id IN (SELECT id FROM account_account WHERE account_type = 'asset_receivable')
                ),
                paid AS (
                    SELECT id FROM account_move_line
                     WHERE move_id = ANY(ARRAY(
                            SELECT move_id FROM account_payment
                             WHERE id = ANY(ARRAY(
                                    SELECT payment_id FROM sales_payment_link WHERE order_id = ANY(%(orders)s)))))
                ),
                kept AS (
                    SELECT item.id
                      FROM account_move_line item
                      JOIN account_move entry ON entry.id = item.move_id
                     WHERE item.id = ANY(ARRAY(
                            SELECT id FROM owed
                             UNION SELECT credit_move_id FROM account_partial_reconcile
                                    WHERE debit_move_id = ANY(ARRAY(SELECT id FROM owed))
                             UNION SELECT debit_move_id FROM account_partial_reconcile
                                    WHERE credit_move_id = ANY(ARRAY(SELECT id FROM owed))
                             UNION SELECT id FROM paid))
                     ORDER BY item.id
                       FOR SHARE OF item, entry
                )
                SELECT COUNT(*) FROM locked UNION ALL SELECT COUNT(*) FROM kept
                """,
                orders=list(self.ids),
            )
        )

    def _gate_verdicts(self, at_door=False):
        """Return the verdict about each confirmed order of a company whose gate is on.

        :param bool at_door: the goods that are leaving are counted as delivered already
        :return: dict of sale.order to Verdict; other orders are absent
        """
        orders = self.sudo().filtered(lambda order: order.state == "sale" and order.company_id.shipping_gate_enabled)
        if not orders:
            return {}
        policies = self.env["sales.shipping.policy"]._policies_for(orders)
        money = orders._gate_money()
        standing = self.env["sales.shipping.decision"]._standing(orders)
        credit = orders.filtered(lambda order: policies[order].requirement == "credit")._gate_credit(policies, at_door)
        not_back = orders._gate_not_back()
        verdicts = {}
        for order in orders:
            policy = policies[order]
            verdict = order._gate_verdict(policy, money[order], credit.get(order), not_back.get(order, 0.0))
            confirmed = standing.get((order.id, "confirmation"))
            if not verdict.is_open and confirmed and order._gate_still_confirmed(confirmed, money):
                verdict = Verdict(True, "confirmed", 0.0, money[order], policy, confirmed)
            hold = standing.get((order.id, "hold"))
            if hold and hold.kind == "hold":
                verdict = Verdict(False, "hold", verdict.missing, money[order], policy, hold)
            verdicts[order] = verdict
        return verdicts if at_door else orders._gate_with_conditions(verdicts)

    def _gate_still_confirmed(self, confirmation, money):
        """Return whether a confirmation stands: the order is the same, and no money has gone since."""
        same = confirmation.fingerprint == self._gate_digests()[self]
        return same and self.currency_id.compare_amounts(money[self], confirmation.money_in) >= 0

    def _gate_verdict(self, policy, money, credit, not_back):
        """Return the verdict of a policy, decisions of people left aside.

        :param float not_back: value of goods that the order takes back and that have not come
        """
        self.ensure_one()
        requirement = policy.requirement or "full"
        if requirement == "none":
            return Verdict(True, "none", 0.0, money, policy)
        if requirement == "credit":
            return Verdict(not credit.code, credit.code or "credit", credit.missing, money, policy, credit)
        if self.currency_id.compare_amounts(self.amount_total, 0) <= 0:
            return Verdict(False, "zero", 0.0, money, policy)
        share = policy.deposit_percent / 100 if requirement == "deposit" else 1
        needed = self.currency_id.round((self.amount_total + not_back) * share)
        missing = max(needed - money, 0.0)
        # Fees are taken from money that comes: where none came, none are missing.
        tolerance = self._gate_tolerance() if money > 0 else 0.0
        paid = self.currency_id.compare_amounts(missing, tolerance) <= 0
        if requirement == "value" and not paid and self.currency_id.compare_amounts(money, 0) > 0:
            return Verdict(True, "partly", missing, money, policy)
        return Verdict(paid, "paid" if paid else "money", 0.0 if paid else missing, money, policy)

    def _gate_not_back(self):
        """Return the value of goods that orders take back and that have not come, in the order's currency.

        :return: dict of sale.order to float; orders that wait for nothing are absent
        """
        self.env["sale.order.line"].flush_model(["order_id", "product_uom_qty"])
        # Few orders take anything back: not every line of all of them is read for it.
        negative = SQL(
            "SELECT id FROM sale_order_line WHERE order_id = ANY(%s) AND product_uom_qty < 0", list(self.ids)
        )
        value = defaultdict(float)
        for line in self.env["sale.order.line"].browse([line_id for [line_id] in self.env.execute_query(negative)]):
            if line.product_id.type == "consu":
                share = min(max(line.qty_delivered / line.product_uom_qty, 0), 1)
                value[line.order_id] -= line.price_total * (1 - share)
        return value

    def _gate_tolerance(self):
        """Return the tolerance for bank fees in the order's currency."""
        company = self.company_id
        if not company.shipping_tolerance:
            return 0.0
        day = company._sales_today()
        return company.currency_id._convert(company.shipping_tolerance, self.currency_id, company, day)

    def _gate_portal_message(self):
        """Return what the customer reads about the shipment of this order, without internals; False for nothing."""
        self.ensure_one()
        order = self.sudo()
        verdict = order._gate_verdicts().get(order)
        if not verdict or verdict.is_open or order.delivery_status in ("full", False):
            return False
        if verdict.code == "money":
            return self.env._(
                "We ship as soon as your payment of %(amount)s has arrived.",
                amount=order.currency_id.format(verdict.missing),
            )
        return self.env._("Your shipment is being checked. Please contact us if you have a question.")

    def _gate_explain(self, verdict):
        """Return in one sentence why the goods of this order may leave or are held, and who can help."""
        self.ensure_one()
        amount = self.currency_id.format(verdict.missing)
        detail = verdict.detail
        sentences = {
            "none": lambda: self.env._("No payment is required: %(policy)s.", policy=verdict.policy.name),
            "paid": lambda: self.env._("The money is in."),
            "confirmed": lambda: self.env._(
                "%(person)s confirmed for finance that the money is in.", person=detail.user_id.name
            ),
            "partly": lambda: self.env._(
                "Goods for %(money)s may leave: that much is paid. %(amount)s is missing for the rest.",
                money=self.currency_id.format(verdict.money),
                amount=amount,
            ),
            "credit": lambda: self.env._("Within the credit terms of the customer."),
            "money": lambda: self.env._(
                "Held for finance since %(since)s: %(amount)s is missing. Ask finance, or the general manager for a "
                "special release.",
                since=self.company_id._sales_format_moment(self.date_order),
                amount=amount,
            ),
            "zero": lambda: self.env._(
                "Held: the order has no value, so no payment can open it. Ask finance to confirm it, or the general "
                "manager for a special release."
            ),
            "hold": lambda: self.env._(
                "Held by %(person)s since %(since)s: %(reason)s",
                person=detail.user_id.name,
                since=self.company_id._sales_format_moment(detail.date),
                reason=detail.reason,
            ),
            "limit": lambda: self.env._(
                "Held for finance: the customer's credit limit is exceeded by %(amount)s. Ask finance, or the general "
                "manager for a special release.",
                amount=amount,
            ),
            "overdue": lambda: self.env._(
                "Held for finance: the customer has an invoice overdue since %(date)s. Ask finance, or the general "
                "manager for a special release.",
                date=detail.oldest,
            ),
        }
        return sentences[verdict.code]()
