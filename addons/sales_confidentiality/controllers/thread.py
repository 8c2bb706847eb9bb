# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo.addons.mail.controllers.thread import ThreadController
from odoo.http import request, route

from ..shield.guard import is_shown


class ConfidentialThread(ThreadController):
    @route()
    def mail_thread_partner_from_email(self, thread_model, thread_id, emails):
        """Tell only about contacts whose e-mail the user sees: an answer would confirm a guess."""
        found = super().mail_thread_partner_from_email(thread_model, thread_id, emails)
        partners = request.env["res.partner"].browse([partner["id"] for partner in found])
        shown = {partner.id for partner in partners if is_shown(partner, "email")}
        return [partner for partner in found if partner["id"] in shown]
