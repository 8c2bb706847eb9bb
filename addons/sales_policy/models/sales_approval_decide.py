# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..tools import lock_rows
from .sales_approval import LIVE


class SalesApproval(models.Model):
    """How a request is decided, withdrawn, used, and how it lapses."""

    _inherit = "sales.approval"

    def action_approve(self):
        """Approve these requests as the current user.

        Those that the user may not decide are left alone and named in the answer, with the reason.

        :return: client action that tells the outcome
        :raises UserError: when none of them can be decided by the current user
        """
        return self._decide("approved")

    def action_refuse(self):
        """Ask for the reason and then refuse these requests."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Refuse"),
            "res_model": "sales.approval.refusal",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_approval_ids": self.ids},
        }

    def action_withdraw(self):
        """Take back one's own requests, or approvals that were not used yet.

        :raises AccessError: for requests of somebody else
        :raises UserError: for requests that are not open any more
        """
        self.check_access("read")
        for approval in self:
            if approval.requester_id != self.env.user:
                raise AccessError(
                    self.env._("Only %(requester)s can withdraw this request.", requester=approval.requester_id.name)
                )
        self._lock()
        for approval in self:
            if approval.state not in LIVE:
                raise UserError(approval._explain_closed())
        self._close("withdrawn")
        return True

    def _lock(self):
        """Let only one transaction at a time decide about these requests."""
        lock_rows(self)

    def _authorities(self, user):
        """Return in whose role a user may decide: their own, or that of somebody absent whom they stand in for.

        One role speaks once: who has decided, in person or through a substitute, is not asked again.

        :return: dict of sales.approval to res.users; requests that are not the user's to decide are absent
        """
        roles = self._roles_of(user)
        result = {}
        for approval in self.sudo():
            heard = approval.decision_ids.mapped(lambda row: row.on_behalf_of_id or row.user_id)
            for role in roles:
                represented = role.person == user or role.person not in approval._barred_people()
                if approval._is_in_reach(role) and represented and role.person not in heard:
                    result[approval] = role.person
                    break
        return result

    def _obstacles(self, user):
        """Return why a user cannot decide these requests.

        :return: dict of sales.approval to "closed", "own", "profit", "twice" or "role"; those that the user may
            decide are absent
        """
        authorities = self._authorities(user)
        result = {}
        for approval in self.sudo():
            if approval.state != "pending":
                result[approval] = "closed"
            elif user == approval.requester_id:
                result[approval] = "own"
            elif user in approval._barred_people():
                result[approval] = "profit"
            elif user in approval.decision_ids.user_id | approval.decision_ids.on_behalf_of_id:
                result[approval] = "twice"
            elif approval not in authorities or not user.active or approval.company_id not in user.sudo().company_ids:
                result[approval] = "role"
        return result

    def _hindrances(self, user):
        """Return why a user cannot decide these requests, in words.

        :return: dict of sales.approval to str; requests that the user may decide are absent
        """
        obstacles = self._obstacles(user)
        result = {}
        for approval in self.sudo():
            subject = approval.subject_name
            if approval in obstacles:
                result[approval] = {
                    "closed": approval._explain_closed,
                    "own": lambda: self.env._(
                        "%(subject)s: you asked for this yourself, so somebody else decides.", subject=subject
                    ),
                    "profit": lambda: self.env._(
                        "%(subject)s: you would profit from a yes, so somebody else decides.", subject=subject
                    ),
                    "twice": lambda: self.env._(
                        "%(subject)s: you have approved this already. A second person has to approve as well.",
                        subject=subject,
                    ),
                    "role": lambda: self.env._(
                        "%(subject)s: this is decided by %(deciders)s.",
                        subject=subject,
                        deciders=approval.decider_names or self.env._("nobody at present"),
                    ),
                }[obstacles[approval]]()
        return result

    def _explain_closed(self):
        """Return in words why this request cannot be decided any more."""
        self.ensure_one()
        decision = self.sudo().decision_ids[-1:]
        return self.env._(
            "%(subject)s: %(state)s since %(since)s%(by)s.",
            subject=self.subject_name,
            state=dict(self._fields["status"]._description_selection(self.env))[self.state].lower(),
            since=self.company_id.sudo()._sales_format_moment(
                self.valid_until if self.state != self.status else self.status_date
            ),
            by=self.env._(" (%s)", decision.user_id.name) if decision and self.state == decision.verdict else "",
        )

    def _decide(self, verdict, note=False):
        """Record what the current user says to these requests, and close those that are decided by it.

        :param str verdict: "approved" or "refused"
        :param str note: what the decider wants to say
        :return: client action that tells the outcome
        :raises UserError: when the current user may decide none of them
        """
        self.check_access("read")
        self._lock()
        hindrances = self._hindrances(self.env.user)
        able = self.filtered(lambda approval: approval not in hindrances)
        stale = able._lapse_changed()
        hindrances.update((approval, approval._explain_changed()) for approval in stale)
        able -= stale
        if not able and not stale:
            raise UserError("\n".join(hindrances.values()) or self.env._("Choose at least one request."))
        authorities = able._authorities(self.env.user)
        self.env["sales.approval.decision"].sudo().create(
            [
                {
                    "approval_id": approval.id,
                    "user_id": self.env.uid,
                    "on_behalf_of_id": authorities[approval] != self.env.user and authorities[approval].id,
                    "verdict": verdict,
                    "note": note,
                }
                for approval in able
            ]
        )
        settled = able.filtered(
            lambda approval: (
                verdict == "refused" or len(approval.sudo().decision_ids.user_id) >= approval.persons_needed
            )
        )
        settled._settle(verdict, note)
        (able - settled)._tell_half()
        return self._tell_outcome(able, verdict, hindrances)

    def _settle(self, verdict, note):
        """Close decided requests: validity, chatter of the subject, requester, then the subject's own next step."""
        values = self._validity(fields.Datetime.now()) if verdict == "approved" else {}
        for (until, remind), approvals in self.grouped(lambda approval: values.get(approval, (False, False))).items():
            approvals._close(verdict, note, **({"valid_until": until, "remind_date": remind} if until else {}))
        self._tell_requesters(verdict)
        for approvals in self.sudo().grouped("res_model").values():
            approvals._subjects()._approval_decided(approvals)

    def _close(self, status, note=False, **more):
        """Write the next step of these requests and say it on their subjects."""
        self._evidence_write(
            {"status": status, "status_date": fields.Datetime.now(), "status_note": note, "reminded": False, **more}
        )
        self._drop_activities()
        self._log_on_subjects()

    def _validity(self, start):
        """Return until when a step taken at a moment is valid, and when to remind of it.

        :return: dict of sales.approval to a pair of naive UTC datetimes
        """
        result = {}
        for approval in self.sudo():
            result[approval] = approval.kind_id._validity(approval.company_id, start, approval.limit_date)
        return result

    def _lapse_changed(self):
        """Close those of these live requests whose subject is not any more what was asked for.

        :return: the requests that lapsed
        """
        changed = self.browse()
        for approvals in self.sudo().grouped("res_model").values():
            subjects = approvals._subjects()
            digests = subjects._approval_digests() if subjects else {}
            by_id = {subject.id: digest for subject, digest in digests.items()}
            changed |= approvals.filtered(
                lambda approval, by_id=by_id: by_id.get(approval.res_id) != approval.fingerprint
            )
        if changed:
            changed._close("lapsed", self.env._("What was asked has changed."))
            changed._tell_requesters("lapsed")
        return changed

    def _explain_open(self):
        """Return in words that this request is pending or approved already."""
        self.ensure_one()
        if self.state == "pending":
            return self.env._(
                "%(subject)s: asked by %(requester)s, to be decided by %(deciders)s until %(until)s.",
                subject=self.subject_name,
                requester=self.requester_id.name,
                deciders=self.decider_names or self.env._("nobody at present"),
                until=self.company_id._sales_format_moment(self.valid_until),
            )
        return self.env._(
            "%(subject)s: approved by %(people)s, valid until %(until)s.",
            subject=self.subject_name,
            people=", ".join(self.decision_ids.user_id.mapped("name")),
            until=self.company_id._sales_format_moment(self.valid_until),
        )

    def _explain_changed(self):
        return self.env._("%(subject)s has changed since it was asked for. Ask again.", subject=self.subject_name)

    @api.model
    def _cron_announce(self):
        """Remind of requests and approvals that end soon, and close those that ended.

        Nothing depends on it: what has ended counts as lapsed whether or not this job runs.
        """
        now = fields.Datetime.now()
        ended = self.sudo().search([("status", "in", LIVE), ("valid_until", "<=", now)], limit=1000)
        if ended:
            ended._close("lapsed", self.env._("Not decided or not used in time."))
            ended._tell_requesters("lapsed")
        soon = self.sudo().search(
            [("status", "in", LIVE), ("remind_date", "<=", now), ("reminded", "=", False)], limit=1000
        )
        if soon:
            soon._tell_end_is_near()
            soon._evidence_write({"reminded": True})
        self.env["ir.cron"]._commit_progress(len(ended) + len(soon), remaining=0)
