# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import fields, models


class RepairOrder(models.Model):
    _name = "repair.order"
    _inherit = ["repair.order", "sales.closed.mixin"]

    sales_disposition_ids = fields.One2many(
        "sales.complaint.disposition",
        "repair_id",
        string="Dispositions of Complaints",
        readonly=True,
        copy=False,
        groups=fields.NO_ACCESS,
    )
