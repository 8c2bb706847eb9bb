# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import fields, models


class SalesComplaintRound(models.Model):
    """What one round of a complaint came to, kept when the complaint was reopened (CMP-2)."""

    _name = "sales.complaint.round"
    _description = "Earlier Round of a Complaint"
    _inherit = ["sales.evidence.mixin"]
    _order = "id"
    _rec_name = "number"

    complaint_id = fields.Many2one("sales.complaint", required=True, index=True, readonly=True, ondelete="restrict")
    number = fields.Integer("Round", required=True, readonly=True)
    ended = fields.Char("Ended As", readonly=True)
    cause = fields.Char(readonly=True)
    whys = fields.Text("Five Whys", readonly=True)
    findings = fields.Text(readonly=True)
    grounds = fields.Char(readonly=True)
    decision = fields.Text(readonly=True)
    decider_id = fields.Many2one("res.users", "Decided By", readonly=True, ondelete="restrict")
    decided_date = fields.Datetime("Decided On", readonly=True)
    closed_date = fields.Datetime("Closed On", readonly=True)
    reason = fields.Text("Reopened Because", required=True, readonly=True)
