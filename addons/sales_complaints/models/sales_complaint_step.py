# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models


class SalesComplaintStep(models.Model):
    """What happened to a complaint, who did it and when: the trail that nobody can change (CMP-2)."""

    _name = "sales.complaint.step"
    _description = "Step of a Complaint"
    _inherit = ["sales.evidence.mixin"]
    _order = "id"
    _rec_name = "step"

    complaint_id = fields.Many2one("sales.complaint", required=True, index=True, readonly=True, ondelete="restrict")
    round = fields.Integer(required=True, readonly=True)
    step = fields.Selection(
        [
            ("registered", "Registered"),
            ("acknowledged", "Acknowledged"),
            ("investigated", "Departments Informed"),
            ("asked_customer", "Customer Asked"),
            ("customer_answered", "Customer Answered"),
            ("classified", "Reclassified"),
            ("proposed", "Settlement Proposed"),
            ("asked", "Approval Asked"),
            ("decided", "Decided"),
            ("reconsidered", "Decision Taken Back"),
            ("executed", "Disposition Set Going"),
            ("informed", "Customer Informed"),
            ("confirmed", "Customer Confirmed"),
            ("rated", "Customer Rated"),
            ("penalty", "Penalties Proposed"),
            ("closed", "Closed"),
            ("withdrawn", "Withdrawn"),
            ("reopened", "Reopened"),
        ],
        required=True,
        readonly=True,
    )
    user_id = fields.Many2one("res.users", "By", required=True, readonly=True, ondelete="restrict")
    date = fields.Datetime("When", required=True, readonly=True)
    note = fields.Text(readonly=True)

    @api.model
    def _stamp(self, complaints, step, notes=None):
        """Record that the current user took a step with some complaints, just now.

        :param complaints: sales.complaint
        :param str step: value of ``step``
        :param dict notes: complaint id to text, where there is something to say
        """
        now = fields.Datetime.now()
        # Server-side only: nobody has the right to create steps. No default of the caller's context counts.
        self.sudo().with_context(default_note=False).create(
            [
                {
                    "complaint_id": complaint.id,
                    "round": complaint.round,
                    "step": step,
                    "user_id": self.env.uid,
                    "date": now,
                    "note": (notes or {}).get(complaint.id, False),
                }
                for complaint in complaints.sudo()
            ]
        )
