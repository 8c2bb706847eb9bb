# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from datetime import timedelta

from odoo import Command, fields

from .common import SalesPolicyCommon


class MoneyCommon(SalesPolicyCommon):
    """The sales office of the other tests with books and a bank. The clock runs: the database stamps the payments."""

    people = {
        "bookkeeper": ("qian", "Qian", "account.group_account_manager"),
        "officer": ("he", "He", "base.group_user,sales_policy.group_policy_officer"),
    }

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.set_up_books(cls.company)
        cls.switch_on(cls.company)

    @classmethod
    def set_up_books(cls, company):
        if not company.chart_template:
            cls.env["account.chart.template"].try_loading("generic_coa", company=company, install_demo=False)
        cls.bank = cls.env["account.journal"].search([("type", "=", "bank"), ("company_id", "=", company.id)], limit=1)

    @classmethod
    def switch_on(cls, company):
        company.sales_entitlement_enabled = True
        # Everything in a test happens in one transaction, that is at one moment of the database.
        company.sales_entitlement_since = cls.env.cr.now() - timedelta(days=1)

    def freeze(self):
        """Leave the clock running."""

    def settle(self):
        """Draw what follows from money as the end of a request does."""
        self.cr.flush()
        self.env.invalidate_all()

    def confirmed(self, partner=None, user=None, **values):
        """Create an order and confirm it."""
        order = self.order(partner or self.customer, user or self.li, **values)
        order.with_user(self.manager).action_confirm()
        self.settle()
        return order.sudo()

    def unit(self, name="Used machining centre"):
        """Create goods that are sold once."""
        return self.env["product.product"].create(
            {"name": name, "list_price": 1000.0, "taxes_id": False, "sales_sold_once": True}
        )

    def quotation(self, unit, user=None, partner=None, **values):
        """Create a quotation for goods."""
        line = Command.create({"product_id": unit.id, "product_uom_qty": 1, "tax_ids": False})
        return self.order(partner or self.customer, user or self.li, order_line=[line], **values)

    def bill(self, orders, percent=None, post=True):
        """Invoice orders, or ask a deposit of some per cent."""
        orders = orders.sudo()
        if percent:
            wizard = self.env["sale.advance.payment.inv"].create(
                {
                    "sale_order_ids": [Command.set(orders.ids)],
                    "advance_payment_method": "percentage",
                    "amount": percent,
                }
            )
            invoice = wizard._create_invoices(orders)
        else:
            orders.order_line.product_id.filtered(lambda p: p.invoice_policy != "order").invoice_policy = "order"
            invoice = orders._create_invoices(final=True)
        if post:
            invoice.action_post()
        return invoice

    def pay(self, invoices, amount=None, settle=True, **values):
        """Register a payment as an accountant would."""
        wizard = (
            self.env["account.payment.register"]
            .with_context(active_model="account.move", active_ids=invoices.ids)
            .create({"journal_id": self.bank.id, **({"amount": amount} if amount else {}), **values})
        )
        payments = wizard._create_payments()
        if settle:
            self.settle()
        return payments

    def online(self, order, amount, settle=True, **values):
        """Let a customer pay online."""
        provider, first = self.env.ref("payment.payment_provider_transfer"), order[:1]
        transaction = self.env["payment.transaction"].create(
            {
                "provider_id": provider.id,
                "payment_method_id": self.env.ref("payment.payment_method_card").id,
                "reference": f"tx-{first.name}-{self.env['payment.transaction'].search_count([])}",
                "amount": amount,
                "currency_id": first.currency_id.id,
                "partner_id": first.partner_id.id,
                "sale_order_ids": [Command.set(order.ids)],
                **values,
            }
        )
        transaction._set_done()
        if settle:
            self.settle()
        return transaction

    def statement(self, invoice, amount, settle=True):
        """Match a line of the bank statement with an invoice."""
        line = self.env["account.bank.statement.line"].create(
            {
                "journal_id": self.bank.id,
                "amount": amount,
                "date": fields.Date.today(),
                "payment_ref": "Transfer",
                "partner_id": invoice.partner_id.id,
            }
        )
        _liquidity, suspense, _other = line._seek_for_lines()
        receivable = invoice.line_ids.filtered(lambda item: item.account_type == "asset_receivable")
        suspense.write({"account_id": receivable.account_id.id, "partner_id": invoice.partner_id.id})
        (suspense | receivable).reconcile()
        if settle:
            self.settle()
        return line

    def entitlements(self, orders):
        """Return what is fixed for orders, oldest first."""
        return self.env["sales.entitlement"].sudo().search([("order_id", "in", orders.ids)], order="id")

    def shares(self, order):
        """Return who is entitled to how much of an order, counter-entries taken off."""
        totals = {}
        for entry in self.entitlements(order):
            totals[entry.user_id] = totals.get(entry.user_id, 0) + entry.share
        return {user: share for user, share in totals.items() if share}
