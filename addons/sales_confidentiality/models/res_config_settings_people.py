# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """Settings of agreements, exams and quotations."""

    _inherit = "res.config.settings"

    confidentiality_agreement_needed = fields.Boolean(
        related="company_id.confidentiality_agreement_needed", readonly=False
    )
    confidentiality_statement_needed = fields.Boolean(
        related="company_id.confidentiality_statement_needed", readonly=False
    )
    confidentiality_training_needed = fields.Boolean(
        related="company_id.confidentiality_training_needed", readonly=False
    )
    confidentiality_remind_days = fields.Integer(related="company_id.confidentiality_remind_days", readonly=False)
    confidentiality_leaver_check = fields.Selection(
        related="company_id.confidentiality_leaver_check", readonly=False, required=True
    )
    confidentiality_quotation_check = fields.Selection(
        related="company_id.confidentiality_quotation_check", readonly=False, required=True
    )
