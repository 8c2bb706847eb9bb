# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.tools import ormcache


class SalesLicenceType(models.Model):
    """A licence without which certain goods are neither sold nor shipped (SHP-12)."""

    _name = "sales.licence.type"
    _description = "Licence Type"
    _inherit = ["sales.cached.mixin"]
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    holder = fields.Selection(
        [("customer", "Customer"), ("staff", "Salesperson")],
        "Held By",
        required=True,
        default="customer",
        help="A business licence of the customer, or a qualification of the salesperson.",
    )
    reminder_days = fields.Integer("Remind Before Expiry (Days)", default=30)
    category_ids = fields.Many2many(
        "product.category", string="Needed For", help="Goods of these categories and of those below them."
    )

    _reminder_not_negative = models.Constraint("CHECK (reminder_days >= 0)", "Days cannot be below zero.")

    @api.model
    @ormcache()
    def _regulating_ids(self):
        """Return the ids of the types that goods of some category need; most companies have none."""
        return tuple(self.sudo().search([("category_ids", "!=", False), ("active", "=", True)])._ids)
