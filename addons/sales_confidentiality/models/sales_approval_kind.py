# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import fields, models


class SalesApprovalKind(models.Model):
    _inherit = "sales.approval.kind"

    usage = fields.Selection(
        selection_add=[("confidentiality_grant", "Temporary grant of confidential values")],
        ondelete={"confidentiality_grant": "cascade"},
    )
