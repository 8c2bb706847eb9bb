# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models


class SalesPenaltyStep(models.Model):
    """What happened to a case, who did it and when: the trail that nobody can change (PEN-5)."""

    _name = "sales.penalty.step"
    _description = "Step of a Penalty"
    _inherit = ["sales.evidence.mixin"]
    _order = "id"
    _rec_name = "step"

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
    user_id = fields.Many2one("res.users", "By", required=True, readonly=True, ondelete="restrict")
    date = fields.Datetime("When", required=True, readonly=True)
    note = fields.Text(readonly=True)

    @api.model
    def _stamp(self, penalties, step, notes=None):
        """Record that the current user took a step with some cases, just now.

        :param penalties: sales.penalty
        :param str step: value of ``step``
        :param dict notes: case to text, where there is something to say
        """
        now = fields.Datetime.now()
        # Server-side only: nobody has the right to create steps. No default of the caller's context counts.
        self.sudo().with_context(default_note=False).create(
            [
                {
                    "penalty_id": penalty.id,
                    "step": step,
                    "user_id": self.env.uid,
                    "date": now,
                    "note": (notes or {}).get(penalty, False),
                }
                for penalty in penalties
            ]
        )
