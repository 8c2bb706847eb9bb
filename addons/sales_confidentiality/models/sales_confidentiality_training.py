# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.addons.sales_policy.tools import tell
from odoo.exceptions import AccessError, ValidationError

from .sales_confidentiality_clearance import OFFICER


class SalesConfidentialityTraining(models.Model):
    """Which role has to pass which exam, and how often (CON-4).

    Whether somebody has passed is read from ``sales.confidentiality.exam`` and the clock, never from the survey.
    """

    _name = "sales.confidentiality.training"
    _description = "Required Exam"
    _inherit = ["mail.thread", "sales.confidentiality.live.mixin"]
    _order = "group_id, id"
    _rec_name = "survey_id"

    group_id = fields.Many2one("res.groups", "Role", required=True, index=True, ondelete="restrict", tracking=True)
    survey_id = fields.Many2one(
        "survey.survey",
        "Exam",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('certification', '=', True), ('users_login_required', '=', True)]",
        tracking=True,
    )
    valid_months = fields.Integer("Passed Again Every (Months)", default=12, required=True, tracking=True)
    grace_days = fields.Integer(
        "Time for the First Exam (Days)",
        default=0,
        required=True,
        tracking=True,
        help="Counted from the day on which somebody got an account, or this was required. Nothing sleeps before.",
    )
    company_id = fields.Many2one("res.company", index=True, help="Leave empty for all companies.")
    active = fields.Boolean(default=True, tracking=True)

    _valid_positive = models.Constraint("CHECK (valid_months > 0)", "An exam is valid for a month at least.")
    _grace_not_negative = models.Constraint("CHECK (grace_days >= 0)", "Choose 0 days or more.")
    _survey_once = models.Constraint(
        "UNIQUE NULLS NOT DISTINCT (group_id, survey_id, company_id)", "This role has to pass this exam already."
    )

    @api.constrains("survey_id")
    def _check_survey(self):
        for training in self:
            survey = training.survey_id
            if not (survey.certification and survey.users_login_required):
                raise ValidationError(
                    self.env._(
                        "“%(exam)s” has to be a certification that requires login: otherwise nobody knows who passed.",
                        exam=survey.title,
                    )
                )

    def action_invite(self):
        """Tell everybody who has to pass now, or soon, how to take the exam.

        :raises AccessError: for everybody but confidentiality officers
        """
        if not self.env.user.has_group(OFFICER):
            raise AccessError(self.env._("Only a confidentiality officer invites to exams."))
        for training in self:
            users = training.sudo()._users_of_role()
            soon = fields.Datetime.now() + timedelta(days=self.env.company.confidentiality_remind_days)
            due = {user: until for user, until in training._until(users).items() if not until or until <= soon}
            training._tell(self.env["res.users"].union(*due))
        return True

    def _users_of_role(self):
        users = self.group_id.all_user_ids.filtered(lambda user: user.active and not user.share)
        return users.filtered(lambda user: not self.company_id or self.company_id in user.company_ids)

    def _tell(self, users):
        # sudo: officers choose exams, and need not be those who write them
        exam = self.sudo().survey_id
        link = f"{self.get_base_url()}{exam.get_start_url()}"
        tell(
            self,
            users,
            lambda record: record.env._("Exam: %(exam)s", exam=exam.title),
            lambda record: record.env._("Please take the exam “%(exam)s”: %(link)s", exam=exam.title, link=link),
        )

    def _until(self, users):
        """Return until when each of some people meets one requirement.

        :param users: res.users (as superuser)
        :return: dict of res.users to naive UTC datetime, None where it is not met at all
        """
        self.ensure_one()
        passed = self.env["sales.confidentiality.exam"]._last_passed(users, self.survey_id)
        return {user: self._meets_until(user, passed) for user in users}

    def _meets_until(self, user, passed):
        last = passed.get((user.id, self.survey_id.id))
        if last:
            return last + relativedelta(months=self.valid_months)
        if self.grace_days:
            return max(user.create_date, self.create_date) + timedelta(days=self.grace_days)
        return None

    @api.model
    def _users_trained(self, users):
        """Return those of some people who have passed what each of their roles demands now.

        :param users: res.users, as superuser
        :return: res.users
        """
        demanding = users.company_ids.filtered("confidentiality_training_needed")
        trainings = self.sudo().search([("active", "=", True)]) if demanding else self.browse()
        if not trainings:
            return users
        now = fields.Datetime.now()
        passed = self.env["sales.confidentiality.exam"]._last_passed(users, trainings.survey_id)

        def is_trained(user):
            companies = user.company_ids & demanding
            groups = set(user.all_group_ids.ids)
            for training in trainings:
                if training.group_id.id not in groups or not companies:
                    continue
                if training.company_id and training.company_id not in companies:
                    continue
                until = training._meets_until(user, passed)
                if not until or until <= now:
                    return False
            return True

        return users.filtered(is_trained)

    @api.model
    def _cron_remind(self):
        """Announce exams that have to be passed soon, once a person and exam that was passed. Nothing depends on it."""
        now = fields.Datetime.now()
        for training in self.search(fields.Domain.TRUE):
            users = training._users_of_role()
            company = training.company_id or self.env.company
            soon = now + timedelta(days=company.confidentiality_remind_days)
            exams = self.env["sales.confidentiality.exam"]._last_exams(users, training.survey_id)
            ending = exams.filtered(
                lambda exam, months=training.valid_months: (
                    not exam.reminded_date and exam.passed_date + relativedelta(months=months) <= soon
                )
            )
            if ending:
                training._tell(ending.user_id)
                ending._evidence_write({"reminded_date": now})
                self.env["ir.cron"]._commit_progress(len(ending))
