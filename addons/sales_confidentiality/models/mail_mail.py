# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import models
from odoo.tools import html_escape
from odoo.tools.mail import append_content_to_html

from .ir_attachment_secret import LEFT_OUT


class MailMail(models.Model):
    _inherit = "mail.mail"

    def _prepare_outgoing_list(self, *args, **kwargs):
        """Leave secret files out of what is sent: e-mail is no secure means (CON-5). The reader is told."""
        secret = self.sudo().attachment_ids._confidentiality_secret()
        if not secret:
            return super()._prepare_outgoing_list(*args, **kwargs)
        results = super(MailMail, self.with_context(**{LEFT_OUT: True}))._prepare_outgoing_list(*args, **kwargs)
        note = self.env._(
            "%(count)s secret file(s) were not sent by e-mail. Please open them in Odoo.", count=len(secret)
        )
        for result in results:
            result["body"] = append_content_to_html(result["body"], html_escape(note), plaintext=False)
            result["body_alternative"] += f"\n{note}"
        return results
