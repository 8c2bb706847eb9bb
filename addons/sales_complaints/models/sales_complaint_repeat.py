# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import models


class SalesComplaint(models.Model):
    """Complaints that repeat: the same goods of the same lot or colour, within some days."""

    _inherit = "sales.complaint"

    def _alert_repeats(self):
        """Tell the complaint managers when the same lot or colour is complained about once too often."""
        for company, complaints in self.sudo().grouped("company_id").items():
            hot = company._sales_complaint_hot()
            for complaint in complaints:
                keys = [key for line in complaint.line_ids for key in line._repeat_keys() if key in hot]
                # One alert when the number is reached; those that follow are in the report.
                if not any(len(hot[key]) == company.sales_complaint_alert_count for key in keys):
                    continue
                names = ", ".join(sorted({f"{product.display_name} {mark}" for product, mark in keys}))
                for user in complaint.company_id._sales_users_of("sales_complaints.group_complaint_manager"):
                    told = complaint.with_context(lang=user.lang)
                    told.activity_schedule(
                        "mail.mail_activity_data_todo",
                        summary=told.env._("Complaints repeat: %(goods)s", goods=names),
                        user_id=user.id,
                    )
