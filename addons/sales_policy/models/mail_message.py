# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import html2plaintext

CALL, MEETING = "phonecall", "meeting"
SUMMARY_LENGTH = 500


class MailMessage(models.Model):
    _inherit = "mail.message"

    def action_sales_log_contact(self):
        """Record an exchanged message or a finished call as a contact of the current user (OWN-1).

        Automatic mails and internal notes are no contact.

        :raises UserError: when the message is none of the user's exchanges with a customer
        """
        self.ensure_one()
        self.check_access("read")
        target = self._sales_customer()
        if not target:
            raise UserError(self.env._("This message does not belong to a customer."))
        activity = self.mail_activity_type_id
        mine = self.author_id == self.env.user.partner_id
        if activity and activity.category in (CALL, MEETING) and mine:
            channel, direction = ("call" if activity.category == CALL else "meeting"), "two_way"
        elif self.message_type not in ("email", "comment") or self.is_internal or self.subtype_id.internal:
            raise UserError(self.env._("Automatic messages and internal notes are not contacts with the customer."))
        elif mine:
            channel, direction = "email", "out"
            if not self.partner_ids.filtered("partner_share") and not self.notified_partner_ids.filtered(
                "partner_share"
            ):
                raise UserError(self.env._("This message was not sent to the customer."))
        elif not self.author_id or self.author_id.partner_share:
            channel, direction = "email", "in"
        else:
            raise UserError(self.env._("Only its author can record this message as a contact."))
        text = html2plaintext(self.body or "").strip()
        return self.env["sales.contact.log"]._record_from(
            [
                {
                    **target,
                    "channel": channel,
                    "direction": direction,
                    "contact_date": self.date,
                    "summary": (self.subject + "\n" + text if self.subject else text)[:SUMMARY_LENGTH]
                    or self.record_name,
                    "next_step": False,
                }
            ],
            message=self,
        )

    def _sales_customer(self):
        """Return which customer or lead a message is about, as values of a contact log; empty if none."""
        if not self.model or not self.res_id or self.model not in self.env:
            return {}
        record = self.env[self.model].browse(self.res_id)
        if self.model == "res.partner":
            return {"partner_id": record.id}
        if self.model == "crm.lead":
            return {"partner_id": record.partner_id.id, "lead_id": record.id}
        if self.model == "sale.order":
            return {"partner_id": record.partner_id.id}
        return {}
