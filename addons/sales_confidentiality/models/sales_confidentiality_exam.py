# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models


class SalesConfidentialityExam(models.Model):
    """Somebody has passed an exam with their own account (CON-4): recorded by the server when it was handed in.

    People who maintain surveys can write scores and answers of others. What they write is not this.
    """

    _name = "sales.confidentiality.exam"
    _description = "Passed Exam"
    _inherit = ["sales.evidence.mixin"]
    _order = "passed_date desc, id desc"
    _rec_name = "survey_id"

    user_id = fields.Many2one("res.users", "Person", required=True, readonly=True, ondelete="restrict")
    survey_id = fields.Many2one("survey.survey", "Exam", required=True, readonly=True, index=True, ondelete="restrict")
    user_input_id = fields.Many2one("survey.user_input", "Answers", readonly=True, index=True, ondelete="set null")
    score = fields.Float("Score (%)", readonly=True)
    needed = fields.Float("Needed (%)", readonly=True)
    passed_date = fields.Datetime("Passed On", required=True, readonly=True)
    reminded_date = fields.Datetime(readonly=True)

    _person_idx = models.Index("(user_id, survey_id, passed_date)")

    @api.model
    def _record(self, user_input, score):
        """Record that the current user has just passed an exam.

        :param user_input: survey.user_input
        :param float score: in percent, as the server has counted it
        """
        # Server-side only: nobody has the right to create these.
        self.sudo().create(
            {
                "user_id": self.env.uid,
                "survey_id": user_input.survey_id.id,
                "user_input_id": user_input.id,
                "score": score,
                "needed": user_input.survey_id.scoring_success_min,
                "passed_date": fields.Datetime.now(),
            }
        )
        self.env["sales.confidentiality.clearance"]._forget_live()

    @api.model
    def _last_passed(self, users, surveys):
        """Return when people have passed exams last.

        :return: dict of (user id, survey id) to naive UTC datetime
        """
        rows = self.sudo()._read_group(
            [("user_id", "in", users.ids), ("survey_id", "in", surveys.ids)],
            ["user_id", "survey_id"],
            ["passed_date:max"],
        )
        return {(user.id, survey.id): date for user, survey, date in rows}

    @api.model
    def _last_exams(self, users, survey):
        """Return the exam that each of some people has passed last."""
        exams = self.search([("user_id", "in", users.ids), ("survey_id", "=", survey.id)], order="passed_date, id")
        return self.browse({exam.user_id: exam.id for exam in exams}.values())
