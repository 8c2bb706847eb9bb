# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import fields, models


class SalesConfidentialityReport(models.TransientModel):
    """Report a leak, in two fields. For everybody who works here (CON-9)."""

    _name = "sales.confidentiality.report"
    _description = "Report a Leak"

    what = fields.Text("What Happened", required=True)
    involved = fields.Text("Who or What Is Concerned")

    def action_report(self):
        """Report it. What was typed here is removed at once: the officers have it."""
        self.ensure_one()
        incident = self.env["sales.confidentiality.incident"]._report(self.what, self.involved)
        number = incident.name
        self.unlink()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "title": self.env._("Thank you"),
                "message": self.env._(
                    "It is reported under %(number)s. Only confidentiality officers can read it, and your name.",
                    number=number,
                ),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
