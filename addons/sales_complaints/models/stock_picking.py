# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import fields, models


class StockPicking(models.Model):
    _name = "stock.picking"
    _inherit = ["stock.picking", "sales.closed.mixin"]

    sales_disposition_ids = fields.Many2many(
        "sales.complaint.disposition",
        "sales_complaint_disposition_picking_rel",
        string="Dispositions of Complaints",
        readonly=True,
        copy=False,
        groups=fields.NO_ACCESS,
    )

    def _create_backorder_picking(self):
        backorder = super()._create_backorder_picking()
        backorder.sudo().sales_disposition_ids = self.sudo().sales_disposition_ids
        return backorder

    def action_register_complaint(self):
        """Open a new complaint about this delivery: its goods are filled in."""
        self.ensure_one()
        moves = self.move_ids.filtered(lambda move: move.state == "done")
        return self.env["sales.complaint"]._action_new(self.partner_id, "move_id", moves, self.sale_id)
