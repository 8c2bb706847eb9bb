# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import fields, models
from odoo.exceptions import UserError


class CalendarEvent(models.Model):
    _inherit = "calendar.event"

    def action_sales_log_contact(self):
        """Record a held meeting as a contact of the current user with each customer who took part (OWN-1).

        :raises UserError: when the meeting is not over, the user did not take part, or no customer did
        """
        self.ensure_one()
        self.check_access("read")
        if self.stop > fields.Datetime.now():
            raise UserError(self.env._("Record the meeting as a contact after it was held."))
        mine = self.attendee_ids.filtered(lambda attendee: attendee.partner_id == self.env.user.partner_id)
        if self.user_id != self.env.user and not mine:
            raise UserError(self.env._("Only those who took part can record this meeting as their contact."))
        customers = self.partner_ids.filtered(lambda partner: partner.partner_share).commercial_partner_id
        lead = self.opportunity_id.filtered(lambda lead: not lead.partner_id)
        if not customers and not lead:
            raise UserError(self.env._("No customer took part in this meeting. Add the customer as an attendee first."))
        Log = self.env["sales.contact.log"]
        # A title alone says little.
        people = ", ".join((self.partner_ids - self.env.user.partner_id).mapped("name")) or lead.name
        summary = self.env._("Meeting “%(title)s” with %(people)s", title=self.name, people=people)
        targets = [{"partner_id": customer.id} for customer in customers] or [{"lead_id": lead.id}]
        return Log._record_from(
            [
                {
                    **target,
                    "channel": "meeting",
                    "direction": "two_way",
                    "contact_date": self.start,
                    "duration": self.duration,
                    "summary": summary,
                }
                for target in targets
            ],
            event=self,
        )
