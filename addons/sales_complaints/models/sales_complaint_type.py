# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.exceptions import ValidationError

SEVERITIES = [("minor", "Minor"), ("serious", "Serious"), ("grave", "Grave")]


class SalesComplaintType(models.Model):
    """A sort of complaint: who decides it, what has to be on file, how fast it is settled (CMP-1, 3, 6)."""

    _name = "sales.complaint.type"
    _description = "Complaint Type"
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    company_id = fields.Many2one("res.company", index=True, help="Leave empty for all companies.")
    kind = fields.Selection(
        [("quality", "Quality"), ("service", "Service")],
        "Sort",
        required=True,
        default="quality",
        help="Quality is decided by the technical judge, service by the complaint manager.",
    )
    team_id = fields.Many2one("sales.complaint.team", "Complaint Team", check_company=True)
    department_ids = fields.Many2many(
        "hr.department", string="Departments to Inform", help="Their managers are told when the investigation begins."
    )
    requires_photo = fields.Boolean("Photos Required")
    requires_lot = fields.Boolean("Lot or Colour Required")
    requires_document = fields.Boolean("Document Required", help="Each line names its order, delivery or invoice.")
    requires_purchase_date = fields.Boolean("Purchase Date Required")
    answer_days = fields.Integer("Answer Within", default=1, required=True, help="Working days.")
    involve_days = fields.Integer("Involve Departments Within", default=2, required=True, help="Working days.")
    settle_days_minor = fields.Integer("Settle Minor Within", default=10, required=True, help="Working days.")
    settle_days_serious = fields.Integer("Settle Serious Within", default=7, required=True, help="Working days.")
    settle_days_grave = fields.Integer("Settle Grave Within", default=5, required=True, help="Working days.")
    follow_up_days = fields.Integer(
        default=7, required=True, help="Days after the customer was told for which the result is watched."
    )
    rule_minor_id = fields.Many2one("sales.penalty.rule", "Penalty if Minor", check_company=True)
    rule_serious_id = fields.Many2one("sales.penalty.rule", "Penalty if Serious", check_company=True)
    rule_grave_id = fields.Many2one("sales.penalty.rule", "Penalty if Grave", check_company=True)

    _days_positive = models.Constraint(
        "CHECK (LEAST(answer_days, involve_days, settle_days_minor, settle_days_serious, settle_days_grave) > 0)",
        "Each deadline is one working day at least.",
    )
    _follow_up_not_negative = models.Constraint(
        "CHECK (follow_up_days >= 0)", "The follow-up cannot come before the answer: choose 0 days or more."
    )

    @api.constrains("kind")
    def _check_kind(self):
        # The sort tells who decides: it does not change under complaints that are under way.
        used = self.env["sales.complaint"].sudo().search([("type_id", "in", self.ids)], limit=1)
        if used:
            raise ValidationError(
                self.env._(
                    "“%(type)s” has complaints already, so it stays what it is. Archive it and make another.",
                    type=used.type_id.name,
                )
            )

    def _days(self, severity):
        """Return how many working days each step may take (CMP-6).

        :param str severity: one of the keys of ``SEVERITIES``
        :return: dict of deadline kind to int
        """
        self.ensure_one()
        return {
            "answer": self.answer_days,
            "involve": self.involve_days,
            "settle": self[f"settle_days_{severity}"],
        }
