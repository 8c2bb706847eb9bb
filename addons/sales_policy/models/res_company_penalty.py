# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ResCompany(models.Model):
    """How a company handles penalties and rewards (PEN-5)."""

    _inherit = "res.company"

    sales_penalty_mode = fields.Selection(
        [
            ("points", "Points only, no money"),
            ("payroll", "Fines and bonuses noted for payroll"),
            ("books", "Fines and bonuses in the books"),
        ],
        "Penalties and Rewards",
        default="points",
        required=True,
        help="Labour law may forbid fines. With points only, no case bears an amount.",
    )
    sales_hearing_days = fields.Integer(
        "Days to Answer",
        default=3,
        required=True,
        help="Working days that a person has to answer before a decision can be asked for.",
    )
    sales_penalty_journal_id = fields.Many2one(
        "account.journal", "Journal of Penalties", domain="[('type', '=', 'general')]", check_company=True
    )
    sales_penalty_receivable_account_id = fields.Many2one(
        "account.account",
        "Receivable from Employees",
        check_company=True,
        domain="[('reconcile', '=', True), ('account_type', 'in', ('asset_receivable', 'asset_current'))]",
        help="What an employee owes after a fine. It must allow reconciliation.",
    )
    sales_penalty_income_account_id = fields.Many2one(
        "account.account", "Fines (Income)", check_company=True, help="Credited with fines."
    )
    sales_penalty_recharge_account_id = fields.Many2one(
        "account.account", "Loss and Freight Recharged", check_company=True, help="Credited with loss and freight."
    )
    sales_penalty_bonus_account_id = fields.Many2one(
        "account.account", "Bonuses (Expense)", check_company=True, help="Debited with bonuses."
    )
    sales_notice_channel_id = fields.Many2one(
        "discuss.channel", "Channel for Notices", help="Where notices of criticism and commendation are published."
    )
    sales_notice_with_name = fields.Boolean(
        "Notices Name the Person", help="Otherwise a notice tells the department only."
    )

    _hearing_days_positive = models.Constraint(
        "CHECK (sales_hearing_days > 0)", "A person has one working day at least to answer."
    )

    @api.constrains("sales_penalty_receivable_account_id")
    def _check_sales_penalty_receivable(self):
        for company in self:
            account = company.sales_penalty_receivable_account_id
            if account and not account.reconcile:
                raise ValidationError(
                    self.env._(
                        "Account %(account)s must allow reconciliation: it shows what an employee still owes.",
                        account=account.display_name,
                    )
                )
