# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.exceptions import UserError

from .sales_complaint import OPEN

LATE = ("late", "met_late")


class SalesComplaint(models.Model):
    """The clocks of a complaint (CMP-6): they run in working time and stop only while the customer is asked."""

    _inherit = "sales.complaint"

    deadline_ids = fields.One2many("sales.complaint.deadline", "complaint_id", "Deadlines", readonly=True)
    waiting_since = fields.Datetime("Waiting for the Customer Since", readonly=True, copy=False)
    next_deadline = fields.Datetime(compute="_compute_next_deadline")
    is_late = fields.Boolean("Late", compute="_compute_next_deadline", search="_search_is_late")

    @api.depends("deadline_ids.target", "deadline_ids.met_date", "deadline_ids.ended_date", "waiting_since")
    def _compute_next_deadline(self):
        for complaint in self:
            running = complaint.sudo().deadline_ids._is_running()
            complaint.next_deadline = min(running.mapped("target"), default=False)
            complaint.is_late = any(deadline.state == "late" for deadline in running)

    def _search_is_late(self, operator, value):
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        return [("deadline_ids.state", "=", "late")]

    def _set_deadlines(self):
        """Start the clocks of the present round: at the receipt, or at the reopening."""
        Deadline = self.env["sales.complaint.deadline"].sudo()
        wanted = {}
        for complaint in self.sudo():
            start = complaint.date if complaint.round == 1 else fields.Datetime.now()
            for kind, days in complaint.type_id._days(complaint.severity).items():
                wanted.setdefault((complaint.company_id, days), []).append((complaint, kind, start))
        vals_list = []
        for (company, days), items in wanted.items():
            schedules = Deadline._schedule(company, [start for _complaint, _kind, start in items], days)
            for (complaint, kind, start), schedule in zip(items, schedules):
                vals_list.append(
                    {
                        "complaint_id": complaint.id,
                        "round": complaint.round,
                        "kind": kind,
                        "start_date": start,
                        "days": days,
                        **schedule,
                    }
                )
        Deadline.create(vals_list)

    def _current_deadlines(self):
        return self.sudo().deadline_ids.filtered(lambda deadline: deadline.round == deadline.complaint_id.round)

    def _meet(self, kind):
        """Note that deadlines of a kind were met now, and what lies before them too."""
        order = ("answer", "involve", "settle")
        met = order[: order.index(kind) + 1]
        self._current_deadlines().filtered(lambda deadline: deadline.kind in met)._meet()

    def _end_deadlines(self):
        """Note that complaints ended: what was late at that moment counts as late, the rest does not count."""
        running = self._current_deadlines()._is_running()
        late = running.filtered(lambda deadline: deadline.state == "late")
        late._meet()
        (running - late).write({"ended_date": fields.Datetime.now(), "waiting_since": False})
        self.sudo().waiting_since = False

    def _reclassified(self):
        """Follow a change of type or severity; the trail says what it was."""
        before = {deadline: (deadline.kind, deadline.target) for deadline in self._current_deadlines()._is_running()}
        self._current_deadlines()._recompute_targets()
        severities = dict(self._fields["severity"]._description_selection(self.env))
        notes = {}
        for complaint in self.sudo():
            moved = [
                f"{complaint.company_id._sales_format_moment(target)} → "
                f"{complaint.company_id._sales_format_moment(deadline.target)}"
                for deadline, (_kind, target) in before.items()
                if deadline.complaint_id == complaint and deadline.target != target
            ]
            notes[complaint] = "\n".join([f"{complaint.type_id.name}, {severities[complaint.severity]}", *moved])
        self.env["sales.complaint.step"]._stamp(self, "classified", notes)

    def _ask_customer(self, question):
        """Send the customer a question; the clocks stop until the answer is there.

        :param str question: plain text
        :raises UserError: without a question, or without anybody to ask
        """
        if not (question or "").strip():
            raise UserError(self.env._("Please write what you want to know."))
        self._check_may_handle()
        self._lock()
        self._check_state(*OPEN, "decided", "executing")
        for complaint in self.sudo():
            if not (complaint._customer_contact().email or complaint.email_from):
                raise UserError(
                    self.env._("%(complaint)s: there is no address to ask at. Enter one.", complaint=complaint.name)
                )
            if complaint.waiting_since:
                raise UserError(self.env._("%(complaint)s waits for the customer already.", complaint=complaint.name))
            if complaint._current_deadlines().filtered(lambda found: found.kind == "answer")._is_running():
                complaint.with_user(self.env.user)._meet("answer")
        self._message_to_customer(question)
        self._current_deadlines()._wait()
        self.sudo().waiting_since = fields.Datetime.now()
        self.env["sales.complaint.step"]._stamp(self, "asked_customer", dict.fromkeys(self, question))

    def _customer_answered(self):
        """Let the clocks go on, because the customer has answered."""
        waiting = self.filtered(lambda complaint: complaint.sudo().waiting_since)
        if waiting:
            waiting._current_deadlines()._resume()
            waiting.sudo().waiting_since = False
            self.env["sales.complaint.step"]._stamp(waiting, "customer_answered")

    def action_resume(self):
        """Go on without waiting any longer, for example after the customer has phoned. For who handles it."""
        self._check_may_handle()
        self._customer_answered()
        return True

    def action_ask_customer(self):
        """Open the form in which the question is written."""
        return self._action_reason("ask")
