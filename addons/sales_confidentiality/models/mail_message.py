# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, models

from .ir_attachment import OPEN_ONLY


class MailMessage(models.Model):
    _inherit = "mail.message"

    @api.model
    def _message_fetch(self, domain, **kwargs):
        """Find messages by names of those files only that the reader may open: an answer confirms a guess (CON-5)."""
        found = super(MailMessage, self.with_context(**{OPEN_ONLY: True}))._message_fetch(domain, **kwargs)
        return {**found, "messages": found["messages"].with_env(self.env)}

    def _portal_message_format(self, properties_names, options=None):
        """Leave secret files out of what the customer's page shows, unless the reader is cleared (CON-5)."""
        hidden = self.sudo().attachment_ids._confidentiality_secret()
        hidden -= hidden._confidentiality_open()
        messages = super()._portal_message_format(properties_names, options=options)
        for values in messages if hidden else []:
            shown = [file for file in values.get("attachment_ids") or [] if file["id"] not in hidden.ids]
            values["attachment_ids"] = shown
        return messages
