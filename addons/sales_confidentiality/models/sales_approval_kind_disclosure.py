# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import fields, models


class SalesApprovalKind(models.Model):
    _inherit = "sales.approval.kind"

    usage = fields.Selection(
        selection_add=[("confidentiality_disclosure", "Disclosure of something confidential")],
        ondelete={"confidentiality_disclosure": "cascade"},
    )
