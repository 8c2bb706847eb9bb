# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.addons.sales_policy.tools import lock_and_reread
from odoo.exceptions import UserError

from .sales_complaint import DECIDED, ENDED


class SalesComplaint(models.Model):
    """Telling the customer, closing when everything is done, and opening again (CMP-2, 3)."""

    _inherit = "sales.complaint"

    reply_ids = fields.One2many("sales.complaint.reply", "complaint_id", "Customer Informed", readonly=True)
    follow_up_date = fields.Date("Follow Up Until", readonly=True, copy=False)
    confirmed_date = fields.Datetime("Customer Confirmed On", readonly=True, copy=False)
    open_points = fields.Text("Before It Can Be Closed", compute="_compute_open_points")

    @api.depends("state", "cause_id", "liability_ids", "disposition_ids.state", "reply_ids", "confirmed_date")
    def _compute_open_points(self):
        points = self._points()
        for complaint in self:
            complaint.open_points = "\n".join(points[complaint]) or False

    def _points(self):
        """Return what is missing before each of these complaints can be closed (CMP-2).

        :return: dict of complaint to list of str
        """
        result = {}
        for complaint in self:
            record, points = complaint.sudo(), []
            if record.grounds != "unfounded":
                if not record.cause_id:
                    points.append(self.env._("The cause is not recorded."))
                if not record.liability_ids:
                    points.append(self.env._("Nobody is recorded as responsible."))
            waiting = record.disposition_ids.filtered(lambda found: found.state in ("proposed", "decided", "going"))
            for disposition in waiting:
                points.append(self.env._("Not carried out: %(disposition)s", disposition=disposition.display_name))
            if not record.reply_ids.filtered(lambda reply: reply.round == record.round):
                points.append(self.env._("It is not recorded who told the customer, when and what."))
            elif not record.confirmed_date and not record._is_followed_up():
                points.append(
                    self.env._(
                        "The customer has not confirmed; it is followed up until %(date)s.", date=record.follow_up_date
                    )
                )
            result[complaint] = points
        return result

    def _is_followed_up(self):
        today = self.company_id._sales_today()
        return bool(self.follow_up_date) and self.follow_up_date < today

    def _lock(self):
        """Let only one transaction at a time take a step with these complaints."""
        lock_and_reread(self)

    def _informed(self, replies):
        """Note that customers were told; from now on the follow-up runs. Called by the replies."""
        now = fields.Datetime.now()
        for complaint in self.sudo():
            days = complaint.type_id.follow_up_days
            complaint.follow_up_date = fields.Date.add(complaint.company_id._sales_local_date(now), days=days)
        self._go("informed", "informed", {reply.complaint_id: reply.text for reply in replies})
        self._meet("settle")
        self.sudo().waiting_since = False

    def action_reply(self):
        """Open the form in which it is recorded who told the customer what."""
        self.ensure_one()
        self._check_may_handle()
        self._check_state(*DECIDED)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Customer Informed"),
            "res_model": "sales.complaint.reply",
            "view_mode": "form",
            "views": [(self.env.ref("sales_complaints.sales_complaint_reply_view_form").id, "form")],
            "target": "new",
            "context": {"default_complaint_id": self.id, "default_text": self.decision},
        }

    def action_close(self):
        """File complaints for which nothing is left to do (CMP-2). For who handles them and is no party to them.

        :raises UserError: naming what is missing
        """
        self._check_may_close()
        self._lock()
        self._check_state("informed")
        missing = {complaint: points for complaint, points in self._points().items() if points}
        if missing:
            raise UserError(
                "\n".join(f"{complaint.name}: " + " ".join(points) for complaint, points in missing.items())
            )
        self._go("closed", "closed", closed_date=fields.Datetime.now())
        self._end_deadlines()
        self.sudo().activity_unlink(["mail.mail_activity_data_todo"])
        self._copy_to_office()
        return True

    def action_reopen(self):
        """Ask for the reason, then open again."""
        return self._action_reason("reopen")

    def action_withdraw(self):
        """Ask how it is known, then end the complaint that the customer takes back."""
        self._check_may_manage()
        return self._action_reason("withdraw")

    def _action_reason(self, step):
        return {
            "type": "ir.actions.act_window",
            "name": dict(self.env["sales.complaint.reason"]._fields["step"]._description_selection(self.env))[step],
            "res_model": "sales.complaint.reason",
            "view_mode": "form",
            "target": "new",
            "context": {"default_step": step, "default_complaint_ids": self.ids},
        }

    def _reopen(self, reason):
        """Begin a new round; what the old one came to stays readable, also its dispositions and replies (CMP-2).

        Who may do it is for the caller to check.

        :raises UserError: without a reason, or while the complaint is not ended
        """
        if not (reason or "").strip():
            raise UserError(self.env._("Please say why it is opened again."))
        self._lock()
        self._check_state(*ENDED, "informed", "unfounded")
        names = {name: dict(self._fields[name]._description_selection(self.env)) for name in ("state", "grounds")}
        self.env["sales.complaint.round"].sudo().create(
            [
                {
                    "complaint_id": complaint.id,
                    "number": complaint.round,
                    "ended": names["state"][complaint.state],
                    "cause": complaint.cause_id.complete_name,
                    "whys": complaint.whys,
                    "findings": complaint.findings,
                    "grounds": names["grounds"].get(complaint.grounds),
                    "decision": complaint.decision,
                    "decider_id": complaint.decider_id.id,
                    "decided_date": complaint.decided_date,
                    "closed_date": complaint.closed_date,
                    "reason": reason.strip(),
                }
                for complaint in self.sudo()
            ]
        )
        self._end_deadlines()
        for complaint in self.sudo():
            complaint.round += 1
        self._go(
            "reopened",
            "reopened",
            dict.fromkeys(self, reason),
            grounds=False,
            decision=False,
            decider_id=False,
            decided_date=False,
            closed_date=False,
            confirmed_date=False,
            follow_up_date=False,
        )
        self.line_ids._check_quantity()
        self._set_deadlines()

    def _confirm_by_customer(self):
        """Note that the customer is content with the result. Called for the customer, by the portal only."""
        self._lock()
        self._check_state("informed")
        self.sudo().confirmed_date = fields.Datetime.now()
        self.env["sales.complaint.step"]._stamp(self, "confirmed")
