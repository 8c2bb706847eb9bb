# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import fields, models
from odoo.tools import SQL


class ResPartner(models.Model):
    _inherit = "res.partner"

    # Bumped by every shipment on credit, so that two of them at the same time cannot both fit under one limit.
    shipping_exposure_count = fields.Integer(groups=fields.NO_ACCESS, copy=False)

    def _gate_lock_exposure(self):
        """Let only one transaction at a time ship on the credit of these commercial partners."""
        if self:
            self.env.execute_query(
                SQL(
                    """
                    UPDATE res_partner SET shipping_exposure_count = COALESCE(shipping_exposure_count, 0) + 1
                     WHERE id IN (SELECT id FROM res_partner WHERE id IN %s ORDER BY id FOR NO KEY UPDATE)
                    RETURNING id
                    """,
                    self._ids,
                )
            )
            self.invalidate_recordset(["shipping_exposure_count"])
