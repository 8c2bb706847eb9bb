# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """Settings of the people's side of shipping."""

    _inherit = "res.config.settings"

    shipping_request_required = fields.Boolean(related="company_id.shipping_request_required", readonly=False)
    shipping_inspection_required = fields.Boolean(related="company_id.shipping_inspection_required", readonly=False)
    shipping_tracking_required = fields.Boolean(related="company_id.shipping_tracking_required", readonly=False)
    shipping_check_hours = fields.Float(related="company_id.shipping_check_hours", readonly=False)
    shipping_pick_hours = fields.Float(related="company_id.shipping_pick_hours", readonly=False)
    shipping_ship_hours = fields.Float(related="company_id.shipping_ship_hours", readonly=False)
    shipping_receipt_hours = fields.Float(related="company_id.shipping_receipt_hours", readonly=False)
    shipping_priority_enabled = fields.Boolean(related="company_id.shipping_priority_enabled", readonly=False)
    shipping_weight_customer = fields.Float(related="company_id.shipping_weight_customer", readonly=False)
    shipping_weight_years = fields.Float(related="company_id.shipping_weight_years", readonly=False)
    shipping_weight_kind = fields.Float(related="company_id.shipping_weight_kind", readonly=False)
    shipping_weight_distance = fields.Float(related="company_id.shipping_weight_distance", readonly=False)
    shipping_weight_promise = fields.Float(related="company_id.shipping_weight_promise", readonly=False)
    shipping_carrier_warn = fields.Float(related="company_id.shipping_carrier_warn", readonly=False)
    shipping_carrier_block = fields.Float(related="company_id.shipping_carrier_block", readonly=False)
    shipping_refuse_broken = fields.Boolean(related="company_id.shipping_refuse_broken", readonly=False)
    shipping_production_user_id = fields.Many2one(related="company_id.shipping_production_user_id", readonly=False)
