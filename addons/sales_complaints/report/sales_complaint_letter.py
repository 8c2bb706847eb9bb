# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, models
from odoo.exceptions import UserError


class SalesComplaintLetter(models.AbstractModel):
    """The reply to the customer: of complaints that are answered only (CMP-3)."""

    _name = "report.sales_complaints.sales_complaint_letter"
    _description = "Reply to the Customer"

    @api.model
    def _get_report_values(self, docids, data=None):
        complaints = self.env["sales.complaint"].browse(docids)
        complaints.check_access("read")
        for complaint in complaints:
            if not complaint.reply_ids:
                raise UserError(
                    self.env._(
                        "%(complaint)s: record first what the customer is told. The letter says the same.",
                        complaint=complaint.name,
                    )
                )
        return {"doc_ids": docids, "doc_model": "sales.complaint", "docs": complaints}
