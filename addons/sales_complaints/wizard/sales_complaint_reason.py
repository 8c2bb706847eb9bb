# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import fields, models


class SalesComplaintReason(models.TransientModel):
    """Ask for the words that belong to a step: why it is opened again or ended, what the customer is asked."""

    _name = "sales.complaint.reason"
    _description = "Reason"

    complaint_ids = fields.Many2many("sales.complaint", string="Complaints", required=True, readonly=True)
    step = fields.Selection(
        [("reopen", "Open Again"), ("withdraw", "Withdraw"), ("ask", "Ask the Customer")], required=True, readonly=True
    )
    reason = fields.Text("Text", required=True)

    def action_apply(self):
        """Take the step, as far as the current user may."""
        self.ensure_one()
        if self.step == "ask":
            self.complaint_ids._ask_customer(self.reason)
        elif self.step == "withdraw":
            self.complaint_ids._check_may_manage()
            self.complaint_ids._withdraw(self.reason)
        else:
            self.complaint_ids._check_may_handle()
            self.complaint_ids._reopen(self.reason)
        return {"type": "ir.actions.act_window_close"}
