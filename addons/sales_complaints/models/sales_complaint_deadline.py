# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.fields import Domain


class SalesComplaintDeadline(models.Model):
    """One deadline of a complaint: until when, met when, late by how much (CMP-6). Written by the server only."""

    _name = "sales.complaint.deadline"
    _description = "Deadline of a Complaint"
    _order = "target, id"
    _rec_name = "kind"

    complaint_id = fields.Many2one("sales.complaint", required=True, index=True, readonly=True, ondelete="restrict")
    company_id = fields.Many2one(related="complaint_id.company_id", store=True, index=True)
    user_id = fields.Many2one(related="complaint_id.user_id", string="Handled By")
    round = fields.Integer(required=True, readonly=True)
    kind = fields.Selection(
        [("answer", "Answer"), ("involve", "Involve Departments"), ("settle", "Settle")], required=True, readonly=True
    )
    start_date = fields.Datetime("From", required=True, readonly=True)
    days = fields.Integer("Working Days", required=True, readonly=True)
    paused_hours = fields.Float("Waited for the Customer (Hours)", readonly=True)
    waiting_since = fields.Datetime(readonly=True)
    target = fields.Datetime("Due", required=True, readonly=True, index=True)
    warn_date = fields.Datetime("Warn On", required=True, readonly=True)
    office_date = fields.Datetime("Tell the Office On", required=True, readonly=True)
    met_date = fields.Datetime("Met On", readonly=True)
    ended_date = fields.Datetime("Ended On", readonly=True, help="The complaint ended before it was due.")
    is_late = fields.Boolean("Met Late", readonly=True)
    late_hours = fields.Float("Late By (Working Hours)", readonly=True)
    announced = fields.Selection(
        [("warned", "Warned"), ("late", "Manager Told"), ("office", "Office Told")], readonly=True
    )
    state = fields.Selection(
        [
            ("running", "Running"),
            ("soon", "Due Soon"),
            ("waiting", "Waiting for the Customer"),
            ("late", "Late"),
            ("met", "Met"),
            ("met_late", "Met Late"),
            ("ended", "Ended"),
        ],
        compute="_compute_state",
        search="_search_state",
    )

    _once = models.UniqueIndex("(complaint_id, round, kind)", "Each round has one deadline of each sort.")

    @api.depends("target", "warn_date", "met_date", "is_late", "ended_date", "waiting_since")
    def _compute_state(self):
        now = fields.Datetime.now()
        for deadline in self:
            if deadline.met_date:
                deadline.state = "met_late" if deadline.is_late else "met"
            elif deadline.ended_date:
                deadline.state = "ended"
            elif deadline.waiting_since:
                deadline.state = "waiting"
            elif deadline.target < now:
                deadline.state = "late"
            else:
                deadline.state = "soon" if deadline.warn_date <= now else "running"

    def _search_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        now = fields.Datetime.now()
        unmet = Domain("met_date", "=", False) & Domain("ended_date", "=", False)
        ticking = unmet & Domain("waiting_since", "=", False)
        parts = {
            "met": Domain("met_date", "!=", False) & Domain("is_late", "=", False),
            "met_late": Domain("met_date", "!=", False) & Domain("is_late", "=", True),
            "ended": Domain("met_date", "=", False) & Domain("ended_date", "!=", False),
            "waiting": unmet & Domain("waiting_since", "!=", False),
            "late": ticking & Domain("target", "<", now),
            "soon": ticking & Domain("target", ">=", now) & Domain("warn_date", "<=", now),
            "running": ticking & Domain("target", ">=", now) & Domain("warn_date", ">", now),
        }
        return Domain.OR(part for name, part in parts.items() if name in value)

    def _is_running(self):
        """Return those that are neither met nor ended."""
        return self.filtered(lambda deadline: not deadline.met_date and not deadline.ended_date)

    @api.model
    def _schedule(self, company, starts, days):
        """Return when deadlines end, when to warn, and when to tell the office.

        :param company: res.company
        :param list starts: naive UTC datetimes
        :param int days: working days
        :return: list of dict of values
        """
        targets = company._sales_deadline(starts, days=days)
        return self._around(company, starts, targets)

    @api.model
    def _around(self, company, starts, targets):
        offices = company._sales_deadline(targets, days=1)
        return [
            {"target": target, "warn_date": start + (target - start) * 0.75, "office_date": office}
            for start, target, office in zip(starts, targets, offices)
        ]

    def _meet(self):
        """Note that these were met now, and how late they are."""
        now = fields.Datetime.now()
        for company, some in self._is_running().grouped("company_id").items():
            late = some.filtered(lambda deadline: deadline.target < now and not deadline.waiting_since)
            hours = company._sales_worked_hours([(deadline.target, now) for deadline in late])
            for deadline, worked in zip(late, hours):
                deadline.write({"met_date": now, "is_late": True, "late_hours": worked, "waiting_since": False})
            (some - late).write({"met_date": now, "waiting_since": False})

    def _wait(self):
        """Stop the clock of what is not late yet, until the customer answers."""
        now = fields.Datetime.now()
        self._is_running().filtered(
            lambda deadline: deadline.kind != "answer" and not deadline.waiting_since and deadline.target >= now
        ).write({"waiting_since": now})

    def _resume(self):
        """Let the clock go on; the working time that the customer took is added."""
        now = fields.Datetime.now()
        waiting = self._is_running().filtered("waiting_since")
        for company, some in waiting.grouped("company_id").items():
            worked = company._sales_worked_hours([(deadline.waiting_since, now) for deadline in some])
            for deadline, hours in zip(some, worked):
                values = {"waiting_since": False}
                if hours > 0:
                    target = company._sales_deadline(deadline.target, hours=hours)
                    [around] = self._around(company, [deadline.start_date], [target])
                    values.update(around, paused_hours=deadline.paused_hours + hours)
                deadline.write(values)

    def _recompute_targets(self):
        """Follow a change of type or severity. What is late already stays late (CMP-6)."""
        now = fields.Datetime.now()
        for deadline in self._is_running():
            complaint = deadline.complaint_id
            days = complaint.type_id._days(complaint.severity)[deadline.kind]
            late = deadline.target < now and not deadline.waiting_since
            if late or days == deadline.days:
                continue
            company = deadline.company_id
            target = company._sales_deadline(deadline.start_date, days=days)
            if deadline.paused_hours:
                target = company._sales_deadline(target, hours=deadline.paused_hours)
            [around] = self._around(company, [deadline.start_date], [target])
            deadline.write({"days": days, **around})

    @api.model
    def _cron_announce(self):
        """Warn before a deadline is late, then tell the manager, then the office. Nothing depends on this job."""
        now = fields.Datetime.now()
        ticking = (
            Domain("met_date", "=", False) & Domain("ended_date", "=", False) & Domain("waiting_since", "=", False)
        )
        stages = (
            ("office", Domain("office_date", "<=", now) & Domain("announced", "!=", "office")),
            ("late", Domain("target", "<=", now) & Domain("announced", "not in", ("late", "office"))),
            ("warned", Domain("warn_date", "<=", now) & Domain("announced", "=", False)),
        )
        for stage, domain in stages:
            due = self.search(ticking & domain)
            self.env["ir.cron"]._commit_progress(remaining=len(due))
            for deadline in due:
                deadline._announce(stage)
                deadline.announced = stage
                if not self.env["ir.cron"]._commit_progress(1):
                    return

    def _announce(self, stage):
        """Give a task to those who have to know now."""
        self.ensure_one()
        complaint, company = self.complaint_id, self.company_id
        people = {
            "warned": complaint.user_id,
            "late": complaint.team_id.manager_id,
            "office": company._sales_users_of("sales_policy.group_general_manager"),
        }[stage]
        # Who has left, or may not open the complaint, is no help.
        people = people.filtered(lambda user: user.active and complaint.with_user(user).has_access("read"))
        for user in people or company._sales_users_of("sales_complaints.group_complaint_manager"):
            told = complaint.with_context(lang=user.lang)
            told.activity_schedule(
                "mail.mail_activity_data_todo",
                date_deadline=company._sales_local_date(self.target),
                summary=told.env._(
                    "%(deadline)s: due %(moment)s",
                    deadline=dict(self._fields["kind"]._description_selection(told.env))[self.kind],
                    moment=company.with_env(told.env)._sales_format_moment(self.target),
                ),
                user_id=user.id,
            )
