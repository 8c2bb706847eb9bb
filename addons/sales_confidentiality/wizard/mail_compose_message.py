# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import models
from odoo.exceptions import UserError


class MailComposeMessage(models.TransientModel):
    _inherit = "mail.compose.message"

    def _action_send_mail(self, auto_commit=False):
        """Refuse to send secret files by e-mail (CON-5), and quotations to partners who signed nothing (CON-3).

        A note on a record may refer to them.

        :raises UserError: naming what has to be done first
        """
        for wizard in self:
            secret = wizard.sudo().attachment_ids._confidentiality_secret()
            if secret and not wizard.subtype_is_log:
                raise UserError(
                    self.env._(
                        "%(count)s of the attachments are secret and do not leave by e-mail. Take them out, and record "
                        "a disclosure if they have to be handed over.",
                        count=len(secret),
                    )
                )
            if wizard.model == "sale.order" and not wizard.subtype_is_log:
                self.env["sale.order"].browse(wizard._evaluate_res_ids())._confidentiality_check_sending()
        return super()._action_send_mail(auto_commit=auto_commit)
