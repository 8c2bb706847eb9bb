# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.tools import clean_context


class SalesShippingRequestStep(models.Model):
    """Who took which step of a shipping request, when, and whether in time: nobody can change it (SHP-7, SHP-13)."""

    _name = "sales.shipping.request.step"
    _description = "Step of a Shipping Request"
    _inherit = ["sales.evidence.mixin"]
    _order = "id"
    _rec_name = "step"

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
    user_id = fields.Many2one("res.users", "By", required=True, readonly=True, ondelete="restrict")
    date = fields.Datetime("When", required=True, readonly=True, index=True)
    target_date = fields.Datetime("Due", readonly=True)
    is_late = fields.Boolean("Late", readonly=True)
    hours = fields.Float("Hours Taken", readonly=True, aggregator="avg", help="Since the step before, on the clock.")
    note = fields.Text(readonly=True)

    @api.model
    def _stamp(self, requests, step, notes=None, user=None):
        """Record that a step was taken with some requests, just now.

        :param requests: sales.shipping.request
        :param str step: value of ``step``
        :param dict notes: request to text, where there is something to say
        :param user: who took it; the current user where nobody is named
        """
        now, user = fields.Datetime.now(), user or self.env.user
        rows = []
        for request in requests.sudo():
            before, due = request.step_ids[-1:].date, request.target_date
            rows.append(
                {
                    "request_id": request.id,
                    "company_id": request.company_id.id,
                    "step": step,
                    "user_id": user.id,
                    "date": now,
                    "target_date": due,
                    "is_late": bool(due) and due < now,
                    "hours": (now - before).total_seconds() / 3600 if before else 0,
                    "note": (notes or {}).get(request, False),
                }
            )
        # Server-side only: nobody has the right to create steps. No default of the caller's context counts.
        self.sudo().with_context(clean_context(self.env.context)).create(rows)
