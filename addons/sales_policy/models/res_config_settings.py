# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    sales_ownership_enabled = fields.Boolean(related="company_id.sales_ownership_enabled", readonly=False)
    sales_contact_backdate_hours = fields.Integer(related="company_id.sales_contact_backdate_hours", readonly=False)
    sales_contact_summary_length = fields.Integer(related="company_id.sales_contact_summary_length", readonly=False)
    sales_owner_sync_salesperson = fields.Boolean(related="company_id.sales_owner_sync_salesperson", readonly=False)
    sales_digest_enabled = fields.Boolean(related="company_id.sales_digest_enabled", readonly=False)
