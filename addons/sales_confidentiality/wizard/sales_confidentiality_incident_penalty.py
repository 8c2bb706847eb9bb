# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import fields, models


class SalesConfidentialityIncidentPenalty(models.TransientModel):
    """Propose a penalty for a breach, or a reward for loyalty (CON-11)."""

    _name = "sales.confidentiality.incident.penalty"
    _description = "Penalty or Reward for a Leak"

    incident_id = fields.Many2one("sales.confidentiality.incident", required=True)
    employee_id = fields.Many2one("hr.employee", "Person", required=True)
    rule_id = fields.Many2one(
        "sales.penalty.rule", "Schedule", required=True, domain="[('source', 'in', ('confidentiality', 'other'))]"
    )
    facts = fields.Text(required=True, help="The person concerned reads this. Do not tell who has reported the leak.")

    def action_apply(self):
        """Propose the case in the name of the officer, who thereby never decides it."""
        self.ensure_one()
        incident = self.incident_id
        incident._take("open")
        self.env["sales.penalty"]._propose(
            [
                {
                    "employee_id": self.employee_id.id,
                    "rule_id": self.rule_id.id,
                    "facts": self.facts,
                    "res_model": incident._name,
                    "res_id": incident.id,
                }
            ]
        )
        self.env["sales.confidentiality.incident.step"]._stamp(incident, "penalty")
        return {"type": "ir.actions.act_window_close"}
