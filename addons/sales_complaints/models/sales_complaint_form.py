# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import fields, models


class SalesComplaint(models.Model):
    """The forms of the written policy; a copy goes to the company office when a complaint is closed (CMP-4)."""

    _inherit = "sales.complaint"

    def action_print_form(self):
        """Print the handling form of each complaint: that for quality, or that for service."""
        return self.env.ref("sales_complaints.sales_complaint_form_report").report_action(self)

    def _copy_to_office(self):
        """Tell the office that complaints were closed; the form lies in the complaint."""
        for company, complaints in self.sudo().grouped("company_id").items():
            address = company.sales_complaint_office_email
            if address:
                template = self.env.ref("sales_complaints.mail_template_complaint_office").sudo()
                template.send_mail_batch(complaints.ids, email_values={"email_to": address})

    def _form_date(self, moment):
        """Return a naive UTC datetime as the date that stands on paper."""
        return self.company_id.sudo()._sales_local_date(moment) if moment else ""

    def _form_today(self):
        return self._form_date(fields.Datetime.now())

    def _form_lang(self):
        """Return the language of the form: that of the company."""
        return self.company_id.sudo().partner_id.lang or self.env.lang

    def _letter_lang(self):
        """Return the language of the letter: that of who gets it."""
        return self._customer_contact().lang or self._form_lang()

    def _letter_greeting(self):
        """Return how the letter addresses who gets it."""
        return self.env._("Dear %(name)s,", name=self._customer_contact().name or self.env._("customer"))

    def _letter_dispositions(self):
        """Return what the customer gets by the present decision."""
        return self.disposition_ids.filtered(
            lambda found: found.state in ("decided", "going", "done") and found.kind not in ("nothing", "visit")
        )
