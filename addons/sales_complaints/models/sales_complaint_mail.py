# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

import base64
import re

from odoo import api, fields, models
from odoo.tools import email_normalize, plaintext2html

# The same mail sent twice, by an impatient customer or a second device, is one complaint.
DUPLICATE_DAYS = 7
ANSWER = re.compile(r"^\s*((re|fw|fwd|aw|wg|答复|回复|转发)\s*[:：]\s*)+", re.IGNORECASE)


class SalesComplaint(models.Model):
    """Complaints by e-mail, and what the customer is sent.

    Who sent a mail is not proven by its address: a mail registers a complaint or adds to one, it never takes a step.
    """

    _inherit = "sales.complaint"

    @api.model
    @api.private
    def message_new(self, msg_dict, custom_values=None):
        """Register a complaint from a mail, or find the one that the same mail has registered already.

        :param dict msg_dict: the parsed mail
        :param dict custom_values: defaults of the alias
        :return: sales.complaint
        """
        defaults = {
            name: value for name, value in (custom_values or {}).items() if name in ("team_id", "type_id", "company_id")
        }
        team = self.env["sales.complaint.team"].browse(defaults.get("team_id"))
        sender = email_normalize(msg_dict.get("email_from"), strict=False)
        subject = self._plain_subject(msg_dict.get("subject"))
        double = self._double(team, sender, subject)
        if double:
            return double
        author = self.env["res.partner"].browse(msg_dict.get("author_id"))
        ours = not author.company_id or author.company_id == team.company_id
        return self.create(
            {
                "type_id": team.type_id.id,
                "company_id": team.company_id.id,
                **defaults,
                "subject": subject,
                "channel": "email",
                "email_from": msg_dict.get("email_from"),
                "partner_id": author.id if ours and not self._is_staff(author) else False,
                "description": msg_dict.get("body"),
            }
        )

    @api.model
    def _plain_subject(self, subject):
        return ANSWER.sub("", subject or "").strip() or self.env._("Complaint without subject")

    @api.model
    def _double(self, team, sender, subject):
        """Return the open complaint that the same sender has made under the same subject some days ago."""
        if not sender:
            return self.browse()
        return self.search(
            [
                ("email_normalized", "=", sender),
                ("subject", "=", subject),
                ("team_id", "=", team.id),
                ("state", "not in", ("closed", "withdrawn")),
                ("create_date", ">=", fields.Datetime.subtract(fields.Datetime.now(), days=DUPLICATE_DAYS)),
            ],
            limit=1,
        )

    @api.private
    def message_update(self, msg_dict, update_vals=None):
        """Take a mail that answers: the clocks that waited for it go on."""
        result = super().message_update(msg_dict, update_vals)
        author = self.env["res.partner"].browse(msg_dict.get("author_id"))
        sender = msg_dict.get("email_from")
        # Who is not known may be a colleague of the customer's; a supplier, a carrier or an employee is known.
        self.filtered(lambda found: not author or found._is_from_customer(author, sender))._customer_answered()
        return result

    def _message_post_after_hook(self, message, msg_vals):
        """Keep what the customer has attached to a mail as evidence, as it was received."""
        result = super()._message_post_after_hook(message, msg_vals)
        staff = self._is_staff(message.author_id)
        # Only the gateway takes in mails; a client can call its own message one.
        theirs = self.env.su and self._is_from_customer(message.author_id, message.email_from)
        if message.message_type == "email" and theirs and not staff and self.state not in ("closed", "withdrawn"):
            limit = self.company_id.sales_complaint_file_mb * 1024 * 1024
            self.env["sales.complaint.evidence"].sudo()._add(
                [
                    {
                        "complaint_id": self.id,
                        "name": attachment.name,
                        "file": base64.b64encode(attachment.raw),
                        "note": message.email_from,
                    }
                    for attachment in message.sudo().attachment_ids
                    # What is too large stays with the message.
                    if attachment.raw and (not limit or len(attachment.raw) <= limit)
                ],
                "email",
            )
        return result

    @api.model
    def _is_staff(self, partner):
        """Return whether somebody is a colleague."""
        return bool(partner.user_ids.filtered(lambda user: not user.share))

    def _is_from_customer(self, author, email_from):
        """Return whether somebody of the customer wrote, or who complained."""
        customer = self._customer_contact().commercial_partner_id | self.commercial_partner_id
        sender = email_normalize(email_from, strict=False)
        return bool(author.commercial_partner_id & customer) or bool(sender and sender == self.email_normalized)

    def _creation_message(self):
        return self.env._("Complaint registered")

    def _mail_get_partner_fields(self, introspect_fields=False):
        return ["contact_id", "partner_id"]

    def _mail_get_partners(self, introspect_fields=False):
        # One person is written to: the portal's links are made for one.
        return {complaint.id: complaint._customer_contact() for complaint in self}

    def _rating_get_partner(self):
        return self.contact_id or self.partner_id

    def _customer_contact(self):
        """Return the person to whom letters and mails about this complaint go."""
        self.ensure_one()
        return self.contact_id or self.partner_id

    def _message_to_customer(self, text):
        """Send the customer a message; it stays in the thread and the answer comes back there.

        :param str text: plain text
        """
        for complaint in self.sudo():
            contact = complaint._customer_contact()
            complaint.message_post(
                body=plaintext2html(text),
                message_type="comment",
                subtype_xmlid="mail.mt_comment",
                author_id=self.env.user.partner_id.id,
                partner_ids=contact.ids,
                outgoing_email_to=False if contact else complaint.email_from,
                subject=complaint.display_name,
            )

    def _send_to_customer(self, template):
        """Send a template to the customers of these complaints who have an address."""
        reachable = self.sudo().filtered(lambda found: found._customer_contact().email or found.email_from)
        for complaint in reachable:
            complaint._portal_ensure_token()
        self.env.ref(template).sudo().send_mail_batch(reachable.ids)

    def _notify_get_recipients_groups(self, message, model_description, msg_vals=False):
        """Give customers the link to their own page, by token."""
        groups = super()._notify_get_recipients_groups(message, model_description, msg_vals=msg_vals)
        if not self:
            return groups
        self.ensure_one()
        customer = next((group for group in groups if group[0] == "portal_customer"), None)
        if customer:
            customer[2]["active"] = True
            customer[2]["has_button_access"] = True
            customer[2].setdefault("button_access", {})["url"] = (
                f"{self.get_base_url()}{self.access_url}?access_token={self.sudo()._portal_ensure_token()}"
            )
        return groups

    def _customer_messages(self):
        """Return what the customer may read of the thread: messages to and from the customer, no internal note."""
        self.ensure_one()
        comment = self.env.ref("mail.mt_comment")
        return (
            self.sudo()
            .message_ids.filtered(
                lambda message: (
                    message.subtype_id == comment
                    and not message.is_internal
                    and message.message_type in ("comment", "email")
                    and (
                        self._is_from_customer(message.author_id, message.email_from)
                        or (message.partner_ids | message.notified_partner_ids).commercial_partner_id
                        & self._customer_contact().commercial_partner_id
                        or (message.outgoing_email_to and message.author_id.user_ids)
                    )
                )
            )
            .sorted("id")
        )
