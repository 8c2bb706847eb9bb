# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from datetime import timedelta

from odoo.addons.sales_policy.tests.attack import REFUSED
from odoo.addons.sales_policy.tests.common import MONDAY
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from .common import ConfidentialityCommon


class TrainingCommon(ConfidentialityCommon):
    """Li Wei is cleared; salespeople have to pass an exam of two questions every twelve months."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.exam = cls.env["survey.survey"].create(
            {
                "title": "Keeping Secrets",
                "certification": True,
                "users_login_required": True,
                "scoring_type": "scoring_without_answers",
                "scoring_success_min": 80.0,
                "questions_layout": "one_page",
                "certification_mail_template_id": False,
                "question_and_page_ids": [
                    Command.create(
                        {
                            "title": title,
                            "question_type": "simple_choice",
                            "suggested_answer_ids": [
                                Command.create({"value": "Report it", "is_correct": True, "answer_score": 10}),
                                Command.create({"value": "Wait", "answer_score": 0}),
                            ],
                        }
                    )
                    for title in ("A letter is lost", "A customer asks about another one")
                ],
            }
        )
        cls.company.confidentiality_training_needed = True
        cls.training = cls.env["sales.confidentiality.training"].create(
            {"group_id": cls.env.ref("sales_team.group_sale_salesman").id, "survey_id": cls.exam.id}
        )

    def attempt(self, user, right=2):
        """Return an attempt of a user with some right answers, not handed in yet."""
        attempt = self.exam._create_answer(user=user)
        attempt._mark_in_progress()
        for number, question in enumerate(self.exam.question_ids):
            answers = question.suggested_answer_ids
            attempt._save_lines(question, answers[0 if number < right else 1].id)
        return attempt

    def hand_in(self, attempt, user):
        """Hand in an attempt with a user's account."""
        attempt.with_user(user).sudo()._mark_done()
        self.env.invalidate_all()

    def take(self, user, right=2):
        self.hand_in(self.attempt(user, right), user)


@tagged("post_install", "-at_install")
class TestTraining(TrainingCommon):
    def test_clearance_sleeps_until_the_exam_is_passed(self):
        clearance = self.clear(self.li)
        self.assertFalse(self.cleared(self.li))
        self.assertIn("exams", clearance.asleep_because)
        self.take(self.li, right=1)
        self.assertFalse(self.cleared(self.li))
        self.take(self.li)
        self.assertEqual(self.cleared(self.li), self.li)

    def test_exam_has_to_be_passed_again_without_any_job(self):
        self.clear(self.li)
        self.take(self.li)
        self.pass_days(364)
        self.assertEqual(self.cleared(self.li), self.li)
        self.pass_days(1)
        self.assertFalse(self.cleared(self.li))
        self.take(self.li)
        self.assertEqual(self.cleared(self.li), self.li)

    def test_roles_that_do_not_need_it_are_not_asked(self):
        self.clear(self.clerk)
        self.assertEqual(self.cleared(self.clerk), self.clerk)
        self.clerk.group_ids |= self.env.ref("sales_team.group_sale_salesman")
        self.assertFalse(self.cleared(self.clerk))

    def test_it_is_switched_off_company_wide(self):
        self.clear(self.li)
        self.company.confidentiality_training_needed = False
        self.assertEqual(self.cleared(self.li), self.li)

    def test_time_for_the_first_exam_is_granted(self):
        self.clear(self.li)
        self.training.grace_days = 10
        self.env.cr.execute("UPDATE sales_confidentiality_training SET create_date = %s", [MONDAY])
        self.env.invalidate_all()
        self.li.flush_recordset()
        self.env.cr.execute("UPDATE res_users SET create_date = %s WHERE id = %s", [MONDAY, self.li.id])
        self.pass_days(9)
        self.assertEqual(self.cleared(self.li), self.li)
        self.pass_days(1)
        self.assertFalse(self.cleared(self.li))

    def test_exam_is_announced_once_before_it_ends(self):
        self.take(self.li)
        cron = self.env.ref("sales_confidentiality.ir_cron_sales_confidentiality_training_remind")
        for days, number in ((0, 0), (340, 1), (1, 1)):
            self.pass_days(days)
            with self.enter_registry_test_mode():
                cron.method_direct_trigger()
            self.env.invalidate_all()
            told = self.env["mail.notification"].search_count(
                [
                    ("res_partner_id", "=", self.li.partner_id.id),
                    ("mail_message_id.model", "=", "sales.confidentiality.training"),
                ]
            )
            self.assertEqual(told, number)

    def test_officer_invites_those_who_have_to_take_it(self):
        self.take(self.li)
        self.training.with_user(self.officer).action_invite()
        told = self.env["mail.notification"].search([("mail_message_id.model", "=", self.training._name)])
        self.assertNotIn(self.li.partner_id, told.res_partner_id)
        self.assertIn(self.wang.partner_id, told.res_partner_id)

    def test_exam_that_anybody_could_take_is_refused(self):
        for values in ({"certification": False}, {"users_login_required": False}):
            survey = self.exam.copy(values)
            with self.assertRaises(ValidationError):
                self.env["sales.confidentiality.training"].create(
                    {"group_id": self.training.group_id.id, "survey_id": survey.id}
                )

    def test_many_people_cost_as_many_queries_as_one(self):
        people = self.li | self.wang | self.chen | self.leader
        for user in people:
            self.clear(user)
            self.take(user)
        Clearance = self.env["sales.confidentiality.clearance"]
        for _time in range(2):
            Clearance._users_awake(people)
            one = self.queries(lambda: Clearance._users_awake(self.li))
        self.assertLessEqual(self.queries(lambda: Clearance._users_awake(people)), one)


