# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.exceptions import AccessError

ANSWERS = {"result", "photo", "note"}


class SalesShippingInspectionLine(models.Model):
    """What was found at one point of the checklist."""

    _name = "sales.shipping.inspection.line"
    _description = "Point of a Packing Inspection"
    _order = "inspection_id, id"

    inspection_id = fields.Many2one(
        "sales.shipping.inspection", required=True, readonly=True, index=True, ondelete="cascade"
    )
    # Kept for comparison only: an inspection tells in its own words what was looked at.
    point_id = fields.Many2one("sales.shipping.checklist.point", readonly=True, index=True, ondelete="set null")
    name = fields.Char("To Look At", required=True, readonly=True)
    is_photo_required = fields.Boolean("Photo Needed", readonly=True)
    result = fields.Selection([("passed", "In Order"), ("failed", "Not in Order")])
    photo = fields.Image(max_width=1600, max_height=1600)
    note = fields.Char()

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            raise AccessError(self.env._("The checklist says what is inspected."))
        return super().create(vals_list)

    def write(self, vals):
        if not self.env.su:
            if set(vals) - ANSWERS:
                raise AccessError(self.env._("The checklist says what is inspected."))
            self.inspection_id._check_inspector()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_evidence(self):
        if not self.env.su:
            raise AccessError(self.env._("The checklist says what is inspected."))

    def action_in_order(self):
        """Mark these points as in order."""
        self.write({"result": "passed"})

    def action_not_in_order(self):
        """Mark these points as not in order."""
        self.write({"result": "failed"})
