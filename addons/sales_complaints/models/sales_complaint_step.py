# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models


class SalesComplaintStep(models.Model):
    """What happened to a complaint, who did it and when: the trail that nobody can change (CMP-2)."""

    _name = "sales.complaint.step"
    _description = "Step of a Complaint"
    _inherit = ["sales.step.mixin"]
    _rec_name = "step"
    _step_of = "complaint_id"

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

    @api.model
    def _step_values(self, record, now):
        return {"round": record.round}
