# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import SUPERUSER_ID, models

from ..shield.guard import classified_of, outside

READ_FIRST = {"subject", "body_html"}


class MailTemplate(models.Model):
    _inherit = "mail.template"

    def _generate_template(
        self, res_ids, render_fields, recipients_allow_suggested=False, find_or_create_partners=False
    ):
        """Render subject and body that somebody is going to read with their own rights.

        The composer computes them as superuser; mails that the server sends by itself ask for more than these.
        """
        person = self._confidentiality_person() if set(render_fields) <= READ_FIRST else self
        return super(MailTemplate, person)._generate_template(
            res_ids, render_fields, recipients_allow_suggested, find_or_create_partners
        )

    def _generate_template_attachments(self, res_ids, render_fields, render_results=None):
        """Render the reports of a mail with the rights of whoever writes it.

        The composer computes its files as superuser, and they belong to the person then.
        """
        person = self._confidentiality_person()
        return super(MailTemplate, person)._generate_template_attachments(
            res_ids, render_fields, render_results=render_results
        )

    def _confidentiality_person(self):
        """Return this template with the rights of whoever is at work, where anything is classified."""
        if self.env.su and self.env.uid != SUPERUSER_ID and classified_of(self.env):
            return outside(self.sudo(False))
        return self
