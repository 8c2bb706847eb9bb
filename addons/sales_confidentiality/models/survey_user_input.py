# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import models


class SurveyUserInput(models.Model):
    """Exams count from the answers, at the moment they are handed in, for the account that handed them in (CON-4)."""

    _inherit = "survey.user_input"

    def _mark_done(self):
        result = super()._mark_done()
        for user_input in self.filtered(lambda user_input: user_input.survey_id.certification):
            user = self.env.user
            # Who knows the link of somebody else's attempt can take it, but passes nothing by that.
            if user._is_public() or user.partner_id != user_input.partner_id or user_input.test_entry:
                continue
            score = user_input.sudo()._confidentiality_score()
            if score >= user_input.survey_id.scoring_success_min:
                self.env["sales.confidentiality.exam"]._record(user_input, score)
        return result

    def _confidentiality_score(self):
        """Count the score again, from what was answered; what is stored as score may have been written by hand.

        :return: float, percent of what all questions of the exam could give; 0 where questions were left out
        """
        asked, survey = self.predefined_question_ids, self.survey_id
        if survey.questions_selection == "all":
            asked = survey.question_ids
        elif len(asked) < sum(min(page.random_questions_count, len(page.question_ids)) for page in survey.page_ids):
            return 0.0
        lines = self.user_input_line_ids.grouped("question_id")
        total = reached = 0.0
        for question in asked & survey.question_ids:
            given = lines.get(question, self.user_input_line_ids.browse())
            possible, score = self._confidentiality_question_score(question, given)
            total, reached = total + possible, reached + score
        return round(max(reached, 0) / total * 100, 2) if total else 0.0

    def _confidentiality_question_score(self, question, lines):
        """Return what one question could give, and what the answers to it give.

        :return: tuple of float
        """
        if question.question_type in ("simple_choice", "multiple_choice"):
            several = question.question_type == "multiple_choice"
            scores = [score for score in question.suggested_answer_ids.mapped("answer_score") if score > 0]
            chosen = lines.suggested_answer_id & question.suggested_answer_ids
            reached = sum(chosen.mapped("answer_score")) if several or len(chosen) == 1 else 0
            return sum(scores) if several else max(scores, default=0), reached
        right = question.question_type
        if right not in ("numerical_box", "date", "datetime") or not question.is_scored_question:
            return 0, 0
        is_right = len(lines) == 1 and lines[f"value_{right}"] == question[f"answer_{right}"]
        return question.answer_score, question.answer_score if is_right else 0
