# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    sales_entitlement_enabled = fields.Boolean(related="company_id.sales_entitlement_enabled", readonly=False)
    sales_exclusive_deposit = fields.Float(related="company_id.sales_exclusive_deposit", readonly=False)
    sales_late_money_rate = fields.Float(related="company_id.sales_late_money_rate", readonly=False)
