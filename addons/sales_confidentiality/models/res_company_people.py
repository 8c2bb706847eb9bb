# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models


class ResCompany(models.Model):
    """What a company demands of people before they see what is confidential."""

    _inherit = "res.company"

    confidentiality_agreement_needed = fields.Boolean(
        "Agreement Needed",
        help="Clearances of people without a valid confidentiality agreement or letter of commitment sleep.",
    )
    confidentiality_statement_needed = fields.Boolean(
        "Statement Needed", help="Clearances of people without a valid device and clean-desk statement sleep."
    )
    confidentiality_training_needed = fields.Boolean(
        "Exams Needed", help="Clearances of people who have not passed the exams of their roles sleep."
    )
    confidentiality_remind_days = fields.Integer(
        "Remind Before (Days)", default=30, required=True, help="How long before an agreement or exam ends."
    )
    confidentiality_quotation_check = fields.Selection(
        [("no", "Not checked"), ("warn", "Warn"), ("refuse", "Refuse")],
        "Quotations Without Agreement",
        default="no",
        required=True,
        help="Quotations with classified products to partners without a valid confidentiality agreement.",
    )

    confidentiality_leaver_check = fields.Selection(
        [("no", "Not checked"), ("warn", "Warn"), ("refuse", "Refuse")],
        "Archiving Leavers",
        default="no",
        required=True,
        help="Archiving people who have not handed everything back.",
    )

    _confidentiality_remind_positive = models.Constraint(
        "CHECK (confidentiality_remind_days > 0)", "Reminders come a day before the end at least."
    )

    @api.model_create_multi
    def create(self, vals_list):
        companies = super().create(vals_list)
        self.env["sales.confidentiality.clearance"]._forget_live()
        return companies

    def write(self, vals):
        result = super().write(vals)
        if any(name.startswith("confidentiality_") for name in vals):
            self.env["sales.confidentiality.clearance"]._forget_live()
        return result
