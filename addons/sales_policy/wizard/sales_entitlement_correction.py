# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import fields, models


class SalesEntitlementCorrection(models.TransientModel):
    """Take entitlements back by counter-entries, as a sales manager's recorded decision (OWN-8)."""

    _name = "sales.entitlement.correction"
    _description = "Correct Entitlement"

    entitlement_ids = fields.Many2many("sales.entitlement", required=True)
    user_id = fields.Many2one(
        "res.users",
        "Entitled Instead",
        domain="[('share', '=', False)]",
        help="Empty: nobody is entitled instead.",
    )
    reason = fields.Char(required=True)

    def action_apply(self):
        """Record the counter-entries; the entitlement checks that a sales manager makes them."""
        self.ensure_one()
        self.entitlement_ids._sales_correct(self.reason, self.user_id)
        return {"type": "ir.actions.act_window_close"}
