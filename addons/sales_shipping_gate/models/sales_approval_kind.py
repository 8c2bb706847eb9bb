# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import fields, models


class SalesApprovalKind(models.Model):
    _inherit = "sales.approval.kind"

    usage = fields.Selection(
        selection_add=[("shipping_release", "Special release of a shipment")],
        ondelete={"shipping_release": "cascade"},
    )
