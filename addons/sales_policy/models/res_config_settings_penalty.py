# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """Settings of penalties and rewards."""

    _inherit = "res.config.settings"

    sales_penalty_mode = fields.Selection(related="company_id.sales_penalty_mode", readonly=False, required=True)
    sales_hearing_days = fields.Integer(related="company_id.sales_hearing_days", readonly=False)
    sales_penalty_journal_id = fields.Many2one(
        related="company_id.sales_penalty_journal_id", readonly=False, check_company=True
    )
    sales_penalty_receivable_account_id = fields.Many2one(
        related="company_id.sales_penalty_receivable_account_id", readonly=False, check_company=True
    )
    sales_penalty_income_account_id = fields.Many2one(
        related="company_id.sales_penalty_income_account_id", readonly=False, check_company=True
    )
    sales_penalty_recharge_account_id = fields.Many2one(
        related="company_id.sales_penalty_recharge_account_id", readonly=False, check_company=True
    )
    sales_penalty_bonus_account_id = fields.Many2one(
        related="company_id.sales_penalty_bonus_account_id", readonly=False, check_company=True
    )
    sales_notice_channel_id = fields.Many2one(related="company_id.sales_notice_channel_id", readonly=False)
    sales_notice_with_name = fields.Boolean(related="company_id.sales_notice_with_name", readonly=False)
