# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.addons.sales_policy.tools import lock_and_reread, tell
from odoo.exceptions import AccessError, UserError
from odoo.tools import clean_context

from .sales_confidentiality_clearance import OFFICER

PLANNED = {"department_id", "inspector_id", "planned_date", "repeat_months"}


class SalesConfidentialityInspection(models.Model):
    """A look at how a department keeps what is confidential: what was found, what was corrected (CON-10, CON-13)."""

    _name = "sales.confidentiality.inspection"
    _description = "Inspection"
    _inherit = ["mail.thread"]
    _order = "planned_date desc, id desc"
    _rec_name = "department_id"

    department_id = fields.Many2one("hr.department", required=True, index=True, ondelete="restrict")
    company_id = fields.Many2one(related="department_id.company_id", store=True, index=True)
    inspector_id = fields.Many2one(
        "res.users", required=True, index=True, ondelete="restrict", domain="[('share', '=', False)]"
    )
    planned_date = fields.Date(required=True, default=fields.Date.context_today)
    repeat_months = fields.Integer("Again After (Months)", default=3, help="0: once.")
    done_date = fields.Datetime("Inspected On", readonly=True, copy=False)
    done_by = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    line_ids = fields.One2many("sales.confidentiality.inspection.line", "inspection_id", "Checklist")
    reminded_date = fields.Datetime(readonly=True, copy=False)
    state = fields.Selection(
        [("planned", "Planned"), ("late", "Late"), ("found", "To Correct"), ("done", "Done")], compute="_compute_state"
    )

    _repeat_not_negative = models.Constraint("CHECK (repeat_months >= 0)", "Choose 0 months or more.")

    @api.depends("planned_date", "done_date", "line_ids.result", "line_ids.corrected_date")
    def _compute_state(self):
        for inspection in self:
            if not inspection.done_date:
                late = inspection.planned_date and inspection.planned_date < inspection._today()
                inspection.state = "late" if late else "planned"
            else:
                inspection.state = "found" if inspection.line_ids._to_correct() else "done"

    @api.model_create_multi
    def create(self, vals_list):
        """Plan inspections with the checklist of today. For confidentiality officers."""
        self._check_officer()
        checks = self.env["sales.confidentiality.inspection.point"].search(fields.Domain.TRUE)
        lines = [fields.Command.create({"name": check.name}) for check in checks]
        # No default of the caller's context counts: it would be an inspection that nobody carried out.
        planned = self.with_context(clean_context(self.env.context))
        inspections = super(SalesConfidentialityInspection, planned).create(
            [{**{name: vals[name] for name in PLANNED if name in vals}, "line_ids": lines} for vals in vals_list]
        )
        return inspections.with_env(self.env)

    def write(self, vals):
        """Change plans, for officers, and the results of inspections under way, for their inspectors."""
        if not self.env.su:
            if set(vals) - PLANNED - {"line_ids"}:
                raise UserError(self.env._("Only plan and checklist can be changed."))
            if PLANNED & set(vals):
                self._check_officer()
            if self.filtered("done_date") and PLANNED & set(vals):
                raise UserError(self.env._("What was inspected stays on file."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_done(self):
        if self.filtered(lambda inspection: inspection.done_date or any(inspection.line_ids.mapped("result"))):
            raise UserError(self.env._("What was inspected stays on file."))

    def action_done(self):
        """Finish inspections of which every point was looked at; plans the next ones. For their inspectors.

        :raises UserError: where points are left out
        """
        self.check_access("write")
        inspections = self.sudo()
        lock_and_reread(inspections)
        for inspection in inspections:
            if inspection.inspector_id != self.env.user:
                raise AccessError(
                    self.env._("%(person)s carries out this inspection.", person=inspection.inspector_id.name)
                )
            if inspection.done_date or not all(inspection.line_ids.mapped("result")):
                raise UserError(self.env._("Enter a result for each point of an inspection that is not finished."))
        inspections.write({"done_date": fields.Datetime.now(), "done_by": self.env.uid})
        self.sudo().create(
            [
                {
                    "department_id": inspection.department_id.id,
                    "inspector_id": inspection.inspector_id.id,
                    "planned_date": inspection._today() + relativedelta(months=inspection.repeat_months),
                    "repeat_months": inspection.repeat_months,
                }
                for inspection in inspections
                if inspection.repeat_months
            ]
        )
        return True

    def _today(self):
        return (self.company_id or self.env.company)._sales_today()

    def _check_officer(self):
        if not self.env.su and not self.env.user.has_group(OFFICER):
            raise AccessError(self.env._("Confidentiality officers plan inspections."))

    @api.model
    def _cron_remind(self):
        """Announce inspections that are due, once. Nothing depends on it."""
        # Where the company is, it may be tomorrow already.
        tomorrow = fields.Date.today() + relativedelta(days=1)
        due = self.search([("done_date", "=", False), ("reminded_date", "=", False), ("planned_date", "<=", tomorrow)])
        for inspection in due.filtered(lambda inspection: inspection.planned_date <= inspection._today()):
            tell(
                inspection,
                inspection.inspector_id,
                lambda record: record.env._("Inspection: %(department)s", department=record.department_id.name),
                lambda record: record.env._(
                    "Please inspect how %(department)s keeps what is confidential.",
                    department=record.department_id.name,
                ),
            )
            inspection.write({"reminded_date": fields.Datetime.now()})
            self.env["ir.cron"]._commit_progress(1)
