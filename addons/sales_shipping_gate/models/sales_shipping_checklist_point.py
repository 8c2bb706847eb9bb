# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import fields, models


class SalesShippingChecklistPoint(models.Model):
    """One thing to look at."""

    _name = "sales.shipping.checklist.point"
    _description = "Point of a Packing Checklist"
    _order = "checklist_id, sequence, id"

    checklist_id = fields.Many2one("sales.shipping.checklist", required=True, index=True, ondelete="cascade")
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True, translate=True)
    is_photo_required = fields.Boolean("Photo Needed")

    def _add_to(self, inspection):
        """Put these points on an inspection, in the words of this moment."""
        self.env["sales.shipping.inspection.line"].sudo().create(
            [
                {
                    "inspection_id": inspection.id,
                    "point_id": point.id,
                    "name": point.name,
                    "is_photo_required": point.is_photo_required,
                }
                for point in self
            ]
        )
