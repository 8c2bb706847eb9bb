# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import models


class MailThread(models.AbstractModel):
    _inherit = "mail.thread"

    def _notify_by_web_push_prepare_payload(self, message, msg_vals=False, force_record_name=False):
        """Show no name of a secret file on the screens of telephones (CON-5)."""
        payload = super()._notify_by_web_push_prepare_payload(
            message, msg_vals=msg_vals, force_record_name=force_record_name
        )
        options = payload.get("options") or {}
        for file in message.sudo().attachment_ids._confidentiality_secret().sudo():
            if options.get("body"):
                options["body"] = options["body"].replace(file.name, self.env._("Secret file"))
        return payload
