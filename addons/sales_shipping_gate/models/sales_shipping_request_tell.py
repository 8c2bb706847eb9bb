# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.addons.sales_policy.tools import tell
from odoo.fields import Domain

from .sale_order import SALES_MANAGER
from .sales_shipping_request import OPEN


class SalesShippingRequest(models.Model):
    """Who is told what about a request, and who holds it (SHP-2, SHP-6, SHP-13)."""

    _inherit = "sales.shipping.request"

    def _waiting_for(self):
        """Return in one sentence who holds the request, for what; nothing for no request."""
        if not self:
            return ""
        self.ensure_one()
        since = self.company_id._sales_format_moment(self.step_ids[-1:].date or self.create_date)
        if self.state == "submitted":
            return self.env._(
                "Held for the sales clerk since %(since)s: %(request)s has to be checked.",
                since=since,
                request=self.name,
            )
        return self.env._(
            "%(request)s is checked; the shipping order is issued when the goods are paid for or specially released.",
            request=self.name,
        )

    def _tell(self, people, subject, body):
        """Notify people about requests, each in their language.

        :param dict people: request to res.users
        :param subject: function of a request in the reader's language to str
        :param body: function of a request in the reader's language to str
        """
        for request, users in people.items():
            tell(request.sudo(), (users - self.env.user).filtered("active"), subject, body)

    def _tell_requester(self, subject, body):
        self._tell({request: request.requester_id for request in self.sudo()}, subject, lambda _request: body)

    def _pickings(self):
        """Return the deliveries with which goods of these requests have left."""
        moves = self.sudo().line_ids.order_line_id.move_ids
        return moves.filtered(lambda move: move.state == "done" and move.location_dest_id._gate_exits()).picking_id

    def _shipping_notes(self):
        """Return for each request with which deliveries, carriers and tracking numbers its goods left."""
        return {
            request: "; ".join(
                " ".join(filter(None, [picking.name, picking.carrier_id.name, picking.carrier_tracking_ref]))
                for picking in request._pickings()
            )
            for request in self
        }

    def _tell_shipped(self):
        """Tell requester and clerk with whom the goods left (SHP-6)."""
        notes = self._shipping_notes()
        self._tell(
            {request: request.requester_id | request.clerk_id for request in self.sudo()},
            lambda request: request.env._("%(request)s has left", request=request.name),
            lambda request: notes[request] or request.env._("The goods have left."),
        )

    @api.model
    def _cron_escalate(self, batch=500):
        """Tell requester, clerk, team leader and sales managers once of every step that is late (SHP-13)."""
        domain = Domain("state", "in", OPEN) & Domain("target_date", "<", fields.Datetime.now())
        late = self.search(domain & Domain("escalated_date", "=", False), order="target_date")
        remaining = len(late)
        for start in range(0, len(late), batch):
            requests = late[start : start + batch]
            people = {}
            for request in requests:
                above = request.company_id._sales_users_of(SALES_MANAGER)
                people[request] = request.requester_id | request.clerk_id | request.order_id.team_id.user_id | above
            requests._tell(
                people,
                lambda request: request.env._("%(request)s is late", request=request.name),
                lambda request: request.env._(
                    "%(state)s: the next step was due on %(due)s.",
                    state=dict(request._fields["state"]._description_selection(request.env))[request.state],
                    due=request.company_id._sales_format_moment(request.target_date),
                ),
            )
            requests.write({"escalated_date": fields.Datetime.now()})
            remaining -= len(requests)
            if not self.env["ir.cron"]._commit_progress(len(requests), remaining=remaining):
                break
