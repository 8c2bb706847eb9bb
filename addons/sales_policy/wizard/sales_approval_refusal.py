# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import fields, models


class SalesApprovalRefusal(models.TransientModel):
    """Say why requests are refused."""

    _name = "sales.approval.refusal"
    _description = "Refuse"

    approval_ids = fields.Many2many("sales.approval", required=True)
    note = fields.Char("Reason", required=True)

    def action_apply(self):
        """Refuse the requests; the approval checks who may."""
        self.ensure_one()
        return self.approval_ids._decide("refused", self.note)
