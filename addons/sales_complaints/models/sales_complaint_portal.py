# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

import math

from odoo import Command, api, models
from odoo.exceptions import UserError
from odoo.tools import plaintext2html

# What a customer is told of each state; the steps between are nobody's business but the company's.
PROGRESS = ("registered", "acknowledged", "investigation", "executing", "informed", "closed")


class SalesComplaint(models.Model):
    """What customers see and do on the portal. They have no rights to the model; the routes check whose it is."""

    _inherit = "sales.complaint"

    @api.model
    def _portal_domain(self, user):
        """Return which complaints belong to the company of a portal user."""
        return [("commercial_partner_id", "=", user.partner_id.commercial_partner_id.id)]

    @api.model
    def _count_of(self, user):
        return self.sudo().search_count(self._portal_domain(user))

    @api.model
    def _page_of(self, user, limit, offset):
        return self.sudo().search(self._portal_domain(user), limit=limit, offset=offset)

    def _is_of(self, user):
        """Return whether this complaint belongs to the company of a user who has logged in."""
        customer = self.commercial_partner_id
        return bool(customer) and not user._is_public() and user.partner_id.commercial_partner_id == customer

    def _portal_ensure_token(self):
        # Nobody but the server reads it.
        return super(SalesComplaint, self.sudo())._portal_ensure_token()

    @api.private
    def get_portal_url(self, *args, **kwargs):
        # The host lets everybody call it, and it answers with the token.
        return super().get_portal_url(*args, **kwargs)

    def _sign_token(self, pid):
        # The host signs what goes out with every notification, whoever sends it.
        return super(SalesComplaint, self.sudo())._sign_token(pid)

    @api.model
    def _types_of(self, company):
        """Return the types from which customers choose."""
        return self.env["sales.complaint.type"].sudo().search([("company_id", "in", [False, company.id])])

    @api.model
    def _lines_to_complain(self, order):
        """Return the lines of an order of which something was delivered, as superuser."""
        return order.sudo().order_line.filtered(
            lambda line: not line.display_type and not line.is_downpayment and line.qty_delivered > 0
        )

    @api.model
    def _register_from_portal(self, order, user, form, files):
        """Register a complaint of a customer about an order.

        :param order: sale.order that the customer has opened
        :param user: the current user, maybe the public one
        :param dict form: what was sent; only subject, description, type, and quantities of lines of the order count
        :param list files: pairs of name and base64 content
        :return: sales.complaint, as superuser
        :raises UserError: when subject or description is missing, or more is complained about than was delivered
        """
        subject, description = ((form.get(name) or "").strip() for name in ("subject", "description"))
        if not subject or not description:
            raise UserError(self.env._("Please tell us in a few words what is wrong, and describe it."))
        company = order.sudo().company_id
        types = self._types_of(company)
        chosen = types.filtered(lambda found: str(found.id) == form.get("type_id"))[:1] or types[:1]
        lines = []
        for line in self._lines_to_complain(order):
            quantity = self._number(form.get(f"quantity_{line.id}"))
            if quantity > 0:
                text = (form.get(f"colour_{line.id}") or "").strip()[:64]
                lines.append(Command.create({"sale_line_id": line.id, "quantity": quantity, "colour": text}))
        partner = user.partner_id if self._may_speak_for(user, order) else order.sudo().partner_id
        complaint = self.sudo().create(
            {
                "subject": subject[:200],
                "description": plaintext2html(description[:10000]),
                "type_id": chosen.id,
                "company_id": company.id,
                "channel": "portal",
                "partner_id": order.sudo().partner_id.id,
                "contact_id": partner.id,
                "contact_phone": partner.phone,
                "email_from": partner.email,
                "order_id": order.id,
                "line_ids": lines,
            }
        )
        complaint._keep_files(files)
        return complaint

    @api.model
    def _may_speak_for(self, user, order):
        customer = order.sudo().partner_id.commercial_partner_id
        return not user._is_public() and user.partner_id.commercial_partner_id == customer

    @api.model
    def _number(self, text):
        try:
            number = float((text or "0").replace(",", "."))
        except ValueError:
            number = math.inf
        if not math.isfinite(number):
            raise UserError(self.env._("“%s” is no quantity. Please enter a number.", text))
        return number

    def _take_from_customer(self, user, message, files):
        """Take a message and files of the customer; clocks that waited for them go on.

        :param user: the current user, maybe the public one
        :param str message: plain text
        :param list files: pairs of name and base64 content
        """
        self.ensure_one()
        message = (message or "").strip()
        if not message and not files:
            raise UserError(self.env._("Please write something, or choose photos."))
        self._keep_files(files)
        author = user.partner_id if self._is_of(user) else self._customer_contact()
        names = ", ".join(name for name, _content in files)
        self.message_post(
            body=plaintext2html("\n".join(filter(None, [message[:10000], names]))),
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            author_id=author.id,
            email_from=author.email_formatted or self.email_from,
        )
        self._customer_answered()

    def _keep_files(self, files):
        self.env["sales.complaint.evidence"]._add(
            [{"complaint_id": self.id, "name": name[:200], "file": content} for name, content in files], "customer"
        )

    def _may_be_rated(self):
        self.ensure_one()
        rated = self.step_ids.filtered(lambda step: step.step == "rated" and step.round == self.round)
        return self.state in ("informed", "closed") and not rated

    def _progress(self):
        """Return how far the complaint is, as the customer is told.

        :return: list of pairs of label and whether it is reached
        """
        self.ensure_one()
        labels = {
            "registered": self.env._("Received"),
            "acknowledged": self.env._("Read"),
            "investigation": self.env._("We look into it"),
            "executing": self.env._("We carry it out"),
            "informed": self.env._("You have our answer"),
            "closed": self.env._("Closed"),
        }
        place = {"reopened": 1, "proposal": 2, "decided": 3, "unfounded": 3, "withdrawn": 5}
        reached = PROGRESS.index(self.state) if self.state in PROGRESS else place[self.state]
        return [(labels[state], index <= reached) for index, state in enumerate(PROGRESS)]
