# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

CHANNELS = [
    ("visit", "Visit"),
    ("call", "Call"),
    ("email", "E-mail"),
    ("fax", "Fax"),
    ("message", "Message"),
    ("meeting", "Meeting"),
    ("other", "Other"),
]
DIRECTIONS = [("in", "From the Customer"), ("out", "To the Customer"), ("two_way", "Both Ways")]

# A context key with this value says that the customer group is new. Clients send JSON, and JSON has no such object.
FIRST_CONTACT = object()

# Two clocks are never quite the same: a contact this little ahead of the server took place now.
CLOCK_TOLERANCE = timedelta(minutes=5)


class SalesContactLog(models.Model):
    """One contact with a customer, stamped by the server: the only evidence of who owns whom (OWN-1)."""

    _name = "sales.contact.log"
    _inherit = ["sales.evidence.mixin", "mail.thread", "mail.activity.mixin"]
    _description = "Contact Log"
    _order = "contact_date desc, id desc"
    _rec_name = "summary"
    _check_company_auto = True
    # Whoever may see a record may finish the next step on it; the record itself stays closed.
    _mail_post_access = "read"

    partner_id = fields.Many2one("res.partner", "Customer", index=True, ondelete="restrict", check_company=True)
    lead_id = fields.Many2one("crm.lead", index="btree_not_null", ondelete="set null", check_company=True)
    partner_name = fields.Char("Customer at the Time", readonly=True)
    group_id = fields.Many2one(
        "sales.customer.group", "Customer Group at the Time", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, ondelete="restrict"
    )
    user_id = fields.Many2one(
        "res.users", "Contact By", required=True, default=lambda self: self.env.user, ondelete="restrict"
    )
    team_id = fields.Many2one("crm.team", "Sales Team at the Time", readonly=True, ondelete="set null")
    on_behalf_of_id = fields.Many2one("res.users", ondelete="restrict", help="The absent owner you stand in for.")
    channel = fields.Selection(CHANNELS, required=True, default="call")
    direction = fields.Selection(DIRECTIONS, required=True, default="two_way")
    contact_date = fields.Datetime("Date of Contact", required=True, default=fields.Datetime.now)
    duration = fields.Float("Duration (Hours)")
    summary = fields.Text(required=True, help="What was said and what the customer wants.")
    interest = fields.Selection(
        [("none", "None"), ("low", "Low"), ("medium", "Medium"), ("high", "High")], string="Interest Level"
    )
    next_step = fields.Char()
    next_step_date = fields.Date("Next Step On")
    attachment_ids = fields.Many2many("ir.attachment")
    corrects_id = fields.Many2one("sales.contact.log", index="btree_not_null", ondelete="restrict")
    correction_ids = fields.One2many("sales.contact.log", "corrects_id", "Corrected By")
    message_id = fields.Many2one("mail.message", readonly=True, ondelete="set null")
    event_id = fields.Many2one(
        "calendar.event", "Meeting Held", readonly=True, index="btree_not_null", ondelete="set null"
    )
    counts = fields.Boolean("Counts as Contact", readonly=True)
    protects_until = fields.Datetime(readonly=True, help="Until when this contact protects the customer for its owner.")
    imported = fields.Boolean(readonly=True, help="Brought in by a sales manager from earlier records.")

    _user_idx = models.Index("(user_id, contact_date)")
    _message_once = models.UniqueIndex(
        "(message_id) WHERE message_id IS NOT NULL", "This message has been recorded already."
    )

    # What the server fills in itself; a client that sends it is refused.
    _stamped_fields = (
        "partner_name",
        "group_id",
        "team_id",
        "counts",
        "protects_until",
        "imported",
        "message_id",
        "event_id",
    )

    @api.constrains("partner_id", "lead_id")
    def _check_customer(self):
        for log in self:
            if not log.partner_id and not log.lead_id:
                raise ValidationError(self.env._("Tell which customer or lead the contact was with."))

    @api.model_create_multi
    def create(self, vals_list):
        """Record contacts (OWN-1). The server sets person, time of entry, customer group and protection.

        :raises AccessError: for a contact of somebody else, or with values that only the server sets
        :raises ValidationError: for a date in the future or too far back, or a summary that is too short
        """
        importing = self._is_history_import()
        if not (self.env.su or importing):
            for vals in vals_list:
                self._check_unforged(vals)
        # The record is itself the history: no note that it was created, no followers.
        quiet = self.with_context(mail_create_nolog=True, mail_create_nosubscribe=True, tracking_disable=True)
        logs = super(SalesContactLog, quiet).create(self._stamp(vals_list, importing)).with_env(self.env)
        logs._check_past()
        if not importing:
            logs._check_recordable()
            logs._adopt_attachments()
            if not self._is_first_contact():
                self.env["sales.ownership"]._extend(logs)
            logs._schedule_next_step()
        return logs

    def copy_data(self, default=None):
        raise UserError(self.env._("A contact took place once. Record the next one anew."))

    def _check_past(self):
        if any(log.contact_date > fields.Datetime.now() + CLOCK_TOLERANCE for log in self):
            raise ValidationError(
                self.env._("A contact cannot lie in the future. Plan it as a next step or a meeting.")
            )

    def _check_recordable(self):
        if self.env.su:
            return
        now = fields.Datetime.now()
        for log in self:
            company = log.company_id
            log.partner_id.check_access("read")
            log.lead_id.check_access("read")
            # A correction tells of the day of the record that it corrects; it protects nothing.
            corrected = log.corrects_id.sudo().contact_date == log.contact_date
            if not corrected and log.contact_date < now - timedelta(hours=company.sales_contact_backdate_hours):
                raise ValidationError(
                    self.env._(
                        "This contact lies more than %(hours)s hours back and can no longer be recorded.",
                        hours=company.sales_contact_backdate_hours,
                    )
                )
            if len((log.summary or "").strip()) < company.sales_contact_summary_length:
                raise ValidationError(
                    self.env._(
                        "Please write at least %(count)s characters about what was said.",
                        count=company.sales_contact_summary_length,
                    )
                )
            if log.corrects_id and log.corrects_id.sudo().user_id != log.user_id:
                raise AccessError(self.env._("You can only correct your own records."))
            if log.on_behalf_of_id and not log._is_covering():
                raise AccessError(
                    self.env._("You did not stand in for %(owner)s at that time.", owner=log.on_behalf_of_id.name)
                )

    def _is_covering(self):
        """Tell whether the user of this contact stood in for the owner on whose behalf it was made."""
        covers = self.env["sales.ownership.cover"].sudo().search([("user_id", "=", self.user_id.id)])
        return bool(covers._cover(self.user_id.id, self.on_behalf_of_id, self.company_id, self.contact_date))

    def _adopt_attachments(self):
        """Tie uploaded files to their record, so that they are as unchangeable as the record itself."""
        for log in self:
            for attachment in log.attachment_ids:
                if attachment.res_model == self._name and attachment.res_id == log.id:
                    continue
                attachment.check_access("read")
                owner = {"res_model": self._name, "res_id": log.id}
                if attachment.res_id or attachment.create_uid != self.env.user:
                    copied = attachment.sudo().copy(owner)
                    log._evidence_write({"attachment_ids": [(3, attachment.id), (4, copied.id)]})
                else:
                    attachment.sudo().write(owner)

    def _schedule_next_step(self):
        for log in self.filtered("next_step_date"):
            log.sudo().activity_schedule(
                "mail.mail_activity_data_todo",
                log.next_step_date,
                summary=log.next_step or self.env._("Next step with %(customer)s", customer=log.partner_name),
                user_id=log.user_id.id,
            )

    @api.model
    def _record_from(self, vals_list, message=None, event=None):
        """Record contacts that another document proves, once for each document (OWN-1).

        :param vals_list: values of the contacts
        :param message: mail.message that is the contact
        :param event: calendar.event at which the contact took place
        :return: a notification action for the client
        :raises UserError: when the document has been recorded already
        """
        source = {"message_id": message.id} if message else {"event_id": event.id}
        recorded = [(name, "=", value) for name, value in source.items()]
        if event:
            recorded.append(("user_id", "=", self.env.uid))
        if self.sudo().search_count(recorded, limit=1):
            raise UserError(self.env._("This has been recorded as a contact already."))
        logs = self.create(vals_list)
        logs._evidence_write(source)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._(
                    "Recorded as a contact with %(customer)s.", customer=", ".join(logs.mapped("partner_name"))
                ),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def _current_groups(self):
        """Return the customer group that each contact belongs to today, as a dict (groups as superuser)."""
        return {
            log: log.sudo().partner_id.sales_customer_group_id or log.sudo().lead_id.sales_customer_group_id
            for log in self
        }

    def _can_prolong(self, row):
        """Tell whether this contact is the owner's, or the owner's stand-in's, and protection has an end to move."""
        return bool(row and row.date_end and row.user_id in (self.user_id | self.on_behalf_of_id))

    @api.model
    def _is_first_contact(self):
        """Tell whether this transaction founded the customer group: nobody owns it, there is nothing to prolong."""
        return self.env.context.get("sales_first_contact") is FIRST_CONTACT

    @api.model
    def _is_history_import(self):
        """Tell whether records come from a manager's import of earlier contacts; see ``load``."""
        return False

    def action_correct(self):
        """Open a new record that corrects this one."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Correct Contact"),
            "res_model": self._name,
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_corrects_id": self.id,
                "default_partner_id": self.partner_id.id,
                "default_lead_id": self.lead_id.id,
                "default_channel": self.channel,
                "default_direction": self.direction,
                "default_contact_date": self.contact_date,
                "default_summary": self.summary,
            },
        }
