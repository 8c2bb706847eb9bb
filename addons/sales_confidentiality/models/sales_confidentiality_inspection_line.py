# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .sales_confidentiality_clearance import OFFICER

RESULT = {"result", "finding", "correction", "due_date"}


class SalesConfidentialityInspectionLine(models.Model):
    """One point of an inspection: fine, or what was found, until when it is corrected, and by whom (CON-10)."""

    _name = "sales.confidentiality.inspection.line"
    _description = "Point of an Inspection"
    _order = "inspection_id, id"

    inspection_id = fields.Many2one(
        "sales.confidentiality.inspection", required=True, index=True, ondelete="cascade", readonly=True
    )
    name = fields.Char("Point", required=True)
    result = fields.Selection([("fine", "Fine"), ("finding", "Finding")])
    finding = fields.Text()
    correction = fields.Text()
    due_date = fields.Date("Corrected Until")
    corrected_date = fields.Datetime("Corrected On", readonly=True, copy=False)
    corrected_by = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")

    _finding_said = models.Constraint(
        "CHECK (result IS NULL OR result != 'finding' OR length(trim(coalesce(finding, ''))) > 0)",
        "Write down what was found.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create([{**vals, "corrected_date": False, "corrected_by": False} for vals in vals_list])
        lines.filtered("result")._check_under_way(may_plan=False)
        lines._check_under_way()
        return lines

    def write(self, vals):
        """Enter results, for the inspector, until the inspection is finished.

        :raises UserError: afterwards
        """
        if not self.env.su and set(vals) - RESULT:
            raise UserError(self.env._("The checklist is that of the day on which the inspection was planned."))
        self._check_under_way(may_plan=False)
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_under_way(self):
        self._check_under_way()
        if not self.env.su and any(self.mapped("result")):
            raise UserError(self.env._("What was inspected stays on file."))

    def action_corrected(self):
        """Confirm that findings were corrected. For the manager of the department and confidentiality officers."""
        self.check_access("read")
        officer = self.env.user.has_group(OFFICER)
        for line in self.sudo():
            if not officer and line.inspection_id.department_id.manager_id.user_id != self.env.user:
                raise AccessError(
                    self.env._("The manager of the department, or a confidentiality officer, confirms corrections.")
                )
            if not line.inspection_id.done_date or not line._to_correct():
                raise UserError(self.env._("There is nothing to correct any more, or not yet."))
        self.sudo().write({"corrected_date": fields.Datetime.now(), "corrected_by": self.env.uid})
        return True

    def _to_correct(self):
        return self.filtered(lambda line: line.result == "finding" and not line.corrected_date)

    def _check_under_way(self, may_plan=True):
        """Refuse changes of finished inspections, and of all others by anybody but their inspectors.

        :param bool may_plan: whether officers may as well, who say what is inspected
        """
        if self.env.su:
            return
        officer = may_plan and self.env.user.has_group(OFFICER)
        for inspection in self.sudo().inspection_id:
            if inspection.done_date:
                raise UserError(self.env._("What was inspected stays on file."))
            if inspection.inspector_id != self.env.user and not officer:
                raise AccessError(
                    self.env._("%(person)s carries out this inspection.", person=inspection.inspector_id.name)
                )
