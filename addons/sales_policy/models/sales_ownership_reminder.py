# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from collections import Counter

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

BATCH = 10_000
# A mail lists the next customers to lapse; the rest is in the list "Lapsing Soon".
DIGEST_LINES = 30


class SalesOwnership(models.Model):
    """Announcements about ownership. They change nothing: without them every rule holds just the same."""

    _name = "sales.ownership"
    _inherit = ["sales.ownership", "mail.thread", "mail.activity.mixin"]

    remind_from = fields.Datetime(readonly=True, help="From when on the owner is reminded that protection ends.")

    _remind_idx = models.Index("(remind_from) WHERE reminder_date IS NULL")

    @api.model
    def _cron_remind(self):
        """Remind owners of customers that lapse soon, and tell the waiting list whose turn has come."""
        self._remind_owners()
        self._mail_digests()
        self.env["sales.ownership.waiting"]._announce_turns()

    @api.model
    def _remind_owners(self):
        """Create one activity for each customer whose protection ends soon, in batches."""
        now = fields.Datetime.now()
        # Protection without end is not announced.
        due = self._running_domain() & Domain("date_end", "!=", False)
        due &= Domain("remind_from", "<=", now) & Domain("reminder_date", "=", False)
        remaining = self.search_count(due)
        while remaining:
            rows = self.search_fetch(due, ["company_id", "user_id", "date_end"], limit=BATCH, order="remind_from, id")
            if not rows:
                break
            rows._schedule_reminders()
            remaining = max(remaining - len(rows), 0)
            if not self.env["ir.cron"]._commit_progress(len(rows), remaining=remaining):
                break

    def message_subscribe(self, partner_ids=None, subtype_ids=None):
        """Let nobody follow the ledger: whoever is reminded on a row would otherwise become its follower."""
        return True

    def _schedule_reminders(self):
        """Create the activities of these rows and mark the rows, in one statement.

        It goes around ``mail.activity``: one night may bring ten thousand reminders, on which the ORM would spend
        several times what the database does. What ``create`` of ``mail.activity`` does beyond the record is either
        not wanted here (a mail for each activity, followers of the ledger) or done below (the counter on the screen).
        """
        users, today = self.user_id, fields.Date.today()
        deadlines = {
            (company.id, end): company._sales_local_date(end)
            for company, end in {(row.company_id, row.date_end) for row in self}
        }
        place = "\ue000"  # stands for the customer's name in a sentence; no name has it
        sentences = [
            self.with_context(lang=user.lang).env._("Protection of %(customer)s ends soon", customer=place)
            for user in users
        ]
        self.env.flush_all()
        created = self.env.execute_query(
            SQL(
                """
                WITH due AS (
                    SELECT row.id, row.user_id, day.deadline, owner.sentence, owner.tz, %(name)s AS customer
                      FROM sales_ownership row
                      JOIN unnest(%(companies)s, %(ends)s, %(deadlines)s) AS day(company_id, date_end, deadline)
                        ON day.company_id = row.company_id AND day.date_end = row.date_end
                      JOIN unnest(%(users)s, %(sentences)s, %(zones)s::text[]) AS owner(user_id, sentence, tz)
                        ON owner.user_id = row.user_id
                     WHERE row.id = ANY(%(ids)s)
                ), marked AS (
                    UPDATE sales_ownership row
                       SET reminder_date = %(now)s, write_uid = %(uid)s, write_date = %(moment)s
                      FROM due
                     WHERE due.id = row.id
                )
                INSERT INTO mail_activity (
                    activity_type_id, res_model_id, res_model, res_id, res_name, user_id, user_tz, date_deadline,
                    summary, active, create_uid, create_date, write_uid, write_date)
                SELECT %(type)s, %(model_id)s, %(model)s, id, customer, user_id, tz, deadline,
                       replace(sentence, %(place)s, customer), TRUE,
                       %(uid)s, %(moment)s, %(uid)s, %(moment)s
                  FROM due
                RETURNING user_id, date_deadline
                """,
                name=self.env["sales.customer.group"]._name_sql(SQL("row.group_id")),
                companies=[company_id for company_id, _end in deadlines],
                ends=[end for _company_id, end in deadlines],
                deadlines=list(deadlines.values()),
                users=users.ids,
                sentences=sentences,
                zones=[user.tz or None for user in users],
                ids=self.ids,
                now=fields.Datetime.now(),
                moment=self.env.cr.now(),
                uid=self.env.uid,
                type=self.env.ref("mail.mail_activity_data_todo").id,
                model_id=self.env["ir.model"]._get_id(self._name),
                model=self._name,
                place=place,
            )
        )
        self.env.invalidate_all(flush=False)
        pressing = Counter(user_id for user_id, deadline in created if deadline <= today)
        for user in users.filtered(lambda user: user.id in pressing):
            user._bus_send("mail.activity/updated", {"activity_created": True, "count_diff": pressing[user.id]})

    @api.model
    def _mail_digests(self):
        """Send each owner at most one mail a day that lists the customers whose protection ends soon."""
        today = fields.Date.today()
        start = fields.Datetime.to_datetime(today)
        due = (
            self._running_domain()
            & Domain("reminder_date", ">=", start)
            & Domain("company_id.sales_digest_enabled", "=", True)
        )
        owners = [user for [user] in self._read_group(due & Domain("user_id.active", "=", True), ["user_id"])]
        template = self.env.ref("sales_policy.mail_template_sales_digest")
        due_users = (
            self.env["res.users"].union(*owners).filtered(lambda user: user.sales_digest_date != today and user.email)
        )
        due_users.sales_digest_date = today
        template.send_mail_batch(due_users.ids)

    @api.model
    def _lapsing_soon(self, user):
        """Return a user's running rows of which the user was reminded, the next to lapse first; for the digest mail."""
        return self.sudo().search(
            self._running_domain() & Domain("user_id", "=", user.id) & Domain("reminder_date", "!=", False),
            order="date_end",
            limit=DIGEST_LINES,
        )
