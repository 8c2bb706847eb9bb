# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..shield.closure import open_to


class SalesConfidentialityRuleLine(models.Model):
    """A field that repeats a classified value. It is protected like it, unless it is left open on purpose."""

    _name = "sales.confidentiality.rule.line"
    _description = "Copy of a Confidential Value"
    _inherit = ["sales.cached.mixin"]
    _order = "rule_id, copy_model, copy_field"

    rule_id = fields.Many2one("sales.confidentiality.rule", required=True, index=True, ondelete="cascade")
    copy_model = fields.Char("Model", required=True)
    copy_field = fields.Char("Field", required=True)
    kind = fields.Selection(
        [
            ("related", "Related"),
            ("computed", "Computed"),
            ("stored", "Computed and stored"),
            ("sibling", "Computed together"),
            ("known", "Known copy"),
            ("oracle", "Answers guesses"),
            ("manual", "Added by hand"),
        ],
        required=True,
        default="manual",
    )
    path = fields.Char(help="Fields that lead to the record from which the value comes.")
    state = fields.Selection(
        [("proposed", "Protected, not looked at"), ("confirmed", "Protected"), ("open", "Left open")],
        required=True,
        default="proposed",
    )
    reason = fields.Char("Why It Is Open")
    open_to = fields.Char(
        "Seen by", compute="_compute_open_to", help="Groups that see it without clearance, because they work on it."
    )

    _copy_unique = models.Constraint("UNIQUE (rule_id, copy_model, copy_field)", "This field is listed already.")

    @api.constrains("state", "reason")
    def _check_reason(self):
        for line in self:
            if line.state == "open" and not (line.reason or "").strip():
                raise ValidationError(self.env._("Say why this copy is left open: it will be asked."))

    @api.constrains("copy_model", "copy_field")
    def _check_copy(self):
        for line in self:
            if line.kind == "manual" and line._copy() is None:
                raise ValidationError(
                    self.env._(
                        "There is no field %(field)s on %(model)s.", field=line.copy_field, model=line.copy_model
                    )
                )

    @api.depends("rule_id.field_ids", "copy_model", "copy_field", "kind", "state")
    def _compute_open_to(self):
        for line in self:
            copy = line._copy() if line.kind != "manual" and line.state != "open" else None
            groups = open_to(line.rule_id._seeds(), copy).split(",") if copy is not None else []
            found = (self.env.ref(group, raise_if_not_found=False) for group in groups if group)
            line.open_to = ", ".join(group.sudo().full_name for group in found if group) or False

    @api.model
    def _forget_cached(self):
        result = super()._forget_cached()
        self.env["sales.confidentiality.rule"]._forget_cached()
        return result

    def action_confirm(self):
        """Confirm that these copies stay protected."""
        self.check_access("write")
        self.filtered(lambda line: line.state == "proposed").state = "confirmed"
        return True

    def _copy(self):
        model = self.env.get(self.copy_model)
        return None if model is None else model._fields.get(self.copy_field)