@tagged("post_install", "-at_install")
class TestTrainingAttacks(TrainingCommon):
    def setUp(self):
        super().setUp()
        self.clear(self.li)
        self.li.group_ids |= self.env.ref("survey.group_survey_manager")
        self.attempt_of_li = self.attempt(self.li, right=0)

    def assertNotPassed(self):
        self.env.invalidate_all()
        self.assertFalse(self.env["sales.confidentiality.exam"].search([("user_id", "=", self.li.id)]))
        self.assertFalse(self.cleared(self.li))

    def test_score_written_by_hand_is_no_exam(self):
        now = "2026-05-04 02:00:00"
        values = {"scoring_percentage": 100.0, "scoring_success": True, "state": "done", "end_datetime": now}
        self.rpc(self.li, "survey.user_input", "write", self.attempt_of_li.ids, values)
        partner = self.li.partner_id.id
        values = {**values, "survey_id": self.exam.id, "partner_id": partner}
        self.rpc(self.li, "survey.user_input", "create", [values])
        self.assertNotPassed()

    def test_scores_of_answers_written_by_hand_do_not_count_when_it_is_handed_in(self):
        lines = self.attempt_of_li.user_input_line_ids
        self.rpc(self.li, "survey.user_input.line", "write", lines.ids, {"answer_score": 10, "answer_is_correct": True})
        self.env.flush_all()
        self.assertEqual(self.attempt_of_li.scoring_percentage, 100)
        self.hand_in(self.attempt_of_li, self.li)
        self.assertNotPassed()

    def test_questions_taken_out_of_the_attempt_do_not_help(self):
        attempt = self.attempt(self.li, right=1)
        question = self.exam.question_ids[0]
        self.rpc(
            self.li,
            "survey.user_input",
            "write",
            attempt.ids,
            {"predefined_question_ids": [Command.set(question.ids)]},
        )
        self.hand_in(attempt, self.li)
        self.assertNotPassed()

    def test_all_answers_at_once_are_no_answer(self):
        attempt = self.attempt(self.li)
        for question in self.exam.question_ids:
            answer = question.suggested_answer_ids[1]
            self.env["survey.user_input.line"].create(
                {
                    "user_input_id": attempt.id,
                    "question_id": question.id,
                    "answer_type": "suggestion",
                    "suggested_answer_id": answer.id,
                }
            )
        self.hand_in(attempt, self.li)
        self.assertNotPassed()

    def test_nobody_passes_for_somebody_else(self):
        for user in (self.wang, self.env.ref("base.public_user"), self.env.ref("base.user_root")):
            attempt = self.attempt(self.li)
            self.hand_in(attempt, user)
            self.assertNotPassed()
        self.assertFalse(self.env["sales.confidentiality.exam"].search([]))

    def test_trial_of_the_author_does_not_count(self):
        attempt = self.attempt(self.li)
        attempt.test_entry = True
        self.hand_in(attempt, self.li)
        self.assertNotPassed()

    def test_passed_exams_are_neither_entered_nor_changed_by_anybody(self):
        self.take(self.wang)
        exam = self.env["sales.confidentiality.exam"].search([])
        values = {"user_id": self.li.id, "survey_id": self.exam.id, "passed_date": "2026-05-04 02:00:00", "score": 100}
        for user in (self.li, self.wang, self.manager, self.officer, self.env.ref("base.user_admin")):
            self.assertRefused(REFUSED, user, exam._name, "create", [values])
            self.assertRefused(REFUSED, user, exam._name, "write", exam.ids, {"user_id": self.li.id})
            self.assertRefused(REFUSED, user, exam._name, "unlink", exam.ids)
        with self.assertRaises(UserError):
            exam.sudo().passed_date += timedelta(days=1)

    def test_salespeople_do_not_change_what_is_required(self):
        for user in (self.li, self.manager):
            self.assertRefused(REFUSED, user, self.training._name, "write", self.training.ids, {"active": False})
            self.assertRefused(REFUSED, user, self.training._name, "unlink", self.training.ids)
            self.assertRefused(AccessError, user, self.training._name, "action_invite", self.training.ids)


@tagged("post_install", "-at_install")
class TestTrainingInBrowser(TrainingCommon, HttpCase):
    def freeze(self):
        """Leave the clock running: sessions live by it."""

    def test_exam_taken_on_the_page_of_the_survey_counts(self):
        self.clear(self.li)
        self.authenticate("li.wei", "li.wei".ljust(8, "x"))
        self.url_open(f"/survey/start/{self.exam.access_token}")
        attempt = self.env["survey.user_input"].search([("survey_id", "=", self.exam.id)])
        self.assertEqual(attempt.partner_id, self.li.partner_id)
        path = f"{self.exam.access_token}/{attempt.access_token}"
        self.make_jsonrpc_request(f"/survey/begin/{path}", {})
        answers = {str(question.id): question.suggested_answer_ids[0].id for question in self.exam.question_ids}
        self.make_jsonrpc_request(f"/survey/submit/{path}", answers)
        self.env.invalidate_all()
        self.assertEqual(attempt.state, "done")
        self.assertEqual(self.env["sales.confidentiality.exam"].search([]).user_id, self.li)
        self.assertEqual(self.cleared(self.li), self.li)
