# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import fields, models


class SalesCreditDecision(models.TransientModel):
    """Credit confirmed orders to somebody else, as a sales manager's recorded decision (OWN-3)."""

    _name = "sales.credit.decision"
    _description = "Decide Credit"

    order_ids = fields.Many2many("sale.order", required=True)
    user_id = fields.Many2one("res.users", "Credited To", required=True, domain="[('share', '=', False)]")
    reason = fields.Char(required=True)

    def action_apply(self):
        """Record the decision; the order checks that a sales manager makes it."""
        self.ensure_one()
        self.order_ids._sales_decide_credit(self.user_id, self.reason)
        return {"type": "ir.actions.act_window_close"}
