# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from collections import defaultdict
from datetime import datetime

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

# Behind somebody who is protected without end, a waiting person's turn never comes.
NEVER = datetime(9999, 12, 31)


class SalesOwnership(models.Model):
    """How rows of the ledger begin, are prolonged and end. Every step is private and runs under the group's lock."""

    _inherit = "sales.ownership"

    @api.model
    def _policies(self, groups, company, user):
        return self.env["sales.ownership.policy"]._for_groups(groups, company, user.sudo().sale_team_id)

    @api.model
    def _refusals(self, groups, user, company, running=None):
        """Tell why a user may not register customers now, in that user's words (OWN-2).

        :param groups: sales.customer.group
        :param user: res.users who wants to register
        :param company: res.company
        :param dict running: what ``_running`` says of the groups, where it is known
        :return: dict of sales.customer.group to a sentence; groups that may be registered are absent
        """
        if not groups:
            return {}
        if running is None:
            running = self._running(groups, company)
        last, policies = self._last(groups, company), self._policies(groups, company, user)
        return self._refusals_by(last, running, policies, groups, user, company)

    @api.model
    def _refusals_by(self, last, running, policies, groups, user, company):
        """Return the same as ``_refusals``, where latest rows, running rows and policies of the groups are known."""
        refusals = {}
        now = fields.Datetime.now()
        for group in groups:
            row, policy = running.get(group), policies[group]
            if row:
                refusals[group] = row._refusal_to(user)
            elif policy.cooldown_days and last.get(group) and last[group].user_id == user:
                free = policy._cooldown_end(last[group].date_end)
                if free > now:
                    refusals[group] = self.env._(
                        "You owned this customer until recently. You can register it again from %(moment)s.",
                        moment=company._sales_format_moment(free),
                    )
        return refusals | self._limit_refusals(groups - self._groups_in(refusals), policies, user, company)

    @api.model
    def _refusal_of_same(self, target, user, company):
        """Tell why a user may not have a customer now because of another that has the same phone, e-mail or tax number.

        :param target: res.partner or crm.lead
        :return: a sentence, or False
        """
        # The same customer under another name is the same customer.
        same = target._sales_same_groups()
        running = self._running(same, company)
        for group, sentence in self._refusals(same, user, company, running).items():
            if group not in running or running[group].user_id != user:
                return sentence
        return False

    @api.model
    def _limit_refusals(self, groups, policies, user, company):
        """Refuse registrations beyond the limits per person and day."""
        limited = groups.filtered(lambda group: policies[group].holding_cap or policies[group].claims_per_day)
        if not limited:
            return {}
        yesterday = company._sales_end_of_day(fields.Datetime.now(), -1)
        mine = Domain("user_id", "=", user.id) & Domain("company_id", "=", company.id)
        held = self.sudo().search_count(mine & self._running_domain())
        claimed = self.sudo().search_count(
            mine
            & Domain("date_start", ">", yesterday)
            & Domain("origin", "in", ["registration", "takeover", "referral"])
        )
        refusals = {}
        for group in limited:
            policy = policies[group]
            if policy.holding_cap and held >= policy.holding_cap:
                refusals[group] = self.env._(
                    "You already hold %(count)s customers, which is the limit. Please ask your sales manager.",
                    count=held,
                )
            elif policy.claims_per_day and claimed >= policy.claims_per_day:
                refusals[group] = self.env._(
                    "You have registered %(count)s customers today, which is the limit. Please go on tomorrow.",
                    count=claimed,
                )
        return refusals

    @api.model
    def _groups_in(self, by_group):
        """Return the keys of a dict as one recordset of groups."""
        return self.env["sales.customer.group"].browse([group.id for group in by_group])

    @api.model
    def _rows_of(self, rows_by_group, groups):
        """Return the rows that a dict holds for some groups, as one recordset (as superuser)."""
        return self.sudo().browse([rows_by_group[group].id for group in groups if group in rows_by_group])

    def _refusal_to(self, user):
        """Return the sentence that refuses this protected customer to a user (blind or with the name)."""
        until = self.company_id._sales_format_moment(self.date_end) if self.date_end else self.env._("further notice")
        if self.user_id == user:
            return self.env._("This customer is already yours, protected until %(until)s.", until=until)
        if self._filter_visible(user):
            return self.env._(
                "This customer is protected for %(owner)s until %(until)s. You can join the waiting list.",
                owner=self.sudo().user_id.name,
                until=until,
            )
        return self.env._(
            "This customer is taken and protected until %(until)s. You can join the waiting list.", until=until
        )

    @api.model
    def _claim(self, group, user, log, referrer=None, founded=False):
        """Register a customer for a user with a contact as evidence (OWN-1, OWN-2, OWN-7).

        :param group: sales.customer.group
        :param user: res.users who becomes the owner
        :param log: sales.contact.log, the contact of the registration
        :param referrer: res.partner, the customer who recommended this one
        :param bool founded: whether this transaction founded the group, so that nobody else can know it yet
        :return: the new row
        :raises UserError: when the customer is protected or the policy refuses the registration
        """
        company = log.company_id
        if founded:
            ledger = self.sudo().browse()
        else:
            group._lock()
            ledger = self._ledger(group, company)
        last = {row.group_id: row for row in ledger.filtered(lambda row: row._has_begun())[:1]}
        running = {row.group_id: row for row in ledger.filtered(lambda row: row.status == "running")}
        policies = self._policies(group, company, user)
        policy = policies[group]
        if policy.holding_cap or policy.claims_per_day:
            user._sales_lock_claims()
        refusal = self._refusals_by(last, running, policies, group, user, company).get(group)
        if refusal:
            raise UserError(refusal)
        [end] = policy._protects_until(company, log.channel, log.direction, [log.contact_date])
        now = fields.Datetime.now()
        if end is False or (end and end <= now):
            raise UserError(
                self.env._("This kind of contact does not protect a customer. Register with a call or a visit.")
            )
        if referrer and last:
            raise UserError(
                self.env._(
                    "A referral has to be registered before the customer is. "
                    "Leave “Referred By” empty to register this customer."
                )
            )
        origin = "referral" if referrer else "takeover" if last else "registration"
        return self._begin(
            group,
            user,
            company,
            [
                {
                    **self._prepare_row(group, policy, company, end),
                    "origin": origin,
                    "log_id": log.id,
                    "last_log_id": log.id,
                    "referrer_id": referrer.id if referrer else False,
                    "referrer_name": referrer.display_name if referrer else False,
                }
            ],
            waiting=ledger.filtered(lambda row: row.status == "waiting"),
        )

    @api.model
    def _prepare_row(self, group, policy, company, end):
        """Return the values of a row that starts now and ends at ``end``, or earlier if the policy limits it."""
        now = fields.Datetime.now()
        longest = policy._longest_end(company, now)
        if longest:
            end = min(end, longest) if end else longest
        return {
            "group_id": group.id,
            "company_id": company.id,
            "date_start": now,
            "date_end": end,
            "remind_from": policy._remind_from(end),
            "blind": policy.refusal == "blind",
        }

    @api.model
    def _begin(self, groups, user, company, vals_list, waiting=None):
        """Add rows for one new owner of some groups of a company.

        :param list vals_list: values from ``_prepare_row``, completed with origin and evidence
        :param waiting: the rows of the groups' waiting lists, where they are known
        :return: the new rows
        """
        rows = self.sudo().create([{**vals, "user_id": user.id} for vals in vals_list])
        if waiting is None or waiting:
            self._shift_waiting(groups, company)
        rows._sync_salesperson()
        return rows

    def _sync_salesperson(self):
        """Write new owners into the host's Salesperson field, where the company wants that; it is never the truth."""
        for (company, user), rows in self.grouped(lambda row: (row.company_id, row.user_id)).items():
            if company.sales_owner_sync_salesperson:
                rows.group_id._members().write({"user_id": user.id})

    def _cut(self, reason, note=None, relation=None):
        """End running rows now."""
        self.sudo()._evidence_write(
            {
                "date_end": fields.Datetime.now(),
                "end_reason": reason,
                "ended_by_id": self.env.uid,
                "end_note": note,
                "end_relation_id": relation and relation.id,
            }
        )

    @api.model
    def _assign(self, groups, user, company, reason):
        """Give customers to a user from now on, as a manager's decision (OWN-9).

        :param groups: sales.customer.group
        :param user: res.users
        :param company: res.company
        :param str reason: why, kept in the ledger
        :return: the new rows; customers that the user already owns are left alone
        """
        groups._lock()
        running = self._running(groups, company)
        groups = groups.filtered(lambda group: group not in running or running[group].user_id != user)
        self._rows_of(running, groups)._cut("transferred", reason)
        policies = self._policies(groups, company, user)
        now = fields.Datetime.now()
        ends = {policy: policy._window_end(company, now) for policy in set(policies.values())}
        return self._begin(
            groups,
            user,
            company,
            [
                {
                    **self._prepare_row(group, policies[group], company, ends[policies[group]]),
                    "origin": "assignment",
                    "reason": reason,
                }
                for group in groups
            ],
        )

    @api.model
    def _release(self, groups, company, reason):
        """Open customers for everybody, or for the first on the waiting list, as a manager's decision (OWN-9)."""
        groups._lock()
        running = self._running(groups, company)
        rows = self._rows_of(running, groups)
        rows._cut("released", reason)
        self._shift_waiting(groups, company)
        return rows

    @api.model
    def _extend(self, logs):
        """Prolong protection by contacts that count: the owner's, and those of the owner's stand-in (OWN-2, OWN-5).

        A contact that is written down after protection lapsed prolongs nothing.

        :param logs: sales.contact.log that were just recorded
        """
        by_company = defaultdict(lambda: self.env["sales.contact.log"])
        for log in logs.filtered("protects_until"):
            by_company[log.company_id] |= log
        for company, company_logs in by_company.items():
            group_of = company_logs._current_groups()
            groups = self._groups_in({group: None for group in group_of.values() if group})
            running = self._running(groups, company)
            # What is read before the lock is no older than what is read under it: a transaction sees one snapshot.
            company_logs = company_logs.filtered(lambda log: log._can_prolong(running.get(group_of[log])))
            if not company_logs:
                continue
            groups = self._groups_in({group_of[log]: None for log in company_logs})
            groups._lock()
            policies = {}
            for owner, rows in self._rows_of(running, groups).grouped("user_id").items():
                policies.update(self._policies(rows.group_id, company, owner))
            for log in company_logs:
                row = running[group_of[log]]
                policy = policies[row.group_id]
                longest = policy._longest_end(company, row.date_start)
                end = min(log.protects_until, longest) if longest else log.protects_until
                if end > row.date_end:
                    row._evidence_write(
                        {
                            "date_end": end,
                            "remind_from": policy._remind_from(end),
                            "reminder_date": False,
                            "last_log_id": log.id,
                        }
                    )
            self._shift_waiting(groups, company)

    @api.model
    def _shift_waiting(self, groups, company):
        """Line up the rows of the waiting lists behind whoever is protected now."""
        now = fields.Datetime.now()
        waiting = self.sudo().search(
            [("group_id", "in", groups.ids), ("company_id", "=", company.id), ("date_start", ">", now)], order="id"
        )
        running = self._running(waiting.group_id, company) if waiting else {}
        starts = {group: (row.date_end or NEVER) for group, row in running.items()}
        for row in waiting:
            start = starts.get(row.group_id, now)
            if start >= NEVER:
                end = NEVER
            else:
                policy = self._policies(row.group_id, company, row.user_id)[row.group_id]
                end = policy._window_end(company, start)
                row._evidence_write({"remind_from": policy._remind_from(end)})
            row._evidence_write({"date_start": start, "date_end": end})
            starts[row.group_id] = end or NEVER
