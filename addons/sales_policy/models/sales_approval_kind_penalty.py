# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, models
from odoo.exceptions import ValidationError


class SalesApprovalKind(models.Model):
    """Penalties are never decided by the person concerned, the proposer, or who took down the answer (PEN-5)."""

    _inherit = "sales.approval.kind"

    @api.constrains("usage", "exclude_profiteers")
    def _check_penalty_is_impartial(self):
        for kind in self:
            if kind.usage == "penalty" and not kind.exclude_profiteers:
                raise ValidationError(
                    self.env._(
                        "“%(kind)s” decides about penalties: whoever proposed one or is concerned never decides it.",
                        kind=kind.name,
                    )
                )
