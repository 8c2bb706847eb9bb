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

# Two clocks are never quite the same: a contact this little ahead of the server took place now.
CLOCK_TOLERANCE = timedelta(minutes=5)


class SalesContactLog(models.Model):
    """One contact with a customer, stamped by the server: the only evidence of who owns whom (OWN-1)."""

    _name = "sales.contact.log"
    _inherit = ["sales.evidence.mixin", "mail.activity.mixin"]
    _description = "Contact Log"
    _order = "contact_date desc, id desc"
    _rec_name = "summary"
    _check_company_auto = True

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
        "res.users", "Contact By", required=True, default=lambda self: self.env.user, index=True, ondelete="restrict"
    )
    team_id = fields.Many2one("crm.team", "Sales Team at the Time", readonly=True, ondelete="set null")
    on_behalf_of_id = fields.Many2one("res.users", "On Behalf Of", ondelete="restrict", help="The absent owner you stand in for.")
    channel = fields.Selection(CHANNELS, required=True, default="call")
    direction = fields.Selection(DIRECTIONS, required=True, default="two_way")
    contact_date = fields.Datetime("Date of Contact", required=True, default=fields.Datetime.now)
    duration = fields.Float("Duration (Hours)")
    summary = fields.Text(required=True, help="What was said and what the customer wants.")
    interest = fields.Selection([("none", "None"), ("low", "Low"), ("medium", "Medium"), ("high", "High")], string="Interest Level")
    next_step = fields.Char()
    next_step_date = fields.Date("Next Step On")
    attachment_ids = fields.Many2many("ir.attachment", string="Attachments")
    corrects_id = fields.Many2one("sales.contact.log", "Corrects", index="btree_not_null", ondelete="restrict")
    correction_ids = fields.One2many("sales.contact.log", "corrects_id", "Corrected By")
    message_id = fields.Many2one("mail.message", "Message", readonly=True, ondelete="set null")
    event_id = fields.Many2one("calendar.event", "Meeting Held", readonly=True, index="btree_not_null", ondelete="set null")
    counts = fields.Boolean("Counts as Contact", readonly=True)
    protects_until = fields.Datetime(readonly=True, help="Until when this contact protects the customer for its owner.")
    imported = fields.Boolean(readonly=True, help="Brought in by a sales manager from earlier records.")

    _user_idx = models.Index("(user_id, contact_date)")
    _message_once = models.UniqueIndex("(message_id) WHERE message_id IS NOT NULL", "This message has been recorded already.")

    # What the server fills in itself; a client that sends it is refused.
    _stamped_fields = (
        "partner_name", "group_id", "team_id", "counts", "protects_until", "imported", "message_id", "event_id",
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
        logs = super().create(self._stamp(vals_list, importing))
        if not importing:
            logs._check_recordable()
            logs._adopt_attachments()
            self.env["sales.ownership"]._extend(logs)
            logs._schedule_next_step()
        return logs

    def copy_data(self, default=None):
        raise UserError(self.env._("A contact took place once. Record the next one anew."))

    @api.model
    def _check_unforged(self, vals):
        """Refuse values by which a client pretends to be somebody else or the server."""
        forged = [name for name in self._stamped_fields if vals.get(name)]
        if forged:
            raise AccessError(self.env._(
                "The server fills in “%(field)s” itself.", field=self._fields[forged[0]]._description_string(self.env)
            ))
        if vals.get("user_id", self.env.uid) != self.env.uid:
            raise AccessError(self.env._("You can only record your own contacts. Ask your colleague to record this one."))

    @api.model
    def _stamp(self, vals_list, importing):
        """Return the values completed with what only the server knows."""
        vals_list = [
            {
                "user_id": self.env.uid,
                "company_id": self.env.company.id,
                "contact_date": fields.Datetime.now(),
                "channel": "call",
                "direction": "two_way",
                "on_behalf_of_id": False,
                "corrects_id": False,
                **vals,
            }
            for vals in vals_list
        ]
        # Explicit values for every stamped field leave nothing to default_* keys of the caller's context.
        stamps = {name: False for name in self._stamped_fields} if not self.env.su else {}
        drafts = [self.new({**stamps, **vals}) for vals in vals_list]
        result = []
        for draft, vals in zip(drafts, vals_list):
            group = draft.partner_id._origin.sudo().sales_customer_group_id or draft.lead_id._origin.sudo().sales_customer_group_id
            absent = draft.on_behalf_of_id._origin
            if not absent and group and not importing:
                absent = draft._absent_owner(group)
            result.append({
                **stamps,
                **vals,
                "group_id": group.id,
                "partner_name": draft.partner_id._origin.display_name or draft.lead_id._origin.name,
                "team_id": draft.user_id._origin.sudo().sale_team_id.id,
                "on_behalf_of_id": absent.id,
                "imported": importing,
            })
        return self._stamp_protection(result)

    @api.model
    def _stamp_protection(self, vals_list):
        """Fill in which contacts count and until when they protect, by the policy of the person they count for."""
        Groups, Users = self.env["sales.customer.group"], self.env["res.users"]
        policies = {}
        for vals in vals_list:
            company = self.env["res.company"].browse(vals["company_id"])
            key = (company.id, vals["group_id"], vals["on_behalf_of_id"] or vals["user_id"])
            if key not in policies:
                group, user = Groups.browse(vals["group_id"] or ()), Users.browse(key[2])
                found = self.env["sales.ownership"]._policies(group, company, user)
                policies[key] = found.get(group) or self.env["sales.ownership.policy"]._standard()
            moment = fields.Datetime.to_datetime(vals["contact_date"])
            [until] = policies[key]._protects_until(company, vals["channel"], vals["direction"], [moment])
            # A correction explains an earlier record; it is not a further contact.
            vals["counts"] = until is not False and not vals["corrects_id"]
            vals["protects_until"] = (vals["counts"] and until) or False
        return vals_list

    def _absent_owner(self, group):
        """Return the owner of the group for whom the user of this contact stands in, or nobody (OWN-5)."""
        company = self.company_id._origin
        running = self.env["sales.ownership"]._running(group, company).get(group)
        owner = running.user_id if running else self.env["res.users"]
        if not owner or owner == self.user_id._origin:
            return self.env["res.users"]
        return owner & self.env["sales.ownership.cover"]._covered_by(self.user_id._origin, company, self.contact_date)

    def _check_recordable(self):
        now = fields.Datetime.now()
        for log in self:
            company = log.company_id
            if log.contact_date > now + CLOCK_TOLERANCE:
                raise ValidationError(self.env._("A contact cannot lie in the future. Plan it as a next step or a meeting."))
            if self.env.su:
                continue
            log.partner_id.check_access("read")
            log.lead_id.check_access("read")
            if log.contact_date < now - timedelta(hours=company.sales_contact_backdate_hours):
                raise ValidationError(self.env._(
                    "This contact lies more than %(hours)s hours back and can no longer be recorded.",
                    hours=company.sales_contact_backdate_hours,
                ))
            if len((log.summary or "").strip()) < company.sales_contact_summary_length:
                raise ValidationError(self.env._(
                    "Please write at least %(count)s characters about what was said.",
                    count=company.sales_contact_summary_length,
                ))
            if log.corrects_id and log.corrects_id.sudo().user_id != log.user_id:
                raise AccessError(self.env._("You can only correct your own records."))
            covered = self.env["sales.ownership.cover"]._covered_by(log.user_id, company, log.contact_date)
            if log.on_behalf_of_id and log.on_behalf_of_id not in covered:
                raise AccessError(self.env._(
                    "You did not stand in for %(owner)s at that time.", owner=log.on_behalf_of_id.name
                ))

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

    @api.model
    def _is_history_import(self):
        """Tell whether records come from a manager's import of earlier contacts; see ``load``."""
        return False

    def action_correct(self):
        """Open a new record that corrects this one."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_corrects_id": self.id,
                "default_partner_id": self.partner_id.id,
                "default_lead_id": self.lead_id.id,
                "default_channel": self.channel,
                "default_direction": self.direction,
                "default_summary": self.summary,
            },
        }
