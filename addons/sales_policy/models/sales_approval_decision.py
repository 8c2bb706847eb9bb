# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import fields, models


class SalesApprovalDecision(models.Model):
    """What one person said to one request, for whom and when."""

    _name = "sales.approval.decision"
    _description = "Decision"
    _inherit = ["sales.evidence.mixin"]
    _order = "id"
    _rec_name = "user_id"

    approval_id = fields.Many2one("sales.approval", required=True, index=True, readonly=True, ondelete="restrict")
    user_id = fields.Many2one("res.users", "Decided By", required=True, readonly=True, ondelete="restrict")
    on_behalf_of_id = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    verdict = fields.Selection([("approved", "Approved"), ("refused", "Refused")], required=True, readonly=True)
    date = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)
    note = fields.Char(readonly=True)
