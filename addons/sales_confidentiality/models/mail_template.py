# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import SUPERUSER_ID, models


class MailTemplate(models.Model):
    _inherit = "mail.template"

    def _generate_template_attachments(self, res_ids, render_fields, render_results=None):
        """Render the reports of a mail with the rights of whoever writes it.

        The composer computes its files as superuser, and they belong to the person then.
        """
        person = self
        if self.env.su and self.env.uid != SUPERUSER_ID and type(self.env["sales.confidentiality.rule"])._classified:
            person = self.sudo(False)
        return super(MailTemplate, person)._generate_template_attachments(
            res_ids, render_fields, render_results=render_results
        )
