# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import fields, models


class SalesPenaltyStep(models.Model):
    """What happened to a case, who did it and when: the trail that nobody can change (PEN-5)."""

    _name = "sales.penalty.step"
    _description = "Step of a Penalty"
    _inherit = ["sales.step.mixin"]
    _rec_name = "step"
    _step_of = "penalty_id"

    penalty_id = fields.Many2one("sales.penalty", "Case", required=True, index=True, readonly=True, ondelete="restrict")
    step = fields.Selection(
        [
            ("drafted", "Drafted"),
            ("proposed", "Proposed"),
            ("heard", "Hearing Opened"),
            ("answered", "Answered"),
            ("taken_down", "Answer Taken Down"),
            ("lowered", "Lowered"),
            ("asked", "Decision Asked"),
            ("effective", "Approved, Effective"),
            ("halted", "Halted"),
            ("resumed", "Resumed"),
            ("posted", "Posted in the Books"),
            ("settled", "Settled with Payroll"),
            ("published", "Notice Published"),
            ("dropped", "Dropped"),
        ],
        required=True,
        readonly=True,
    )
