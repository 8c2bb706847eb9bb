# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from typing import NamedTuple

from odoo import models
from odoo.exceptions import AccessError, UserError


class LateMoney(NamedTuple):
    """What a late customer payment costs, and whom it may be charged to."""

    user: models.BaseModel  # res.users, the responsible salesperson; may be empty
    days: int  # since the oldest instalment fell due
    amount: float  # overdue, in the invoice's currency
    loss: float  # in the invoice's currency
    currency: models.BaseModel


class AccountMove(models.Model):
    _inherit = "account.move"

    def write(self, vals):
        """Note that money is in when an entry is posted again that was matched before (OWN-6, OWN-8)."""
        result = super().write(vals)
        if vals.get("state") == "posted" and self.env["res.company"]._sales_money_watched():
            # Without a number no line is matched: posting for the first time costs nothing.
            lines = self.line_ids.filtered("matching_number")
            if lines:
                others = lines.matched_debit_ids.debit_move_id | lines.matched_credit_ids.credit_move_id
                self.env["sale.order"]._sales_money_moved(moves=(lines | others).move_id)
        return result

    def _get_default_payment_link_values(self):
        """Make no link by which a customer would pay for goods that are gone (OWN-6)."""
        self.sudo()._sales_orders()._sales_check_not_lost()
        return super()._get_default_payment_link_values()

    def action_sales_propose_penalty(self):
        """Propose a case against the salesperson of each of these invoices, with the loss as basis (OWN-10).

        :return: action that opens the cases
        :raises AccessError: for anybody but a sales manager
        :raises UserError: where nothing is overdue, nobody is responsible, or a case is under way already
        """
        if not self.env.user.has_group("sales_team.group_sale_manager"):
            raise AccessError(self.env._("Only a sales manager can propose a penalty for late money."))
        self.check_access("read")
        Penalty, basis = self.env["sales.penalty"], self._sales_late_money_basis()
        under_way = Penalty.sudo().search([("res_model", "=", self._name), ("res_id", "in", self.ids)])
        under_way = under_way.filtered(lambda case: case.state != "dropped")
        vals_list = []
        for invoice in self:
            late = basis.get(invoice)
            if not late:
                raise UserError(self.env._("%(invoice)s: nothing is overdue.", invoice=invoice.display_name))
            if invoice.id in under_way.mapped("res_id"):
                raise UserError(self.env._("%(invoice)s: a case is under way already.", invoice=invoice.display_name))
            vals_list.append(invoice._sales_late_money_case(late))
        cases = Penalty._propose(vals_list)
        action = self.env["ir.actions.act_window"]._for_xml_id("sales_policy.sales_penalty_action")
        return {**action, "domain": [("id", "in", cases.ids)], "context": {}}

    def _sales_late_money_case(self, late):
        """Return the values of a case for late money on this invoice."""
        company, today = self.company_id, self.company_id._sales_today()
        employee = late.user.sudo().employee_ids.filtered(lambda person: person.company_id == company)[:1]
        if not employee:
            raise UserError(
                self.env._(
                    "%(invoice)s: no single salesperson with an employee record is responsible. Choose the salesperson "
                    "of the invoice first.",
                    invoice=self.display_name,
                )
            )
        rule = self.env["sales.penalty.rule"].search(
            [
                ("source", "=", "payment"),
                ("kind", "=", "offence"),
                ("company_id", "in", [False, company.id]),
                ("active", "=", True),
            ],
            limit=1,
        )
        if not rule:
            raise UserError(self.env._("The schedule has no offence for late money. Ask a policy officer to add one."))
        loss = late.currency._convert(late.loss, rule.currency_id or company.currency_id, company, today)
        return {
            "employee_id": employee.id,
            "rule_id": rule.id,
            "date": today,
            "res_model": self._name,
            "res_id": self.id,
            "loss": loss,
            "facts": self.env._(
                "%(amount)s of invoice %(invoice)s is overdue, the oldest part for %(days)s days.",
                amount=late.currency.format(late.amount),
                invoice=self.name,
                days=late.days,
            ),
        }

    def _sales_orders(self):
        """Return the orders that these invoices belong to."""
        return self.line_ids.sale_line_ids.order_id

    def _sales_late_money_basis(self):
        """Return what late payment costs the company, as the basis of a penalty proposed to a person (OWN-10).

        The loss of each instalment that is past due is its open amount at the company's yearly rate for the
        days since it fell due, counted in the company's timezone.

        :return: dict of account.move to LateMoney; what is no posted customer invoice or has nothing overdue is absent
        """
        basis = {}
        invoices = self.filtered(lambda move: move.state == "posted" and move.move_type == "out_invoice")
        for invoice in invoices:
            company, currency = invoice.company_id, invoice.currency_id
            today = company._sales_today()
            overdue = invoice.line_ids.filtered(
                lambda line, today=today: (
                    line.account_type == "asset_receivable"
                    and line.date_maturity
                    and line.date_maturity < today
                    and line.amount_residual_currency > 0
                )
            )
            if not overdue:
                continue
            rate = company.sales_late_money_rate / 100
            basis[invoice] = LateMoney(
                user=invoice._sales_late_money_user(),
                days=max((today - line.date_maturity).days for line in overdue),
                amount=currency.round(sum(overdue.mapped("amount_residual_currency"))),
                loss=currency.round(
                    sum(
                        line.amount_residual_currency * rate * (today - line.date_maturity).days / 365
                        for line in overdue
                    )
                ),
                currency=currency,
            )
        return basis

    def _sales_late_money_user(self):
        """Return the salesperson of the invoice, else of its orders if they agree."""
        users = self.invoice_user_id or self.sudo()._sales_orders().user_id
        return users if len(users) == 1 else users.browse()
