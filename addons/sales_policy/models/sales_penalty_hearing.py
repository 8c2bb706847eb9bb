# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain


class SalesPenalty(models.Model):
    """The hearing: the person concerned is told and may answer before anybody decides (PEN-5)."""

    _inherit = "sales.penalty"

    hearing_date = fields.Datetime("Hearing Opened On", readonly=True, copy=False)
    hearing_deadline = fields.Datetime("Answer Until", readonly=True, copy=False)
    answered_date = fields.Datetime("Answered On", readonly=True, copy=False)
    statement_ids = fields.One2many("sales.penalty.statement", "penalty_id", "Statements", readonly=True)
    is_mine = fields.Boolean("Concerns Me", compute="_compute_is_mine", search="_search_is_mine")
    is_hearing_over = fields.Boolean(
        "Hearing Over", compute="_compute_is_hearing_over", search="_search_is_hearing_over"
    )

    status_text = fields.Text("Where It Stands", compute="_compute_status_text")

    @api.depends("next_step", "state", "is_halted", "hearing_deadline")
    @api.depends_context("uid", "lang")
    def _compute_status_text(self):
        for case in self:
            moment = case.company_id.sudo()._sales_format_moment
            text = False
            if case.state == "dropped":
                text = self.env._(
                    "Dropped on %(date)s: %(reason)s", date=moment(case.dropped_date), reason=case.drop_reason
                )
            elif case.is_halted:
                text = self.env._(
                    "Halted by %(person)s since %(date)s: %(reason)s",
                    person=case.sudo().halted_by_id.name,
                    date=moment(case.halted_date),
                    reason=case.halt_reason,
                )
            elif case.is_mine and case.next_step == "answer":
                text = self.env._(
                    "This case concerns you. You may answer until %(deadline)s. Nobody decides before.",
                    deadline=moment(case.hearing_deadline),
                )
            elif case.next_step == "answer":
                text = self.env._(
                    "%(person)s may answer until %(deadline)s.",
                    person=case.person_name,
                    deadline=moment(case.hearing_deadline),
                )
            elif case.next_step == "decide":
                text = self.env._("The decision has been asked for.")
            case.status_text = text

    @api.depends("employee_id", "person_user_id")
    @api.depends_context("uid")
    def _compute_is_mine(self):
        for case in self:
            case.is_mine = self.env.user in case._concerned()

    def _search_is_mine(self, operator, value):
        if operator != "in":
            return NotImplemented
        mine = Domain("person_user_id", "=", self.env.uid) | Domain("employee_id.user_id", "=", self.env.uid)
        return mine if True in value else ~mine

    @api.depends("hearing_deadline", "answered_date")
    def _compute_is_hearing_over(self):
        now = fields.Datetime.now()
        for case in self:
            case.is_hearing_over = bool(case.answered_date or (case.hearing_deadline and case.hearing_deadline < now))

    def _search_is_hearing_over(self, operator, value):
        if operator != "in":
            return NotImplemented
        over = Domain("answered_date", "!=", False) | Domain("hearing_deadline", "<", fields.Datetime.now())
        return over if True in value else ~over

    def action_open_hearing(self):
        """Tell the people concerned what is proposed and how long they may answer. For who carries the case on."""
        self._check_may_handle()
        self._check_not_halted()
        self._check_state("proposed")
        merits = self.filtered(lambda case: case.kind == "merit")
        if merits:
            raise UserError(self.env._("%(case)s: a merit needs no hearing.", case=merits[0].display_name))
        self._evidence_write({"hearing_date": fields.Datetime.now()})
        self.sudo()._set_deadlines()
        self.env["sales.penalty.step"]._stamp(self, "heard")
        self.sudo()._announce_hearing()
        return True

    def _set_deadlines(self):
        now = fields.Datetime.now()
        for company, cases in self.grouped("company_id").items():
            deadline = company._sales_deadline(now, days=company.sales_hearing_days)
            cases._evidence_write({"hearing_deadline": deadline})

    def _renew_hearings(self):
        """Give people who could still answer when their case was halted the full time again."""
        running = self.filtered(
            lambda case: (
                case.state == "hearing" and not case.answered_date and case.hearing_deadline >= case.halted_date
            )
        )
        running._set_deadlines()
        running._announce_hearing()

    def action_answer(self):
        """Open the small form in which the person concerned answers, or somebody takes the answer down."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Answer") if self.is_mine else self.env._("Take Down the Answer"),
            "res_model": "sales.penalty.answer",
            "view_mode": "form",
            "target": "new",
            "context": {"default_penalty_id": self.id},
        }

    def _answer(self, body):
        """Record the current user's own answer.

        :raises AccessError: for everybody but the person concerned
        :raises UserError: after the time to answer, or once the decision was asked for
        """
        self.ensure_one()
        self.check_access("read")
        case = self.sudo()
        if self.env.user not in case._concerned():
            raise AccessError(self.env._("Only the person concerned answers for themselves."))
        self._check_may_be_answered()
        if case.hearing_deadline < fields.Datetime.now():
            raise UserError(
                self.env._(
                    "%(case)s: the time to answer ended %(deadline)s. Please turn to HR.",
                    case=case.display_name,
                    deadline=case.company_id._sales_format_moment(case.hearing_deadline),
                )
            )
        case._add_statement(body, False)
        case.activity_ids.filtered(lambda activity: activity.user_id == self.env.user).sudo().unlink()

    def _take_down(self, body):
        """Record an answer for a person who cannot write it. Whoever does this does not decide.

        :raises AccessError: for people who do not carry the case on
        """
        self.ensure_one()
        self._check_may_handle()
        self._check_may_be_answered()
        self.sudo()._add_statement(body, True)

    def _check_may_be_answered(self):
        self._check_not_halted()
        self._check_state("hearing")
        for approval in self.sudo()._approval_current("penalty").values():
            raise UserError(
                self.env._(
                    "%(case)s: the decision has been asked for by %(requester)s. Nothing can be added now.",
                    case=self.display_name,
                    requester=approval.requester_id.name,
                )
            )

    def _add_statement(self, body, is_taken_down):
        self.ensure_one()
        if not (body or "").strip():
            raise UserError(self.env._("Please write what there is to say."))
        now = fields.Datetime.now()
        self._evidence_write({"answered_date": now})
        self.env["sales.penalty.statement"].create(
            {
                "penalty_id": self.id,
                "person_name": self.person_name,
                "body": body.strip(),
                "date": now,
                "user_id": self.env.uid,
                "is_taken_down": is_taken_down,
            }
        )
        self.env["sales.penalty.step"]._stamp(self, "taken_down" if is_taken_down else "answered")
        if self.proposer_id.active and self.proposer_id != self.env.user:
            self.activity_schedule(
                "mail.mail_activity_data_todo",
                user_id=self.proposer_id.id,
                summary=self.with_context(lang=self.proposer_id.lang).env._("Answered: ask for the decision or drop"),
            )

    def _check_hearing_over(self):
        for case in self:
            if case.kind == "offence" and not case.is_hearing_over:
                raise UserError(
                    self.env._(
                        "%(case)s: %(person)s may answer until %(deadline)s. A decision can be asked for after that, "
                        "or as soon as the answer is there.",
                        case=case.display_name,
                        person=case.person_name,
                        deadline=case.company_id._sales_format_moment(case.hearing_deadline),
                    )
                )

    def _announce_hearing(self):
        """Give the people concerned an activity, and send them a mail that says where to look and nothing more."""
        self._tell_people(
            "sales_policy.mail_template_sales_penalty_hearing",
            lambda case, env: env._(
                "Answer until %(deadline)s", deadline=case.company_id._sales_format_moment(case.hearing_deadline)
            ),
            lambda case: case.company_id._sales_local_date(case.hearing_deadline),
        )

    def _announce_effective(self):
        self._tell_people(
            "sales_policy.mail_template_sales_penalty_decided",
            lambda case, env: env._("Decided: please read"),
            lambda case: case.company_id._sales_local_date(fields.Datetime.now() + timedelta(days=7)),
        )
        self.filtered(lambda case: case.rule_id.is_published and case.company_id.sales_notice_channel_id)._publish()

    def _announce_dropped(self):
        self._retract()
        told = self.filtered(lambda case: case.hearing_date or case.effective_date)
        told._tell_people(
            "sales_policy.mail_template_sales_penalty_dropped",
            lambda case, env: env._("Dropped: nothing is held against you"),
            lambda case: case.company_id._sales_local_date(fields.Datetime.now() + timedelta(days=7)),
        )

    def _tell_people(self, template, summary, deadline):
        """Tell the people concerned, all of them in the same few queries.

        :param str template: xml id of the mail
        :param summary: function of case and environment in the person's language, to the activity's text
        :param deadline: function of case to the activity's date
        """
        cases = self.sudo()
        model = self.env["ir.model"]._get_id(self._name)
        self.env["mail.activity"].sudo().search(
            [("res_model", "=", self._name), ("res_id", "in", self.ids), ("automated", "=", True)]
        ).unlink()
        told = cases.filtered(lambda case: case.employee_id.user_id.active)
        activity_type = self.env["ir.model.data"]._xmlid_to_res_id("mail.mail_activity_data_todo")
        # The mail below is the one mail about it.
        self.env["mail.activity"].sudo().with_context(mail_activity_quick_update=True).create(
            [
                {
                    "activity_type_id": activity_type,
                    "res_model_id": model,
                    "res_id": case.id,
                    "res_name": case.display_name,
                    "automated": True,
                    "user_id": case.employee_id.user_id.id,
                    "date_deadline": deadline(case),
                    "summary": summary(case, case.with_context(lang=case.employee_id.user_id.lang).env),
                }
                for case in told
            ]
        )
        mailed = told.filtered(lambda case: case.employee_id.user_id.email)
        if mailed:
            self.env.ref(template).sudo().send_mail_batch(mailed.ids)
