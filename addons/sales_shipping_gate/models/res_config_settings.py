# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    shipping_currency_id = fields.Many2one(related="company_id.currency_id", string="Currency of the Gate")
    shipping_gate_enabled = fields.Boolean(related="company_id.shipping_gate_enabled", readonly=False)
    shipping_hold_level = fields.Selection(related="company_id.shipping_hold_level", readonly=False)
    shipping_money_level = fields.Selection(related="company_id.shipping_money_level", readonly=False)
    shipping_tolerance = fields.Monetary(
        related="company_id.shipping_tolerance", readonly=False, currency_field="shipping_currency_id"
    )
    shipping_gate_unlinked = fields.Boolean(related="company_id.shipping_gate_unlinked", readonly=False)
    shipping_exposure_limit = fields.Monetary(
        related="company_id.shipping_exposure_limit", readonly=False, currency_field="shipping_currency_id"
    )
