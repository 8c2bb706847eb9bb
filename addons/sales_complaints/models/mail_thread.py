# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

import logging

from odoo import models

_logger = logging.getLogger(__name__)


class MailThread(models.AbstractModel):
    _inherit = "mail.thread"

    def _message_route_process(self, message, message_dict, routes):
        """Let mails that a machine has sent by itself create no complaint and add to none (RFC 3834)."""
        automatic = (
            (message.get("Auto-Submitted") or "no").split(";")[0].strip().lower() != "no"
            or bool(message.get("X-Autoreply") or message.get("X-Autorespond"))
            or (message.get("Precedence") or "").strip().lower() in ("auto_reply", "bulk", "junk", "list")
        )
        if automatic and any(route[0] == "sales.complaint" for route in routes or ()):
            _logger.info("Automatic mail from %s is no complaint: ignored", message_dict.get("email_from"))
            routes = [route for route in routes if route[0] != "sales.complaint"]
        return super()._message_route_process(message, message_dict, routes)
