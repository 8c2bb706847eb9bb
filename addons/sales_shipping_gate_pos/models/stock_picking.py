# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, models
from odoo.addons.sales_shipping_gate.models.stock_move_gate import PASS


class StockPicking(models.Model):
    _inherit = "stock.picking"

    @api.model
    def _create_picking_from_pos_order_lines(self, location_dest_id, lines, picking_type, partner=False):
        """Let goods leave over the counter: they are paid there.

        Core swallows the refusal of a transfer here, so a gate would leave it undone without a word.
        """
        passing = self.with_context(shipping_gate_pass=PASS)
        pickings = super(StockPicking, passing)._create_picking_from_pos_order_lines(
            location_dest_id, lines, picking_type, partner
        )
        # The object must not stay in a context that may reach a client.
        return pickings.with_env(self.env)
