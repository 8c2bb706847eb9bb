# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import fields, models

from ..shield.guard import inside


class IrActionsReport(models.Model):
    _inherit = "ir.actions.report"

    sales_confidential_open = fields.Boolean(
        "Prints Confidential Values",
        help="For papers that cannot do without, such as the delivery slip with the phone for the carrier. Who prints "
        "which records is logged.",
    )

    def _render_qweb_html(self, report_ref, docids, data=None):
        report = self._get_report(report_ref)
        if not report.sales_confidential_open:
            return super()._render_qweb_html(report_ref, docids, data=data)
        if docids and not self.env.su:
            self.env[report.model].browse(docids).check_access("read")
            self.env["sales.confidentiality.access"]._note("print", report.model, [report.report_name], docids)
        return super(IrActionsReport, inside(self))._render_qweb_html(report_ref, docids, data=data)
