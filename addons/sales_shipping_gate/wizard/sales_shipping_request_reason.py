# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import fields, models


class SalesShippingRequestReason(models.TransientModel):
    """Ask for the reason of a step that stops a shipping request."""

    _name = "sales.shipping.request.reason"
    _description = "Reason for Stopping a Shipping Request"

    request_ids = fields.Many2many("sales.shipping.request", required=True, readonly=True)
    step = fields.Selection([("refuse", "Refuse"), ("cancel", "Cancel")], required=True, readonly=True)
    reason = fields.Text(required=True)

    def action_apply(self):
        """Take the step; the requests check who may do so."""
        self.ensure_one()
        take = {"refuse": self.request_ids._refuse, "cancel": self.request_ids._cancel}[self.step]
        take(self.reason)
        return {"type": "ir.actions.act_window_close"}
