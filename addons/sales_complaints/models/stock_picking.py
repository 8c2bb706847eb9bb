# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import Command, fields, models


class StockPicking(models.Model):
    _inherit = "stock.picking"

    sales_disposition_ids = fields.Many2many(
        "sales.complaint.disposition",
        "sales_complaint_disposition_picking_rel",
        string="Dispositions of Complaints",
        readonly=True,
        copy=False,
        groups=fields.NO_ACCESS,
    )

    def action_register_complaint(self):
        """Open a new complaint about this delivery: its goods are filled in."""
        self.ensure_one()
        moves = self.move_ids.filtered(lambda move: move.state == "done")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Complaint"),
            "res_model": "sales.complaint",
            "view_mode": "form",
            "context": {
                "default_partner_id": self.partner_id.id,
                "default_order_id": self.sale_id.id,
                "default_line_ids": [Command.create({"move_id": move.id, "quantity": 1}) for move in moves],
            },
        }
