# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, models
from odoo.exceptions import AccessError

from ..models.sales_confidentiality_clearance import OFFICER


class SalesConfidentialityDepartmentFile(models.AbstractModel):
    """All about confidentiality in a department, on one page (CON-13). For confidentiality officers."""

    _name = "report.sales_confidentiality.department_file"
    _description = "Confidentiality File of a Department"

    @api.model
    def _get_report_values(self, docids, data=None):
        # Whoever prints, by whatever way: the page tells about people.
        if not self.env.user.has_group(OFFICER):
            raise AccessError(self.env._("Only confidentiality officers print the confidentiality file."))
        departments = self.env["hr.department"].browse(docids)
        departments.check_access("read")
        return {
            "doc_ids": docids,
            "doc_model": departments._name,
            "docs": departments,
            "facts": {department.id: self._facts(department.sudo()) for department in departments},
        }

    @api.model
    def _facts(self, department):
        """Return what the page of one department tells.

        :param department: hr.department, as superuser
        :return: dict of recordsets and lists of plain values
        """
        employees = department.env["hr.employee"].search([("department_id", "child_of", department.id)])
        users = employees.user_id
        clearances = department.env["sales.confidentiality.clearance"].search([("user_id", "in", users.ids)])
        agreements = department.env["sales.confidentiality.agreement"].search([("user_id", "in", users.ids)])
        exams = department.env["sales.confidentiality.exam"].search([("user_id", "in", users.ids)])
        incidents = department.env["sales.confidentiality.incident"].search(
            [("concerned_user_ids", "in", users.ids), ("concerned_user_ids", "not in", self.env.uid)]
        )
        reasons = clearances._asleep_reasons(users)
        return {
            "people": [
                {
                    "name": employee.name,
                    "agreements": agreements.filtered(
                        lambda agreement, user=employee.user_id: (
                            agreement.user_id == user and agreement.state == "valid"
                        )
                    ),
                    "exams": exams.filtered(lambda exam, user=employee.user_id: exam.user_id == user)[:3],
                    "clearances": clearances.filtered(
                        lambda clearance, user=employee.user_id: (
                            clearance.user_id == user and clearance.state in ("running", "asleep")
                        )
                    ),
                    "missing": ", ".join(reasons.get(employee.user_id, [])),
                }
                for employee in employees
            ],
            "inspections": department.env["sales.confidentiality.inspection"].search(
                [("department_id", "child_of", department.id)], limit=12
            ),
            "disclosures": department.env["sales.confidentiality.disclosure"].search(
                [("requester_id", "in", users.ids), ("issued_date", "!=", False)], limit=12
            ),
            "incidents": incidents,
            "cases": department.env["sales.penalty"]
            .search([("employee_id", "in", employees.ids), ("rule_id.source", "=", "confidentiality")])
            .filtered("effective_date"),
        }
