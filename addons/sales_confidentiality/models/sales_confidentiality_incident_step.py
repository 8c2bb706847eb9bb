# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import fields, models


class SalesConfidentialityIncidentStep(models.Model):
    """One step in looking into a leak: who took it and when (CON-9)."""

    _name = "sales.confidentiality.incident.step"
    _description = "Step of a Leak"
    _inherit = ["sales.step.mixin"]

    _step_of = "incident_id"

    incident_id = fields.Many2one(
        "sales.confidentiality.incident", required=True, readonly=True, index=True, ondelete="restrict"
    )
    step = fields.Selection(
        [
            ("begun", "Begun"),
            ("suspended", "Clearances suspended"),
            ("penalty", "Penalty or reward proposed"),
            ("closed", "Case Closed"),
            ("reopened", "Opened again"),
        ],
        required=True,
        readonly=True,
    )
