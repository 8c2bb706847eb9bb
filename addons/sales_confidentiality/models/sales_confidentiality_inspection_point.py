# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import fields, models


class SalesConfidentialityInspectionPoint(models.Model):
    """One point of the checklist of inspections (CON-10)."""

    _name = "sales.confidentiality.inspection.point"
    _description = "Point of the Checklist"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
