# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import fields, models


class SalesPenaltyStatement(models.Model):
    """What the person concerned says about a case, in the person's own words (PEN-5)."""

    _name = "sales.penalty.statement"
    _description = "Statement"
    _inherit = ["sales.evidence.mixin"]
    _order = "id"
    _rec_name = "person_name"

    penalty_id = fields.Many2one("sales.penalty", "Case", required=True, index=True, readonly=True, ondelete="restrict")
    person_name = fields.Char("Person", required=True, readonly=True)
    body = fields.Text("Statement", required=True, readonly=True)
    date = fields.Datetime("When", required=True, readonly=True)
    user_id = fields.Many2one("res.users", "Entered By", required=True, index=True, readonly=True, ondelete="restrict")
    is_taken_down = fields.Boolean(
        "Taken Down", readonly=True, help="Entered by somebody else for a person who could not write it."
    )
