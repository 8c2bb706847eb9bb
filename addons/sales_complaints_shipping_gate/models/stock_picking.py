# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models


class StockPicking(models.Model):
    _inherit = "stock.picking"

    sales_lot_warning = fields.Char("To Be Checked", compute="_compute_sales_lot_warning", compute_sudo=True)

    @api.depends("state", "move_ids.move_line_ids.lot_id", "move_ids.product_id")
    def _compute_sales_lot_warning(self):
        leaving = self.filtered(lambda picking: picking._shipping_leaves())
        none = self.env["sales.lot.hold"]
        unknown = none._unknown_on(leaving.move_ids)
        for picking in self:
            holds = none.union(*(unknown.get(move, none) for move in picking.move_ids))
            picking.sales_lot_warning = (
                self.env._(
                    "Look before it leaves: %(goods)s is held for quality, and nothing here says which number this is.",
                    goods=", ".join(f"{hold.product_id.display_name} {hold.lot_name}" for hold in holds),
                )
                if holds
                else False
            )

    def _shipping_missing(self):
        """Tell on the delivery that some of its goods are held because of a complaint."""
        result = super()._shipping_missing()
        none = self.env["sales.lot.hold"]
        found = none._on(self.move_ids)
        for picking in self if found else ():
            holds = none.union(*(found.get(move, none) for move in picking.move_ids))
            if holds:
                result[picking].extend(holds._reasons())
        return result
