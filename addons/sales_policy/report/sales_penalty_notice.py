# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, models


class SalesPenaltyNotice(models.AbstractModel):
    """The printed notice: of decided cases only (PEN-2)."""

    _name = "report.sales_policy.sales_penalty_notice"
    _description = "Notice"

    @api.model
    def _get_report_values(self, docids, data=None):
        cases = self.env["sales.penalty"].browse(docids)
        cases.check_access("read")
        cases._check_state("effective", "settled")
        return {"doc_ids": docids, "doc_model": "sales.penalty", "docs": cases}
