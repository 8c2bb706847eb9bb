# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.fields import Domain

BATCH = 1000
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
        due = self._running_domain() & Domain("remind_from", "<=", now) & Domain("reminder_date", "=", False)
        remaining = self.search_count(due)
        while remaining:
            rows = self.search(due, limit=BATCH)
            if not rows:
                break
            rows._schedule_reminders()
            rows._evidence_write({"reminder_date": now})
            remaining = max(remaining - len(rows), 0)
            if not self.env["ir.cron"]._commit_progress(len(rows), remaining=remaining):
                break

    def message_subscribe(self, partner_ids=None, subtype_ids=None):
        """Let nobody follow the ledger: whoever is reminded on a row would otherwise become its follower."""
        return True

    def _schedule_reminders(self):
        activity_type = self.env.ref("mail.mail_activity_data_todo")
        model_id = self.env["ir.model"]._get_id(self._name)
        # The owner gets one mail a day for all customers together, not one for each activity.
        self.env["mail.activity"].with_context(mail_activity_quick_update=True).create(
            [
                {
                    "activity_type_id": activity_type.id,
                    "res_model_id": model_id,
                    "res_id": row.id,
                    "res_name": row.display_name,
                    "user_id": row.user_id.id,
                    "date_deadline": row.company_id._sales_local_date(row.date_end),
                    "summary": row.with_context(lang=row.user_id.lang).env._(
                        "Protection of %(customer)s ends soon", customer=row.group_id.name
                    ),
                }
                for row in self
            ]
        )

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
