# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    sales_complaint_currency_id = fields.Many2one(related="company_id.currency_id", string="Currency of Complaints")
    sales_complaint_free_amount = fields.Monetary(
        related="company_id.sales_complaint_free_amount",
        readonly=False,
        currency_field="sales_complaint_currency_id",
    )
    sales_complaint_free_days = fields.Integer(related="company_id.sales_complaint_free_days", readonly=False)
    sales_complaint_office_email = fields.Char(related="company_id.sales_complaint_office_email", readonly=False)
    sales_complaint_account_id = fields.Many2one(related="company_id.sales_complaint_account_id", readonly=False)
    sales_complaint_file_mb = fields.Integer(related="company_id.sales_complaint_file_mb", readonly=False)
    sales_complaint_alert_count = fields.Integer(related="company_id.sales_complaint_alert_count", readonly=False)
    sales_complaint_alert_days = fields.Integer(related="company_id.sales_complaint_alert_days", readonly=False)
