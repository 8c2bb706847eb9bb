# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    # Whoever could write it would put the own customers first.
    shipping_class = fields.Selection(
        [("a", "Key customer"), ("b", "Regular customer"), ("c", "Small customer")],
        groups="sales_team.group_sale_manager",
        copy=False,
        help="Deliveries of key customers leave first.",
    )
    shipping_transit_days = fields.Integer(
        "Days on the Way",
        groups="sales_team.group_sale_manager",
        copy=False,
        help="How long goods take to this address. 0: as long as the carrier takes.",
    )
