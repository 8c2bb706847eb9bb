# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models


class SalesShippingRequestStep(models.Model):
    """Who took which step of a shipping request, when, and whether in time: nobody can change it (SHP-7, SHP-13)."""

    _name = "sales.shipping.request.step"
    _description = "Step of a Shipping Request"
    _inherit = ["sales.step.mixin"]
    _rec_name = "step"
    _step_of = "request_id"

    request_id = fields.Many2one(
        "sales.shipping.request", required=True, index=True, readonly=True, ondelete="restrict"
    )
    company_id = fields.Many2one("res.company", required=True, index=True, readonly=True, ondelete="restrict")
    step = fields.Selection(
        [
            ("submitted", "Submitted"),
            ("checked", "Checked"),
            ("released", "Shipping Order Issued"),
            ("picking", "Preparation Begun"),
            ("shortage", "Shortage Reported"),
            ("answered", "Shortage Answered"),
            ("cut", "Rest Dropped"),
            ("shipped", "Shipped"),
            ("received", "Received"),
            ("closed", "Closed"),
            ("refused", "Refused"),
            ("cancelled", "Cancelled"),
        ],
        required=True,
        readonly=True,
    )
    date = fields.Datetime(index=True)
    target_date = fields.Datetime("Due", readonly=True)
    is_late = fields.Boolean("Late", readonly=True)
    hours = fields.Float("Hours Taken", readonly=True, aggregator="avg", help="Since the step before, on the clock.")

    @api.model
    def _step_values(self, record, now):
        # Not sliced: that would fetch the last step of each request by itself.
        dates, due = record.step_ids.mapped("date"), record.target_date
        return {
            "company_id": record.company_id.id,
            "target_date": due,
            "is_late": bool(due) and due < now,
            "hours": (now - dates[-1]).total_seconds() / 3600 if dates else 0,
        }
