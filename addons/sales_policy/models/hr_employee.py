# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models


class HrEmployee(models.Model):
    _inherit = "hr.employee"

    sales_penalty_count = fields.Integer(
        "Penalties and Rewards", compute="_compute_sales_penalties", groups="hr.group_hr_user"
    )
    sales_points_balance = fields.Integer(
        "Points Balance", compute="_compute_sales_penalties", groups="hr.group_hr_user"
    )

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_sales_penalties(self):
        rows = self.env["sales.penalty"]._read_group(
            [("employee_id", "in", self.ids), ("company_id", "in", self.env.companies.ids)],
            ["employee_id"],
            ["__count", "balance_points:sum"],
        )
        found = {employee.id: (count, balance) for employee, count, balance in rows}
        for employee in self:
            employee.sales_penalty_count, employee.sales_points_balance = found.get(employee._origin.id, (0, 0))

    def action_sales_penalties(self):
        """Open the penalties and rewards of a person that the current user may read."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("sales_policy.sales_penalty_action")
        return {**action, "domain": [("employee_id", "=", self.id)], "context": {"search_default_open": 0}}
