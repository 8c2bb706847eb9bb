# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class SalesComplaintCause(models.Model):
    """Why something went wrong: a tree that the company grows (CMP-2)."""

    _name = "sales.complaint.cause"
    _description = "Cause"
    _order = "complete_name"
    _parent_store = True
    _rec_name = "complete_name"
    _rec_names_search = ["complete_name", "name"]

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    parent_id = fields.Many2one("sales.complaint.cause", "Part Of", index=True, ondelete="restrict")
    parent_path = fields.Char(index=True)
    child_ids = fields.One2many("sales.complaint.cause", "parent_id", "Parts")
    complete_name = fields.Char("Cause", compute="_compute_complete_name", store=True, recursive=True)

    @api.constrains("parent_id")
    def _check_parent(self):
        if self._has_cycle():
            raise ValidationError(self.env._("A cause cannot be a part of itself."))

    @api.depends("name", "parent_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        # What is stored is in one language only.
        for cause in self:
            names, part = [], cause
            while part:
                names.append(part.name or "")
                part = part.parent_id
            cause.display_name = " / ".join(reversed(names))

    @api.depends("name", "parent_id.complete_name")
    def _compute_complete_name(self):
        for cause in self:
            parent = cause.parent_id.complete_name
            cause.complete_name = f"{parent} / {cause.name}" if parent else cause.name
