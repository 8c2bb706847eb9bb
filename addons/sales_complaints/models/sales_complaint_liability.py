# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from .sales_complaint import ENDED


class SalesComplaintLiability(models.Model):
    """Who answers for a complaint, and with which share: a department, a person, a carrier or supplier (CMP-5)."""

    _name = "sales.complaint.liability"
    _description = "Responsible for a Complaint"
    _order = "complaint_id, share desc, id"
    _check_company_auto = True

    complaint_id = fields.Many2one("sales.complaint", required=True, index=True, ondelete="restrict")
    company_id = fields.Many2one(related="complaint_id.company_id", store=True, index=True)
    department_id = fields.Many2one("hr.department", index=True, check_company=True, ondelete="restrict")
    employee_id = fields.Many2one("hr.employee", "Person", index=True, check_company=True, ondelete="restrict")
    partner_id = fields.Many2one("res.partner", "Carrier or Supplier", index=True, ondelete="restrict")
    # As it was: who answers for a complaint does not decide about it once the login is taken off the employee.
    user_id = fields.Many2one("res.users", "Login of the Person", compute="_compute_user", store=True)
    share = fields.Float("Share (%)", required=True, default=100)
    note = fields.Char("What For")
    penalty_id = fields.Many2one("sales.penalty", "Case", readonly=True, copy=False, index="btree_not_null")

    _share_percent = models.Constraint("CHECK (share > 0 AND share <= 100)", "A share lies between 0 and 100 %.")
    _somebody = models.Constraint(
        "CHECK (num_nonnulls(department_id, employee_id, partner_id) = 1)",
        "Name one department, one person, or one carrier or supplier on each line.",
    )

    @api.constrains("share", "complaint_id")
    def _check_total(self):
        for complaint in self.complaint_id:
            if sum(complaint.liability_ids.mapped("share")) > 100.001:
                raise ValidationError(self.env._("The shares of %s make up more than 100 %%.", complaint.name))

    @api.depends("employee_id")
    def _compute_user(self):
        for line in self:
            line.user_id = line.employee_id.sudo().user_id

    @api.depends("department_id", "employee_id", "partner_id")
    def _compute_display_name(self):
        for line in self:
            line.display_name = (line.department_id or line.employee_id.sudo() or line.partner_id).display_name

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su and any({"penalty_id", "company_id"} & set(vals) for vals in vals_list):
            raise AccessError(self.env._("A case is proposed from the complaint."))
        lines = super().create(vals_list)
        lines._check_open()
        return lines

    def write(self, vals):
        if not self.env.su:
            if set(vals) & {"penalty_id", "company_id", "complaint_id"}:
                raise AccessError(self.env._("A case is proposed from the complaint."))
            self._check_open()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_ended(self):
        self._check_open()

    def _check_open(self):
        """Refuse changes by who does not handle the complaint, once it is ended, or once a case was proposed."""
        if self.env.su:
            return
        complaints = self.complaint_id
        complaints._check_can(
            "can_close",
            self.env._("Who is responsible is recorded by somebody who handles it and is no party to it."),
        )
        for line in self.sudo():
            if line.complaint_id.state in ENDED:
                line.complaint_id._refuse_state(("investigation",))
            if line.penalty_id:
                raise UserError(
                    self.env._(
                        "%(person)s has a case because of this: %(case)s. It is dropped or decided there.",
                        person=line.display_name,
                        case=line.penalty_id.name,
                    )
                )
