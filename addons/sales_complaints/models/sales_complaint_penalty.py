# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import models
from odoo.exceptions import AccessError, UserError

PROPOSERS = ("sales_complaints.group_complaint_manager", "sales_policy.group_technical_judge")


class SalesComplaint(models.Model):
    """Consequences for who answers for a complaint, through the schedule and its hearing (CMP-5, PEN-1)."""

    _inherit = "sales.complaint"

    def action_propose_penalties(self):
        """Propose a case for each person responsible, and for the manager of each department responsible.

        For complaint managers and, about quality, technical judges; never by somebody who is a party. The rule is
        that of type and severity; figures are its usual ones, the share of the cost goes as the loss.

        :raises UserError: before the decision, or without a rule or a person
        """
        if not any(self.env.user.has_group(group) for group in PROPOSERS):
            raise AccessError(self.env._("A complaint manager or the technical judge proposes consequences."))
        self._check_may_manage()
        self._lock()
        self._check_state("decided", "executing", "informed", "closed")
        vals_list, answering = [], []
        for complaint in self.sudo():
            rule = complaint.type_id[f"rule_{complaint.severity}_id"]
            if not rule:
                raise UserError(
                    self.env._(
                        "“%(type)s” names no rule of the schedule for this severity. A policy officer can set it.",
                        type=complaint.type_id.name,
                    )
                )
            for line in complaint.liability_ids.filtered(lambda found: not found.penalty_id):
                person = line.employee_id or line.department_id.manager_id
                if not person:
                    continue
                answering.append(line)
                vals_list.append(
                    {
                        "employee_id": person.id,
                        "rule_id": rule.id,
                        "date": complaint.company_id._sales_local_date(complaint.date),
                        "facts": self.env._(
                            "Complaint %(number)s of %(customer)s: %(subject)s. Answers for %(share)g %%. %(note)s",
                            number=complaint.name,
                            customer=complaint.partner_id.name or complaint.email_from,
                            subject=complaint.subject,
                            share=line.share,
                            note=line.note or complaint.cause_id.complete_name or "",
                        ),
                        "res_model": complaint._name,
                        "res_id": complaint.id,
                        "loss": complaint.currency_id.round(complaint.total_cost * line.share / 100),
                    }
                )
        if not vals_list:
            raise UserError(self.env._("Nobody is left for whom a case could be proposed. Record who is responsible."))
        cases = self.env["sales.penalty"]._propose(vals_list)
        for line, case in zip(answering, cases):
            line.penalty_id = case.id
        self.env["sales.complaint.step"]._stamp(self, "penalty")
        return True
