# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import fields, models


class SalesApprovalKind(models.Model):
    _inherit = "sales.approval.kind"

    usage = fields.Selection(
        selection_add=[("complaint_compensation", "Compensation for a complaint")],
        ondelete={"complaint_compensation": "cascade"},
    )
