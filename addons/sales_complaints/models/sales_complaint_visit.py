# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import Command, fields, models
from odoo.exceptions import AccessError


class SalesComplaint(models.Model):
    """Visits to the customer stand in the calendar of who goes: to verify the grounds, or as decided (CMP-2, 7)."""

    _inherit = "sales.complaint"

    verified_by = fields.Selection(
        [("visit", "Visit"), ("photos", "Photos of the Dealer"), ("goods", "Goods Sent In")],
        "Grounds Verified By",
        tracking=True,
        help="Photos of a dealer stand for a visit.",
    )
    visit_count = fields.Integer("Visits", compute="_compute_visit_count")

    def _compute_visit_count(self):
        events = self.env["calendar.event"]
        domain = [("res_model", "=", self._name), ("res_id", "in", self.ids)]
        counts = dict(events._read_group(domain, ["res_id"], ["__count"]))
        for complaint in self:
            complaint.visit_count = counts.get(complaint.id, 0)

    def action_visit(self):
        """Open the calendar to plan a visit, or to see those there are. For who handles or investigates.

        :raises AccessError: for everybody else
        """
        self.ensure_one()
        self.check_access("read")
        if not self.can_propose and self.env.user not in self.sudo().participant_ids:
            raise AccessError(self.env._("%(complaint)s is not yours to investigate.", complaint=self.name))
        action = self.env["ir.actions.actions"]._for_xml_id("calendar.action_calendar_event")
        partner = self._customer_contact()
        return {
            **action,
            "domain": [("res_model", "=", self._name), ("res_id", "=", self.id)],
            "context": {
                "default_res_model": self._name,
                "default_res_id": self.id,
                "default_name": self.display_name,
                "default_partner_ids": (self.env.user.partner_id | partner).ids,
                "default_location": partner._display_address(without_company=True).replace("\n", ", ").strip(", "),
            },
        }

    def _plan_visit(self, title, person, day):
        """Put a visit into a colleague's calendar; the host gives the colleague the task that goes with it.

        The customer is told by who goes, not by an invitation of the server.

        :param str title: what it is about
        :param person: res.users who goes
        :param date day: when
        :return: calendar.event
        """
        self.ensure_one()
        partner = self._customer_contact()
        return (
            self.env["calendar.event"]
            .with_context(no_mail_to_attendees=True)
            .create(
                {
                    "name": f"{self.name}: {title}",
                    "allday": True,
                    "start": fields.Datetime.to_datetime(day),
                    "stop": fields.Datetime.to_datetime(day),
                    "user_id": person.id,
                    "partner_ids": [Command.set(person.partner_id.ids)],
                    "location": partner._display_address(without_company=True).replace("\n", ", ").strip(", "),
                    "res_model_id": self.env["ir.model"]._get_id(self._name),
                    "res_model": self._name,
                    "res_id": self.id,
                }
            )
        )
