# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from collections import defaultdict

from markupsafe import Markup

from odoo import models


class SalesApproval(models.Model):
    """Who is told what about a request, and where."""

    _inherit = "sales.approval"

    def _ask_deciders(self):
        """Give each decider an activity; the host sends the mail that belongs to it."""
        activity_type = self.env.ref("sales_policy.mail_activity_type_approval")
        model, deciders = self.env["ir.model"]._get_id(self._name), self._deciders()
        self.env["mail.activity"].sudo().create(
            [
                {
                    "activity_type_id": activity_type.id,
                    "summary": approval.subject_name,
                    "note": approval.reason,
                    "date_deadline": approval.company_id._sales_local_date(approval.valid_until),
                    "user_id": user.id,
                    "res_model_id": model,
                    "res_id": approval.id,
                }
                for approval in self.sudo()
                for user in deciders[approval]
            ]
        )

    def _drop_activities(self, users=None):
        activities = (
            self.env["mail.activity"]
            .sudo()
            .search([("res_model", "=", self._name), ("res_id", "in", self.ids)])
            .filtered(lambda activity: users is None or activity.user_id in users)
        )
        activities.unlink()

    def _line(self):
        """Return in one line where this request stands."""
        self.ensure_one()
        amount = self.currency_id.format(self.amount) if self.amount else ""
        what = " ".join(filter(None, [self.kind_id.name, amount]))
        names = ", ".join(self.decision_ids.user_id.mapped("name"))
        lines = {
            "pending": self.env._(
                "Approval asked: %(what)s. %(reason)s Decided by %(deciders)s until %(until)s.",
                what=what,
                reason=self.reason,
                deciders=self.decider_names or self.env._("nobody at present"),
                until=self.company_id._sales_format_moment(self.valid_until),
            ),
            "approved": self.env._(
                "Approved by %(people)s: %(what)s. Valid until %(until)s.",
                people=names,
                what=what,
                until=self.company_id._sales_format_moment(self.valid_until),
            ),
            "refused": self.env._("Refused by %(people)s: %(what)s.", people=names, what=what),
            "lapsed": self.env._("Approval lapsed: %(what)s.", what=what),
            "used": self.env._("Approval used: %(what)s.", what=what),
            "withdrawn": self.env._(
                "Request withdrawn by %(requester)s: %(what)s.", requester=self.requester_id.name, what=what
            ),
        }
        return " ".join(filter(None, [lines[self.status], self.status_note]))

    def _log_on_subjects(self):
        for approvals in self.sudo().grouped("res_model").values():
            bodies = defaultdict(Markup)
            for approval in approvals:
                bodies[approval.res_id] += Markup("<p>%s</p>") % approval._line()
            subjects = approvals._subjects()
            if subjects:
                subjects._message_log_batch({subject.id: bodies[subject.id] for subject in subjects})

    def _notify(self, people, subject, lines):
        """Send people one message about some of these requests, on the first of them."""
        body = Markup("<ul>%s</ul>") % Markup().join(Markup("<li>%s</li>") % line for line in lines)
        self[:1].sudo().message_notify(partner_ids=people.partner_id.ids, subject=subject, body=body)

    def _tell_requesters(self, verdict):
        """Tell each requester in one message what became of the requests."""
        for requester, approvals in self.sudo().grouped("requester_id").items():
            if requester == self.env.user or not requester.active:
                continue
            theirs = approvals.with_context(lang=requester.lang)
            subject = {
                "approved": theirs.env._("Approved"),
                "refused": theirs.env._("Refused"),
                "lapsed": theirs.env._("Your request has lapsed"),
            }[verdict]
            theirs._notify(
                requester, f"{subject}: {theirs[0].subject_name}", [f"{a.subject_name}. {a._line()}" for a in theirs]
            )

    def _tell_half(self):
        """Say on the subjects that a second person has to approve, and free the first from the task."""
        if not self:
            return
        self._drop_activities(self.env.user)
        for approvals in self.sudo().grouped("res_model").values():
            approvals._subjects()._message_log_batch(
                {
                    approval.res_id: self.env._(
                        "%(person)s approved: %(kind)s. One more person has to approve.",
                        person=self.env.user.name,
                        kind=approval.kind_id.name,
                    )
                    for approval in approvals
                }
            )

    def _tell_end_is_near(self):
        """Remind the deciders of what is pending, and the requesters of what they may still use."""
        by_person, deciders = defaultdict(self.browse), self._deciders()
        for approval in self:
            for person in deciders[approval] if approval.status == "pending" else approval.requester_id:
                by_person[person] |= approval
        for person, approvals in by_person.items():
            theirs = approvals.with_context(lang=person.lang)
            theirs._notify(
                person,
                theirs.env._("%(count)s approvals end soon", count=len(theirs)),
                [
                    theirs.env._(
                        "%(subject)s: until %(until)s",
                        subject=approval.subject_name,
                        until=approval.company_id._sales_format_moment(approval.valid_until),
                    )
                    for approval in theirs
                ],
            )

    def _tell_outcome(self, decided, verdict, hindrances):
        """Return the client action that tells the decider how many requests were decided and why others were not."""
        if verdict == "approved":
            message = self.env._("%(count)s approved.", count=len(decided))
        else:
            message = self.env._("%(count)s refused.", count=len(decided))
        if hindrances:
            message = "\n".join([message, self.env._("Not decided:"), *hindrances.values()])
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning" if hindrances else "success",
                "message": message,
                "sticky": bool(hindrances),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }
