# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import fields, models


class SalesComplaintDecision(models.TransientModel):
    """Decide complaints: whether the customer is right, and why (CMP-7)."""

    _name = "sales.complaint.decision"
    _description = "Decide a Complaint"

    complaint_ids = fields.Many2many("sales.complaint", string="Complaints", required=True, readonly=True)
    grounds = fields.Selection(
        lambda self: self.env["sales.complaint"]._fields["grounds"]._description_selection(self.env),
        "The Customer's Grounds",
        required=True,
    )
    note = fields.Text("Reasons", required=True)

    def action_apply(self):
        """Decide; the complaints check who may do so."""
        self.ensure_one()
        self.complaint_ids._decide(self.grounds, self.note)
        return {"type": "ir.actions.act_window_close"}
