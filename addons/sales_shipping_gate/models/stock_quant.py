# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, models
from odoo.exceptions import AccessError

GUARDED = {
    "quantity",
    "reserved_quantity",
    "location_id",
    "product_id",
    "lot_id",
    "package_id",
    "owner_id",
    "company_id",
}


class StockQuant(models.Model):
    _inherit = "stock.quant"

    @api.model_create_multi
    def create(self, vals_list):
        # Counting stock goes through inventory mode, where core writes quantities itself, as superuser.
        counted = ("inventory_quantity", "inventory_quantity_auto_apply")
        for vals in vals_list:
            counting = self._is_inventory_mode() and any(name in vals for name in counted)
            if {"quantity", "reserved_quantity"} & set(vals) or not counting:
                self._gate_check_by_hand()
        return super().create(vals_list)

    def write(self, vals):
        if GUARDED & set(vals):
            self._gate_check_by_hand()
        return super().write(vals)

    def _gate_check_by_hand(self):
        """Refuse to move stock by writing quantities, which leaves no stock move to judge.

        :raises AccessError: for everybody but the server's own steps, when a gate is on
        """
        if not self.env.su and self.env["res.company"]._gate_watched():
            raise AccessError(
                self.env._(
                    "Stock is moved by a transfer, not by writing quantities. Create a transfer or count the stock."
                )
            )
