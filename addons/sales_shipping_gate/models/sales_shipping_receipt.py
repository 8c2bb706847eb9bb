# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import fields, models


class SalesShippingReceipt(models.Model):
    """That a delivery has arrived, confirmed by the customer or by staff: added once, never changed (SHP-14)."""

    _name = "sales.shipping.receipt"
    _description = "Receipt of a Delivery"
    _inherit = ["sales.evidence.mixin"]
    _order = "id desc"
    _rec_name = "picking_id"

    picking_id = fields.Many2one(
        "stock.picking", "Delivery", required=True, index=True, readonly=True, ondelete="restrict"
    )
    company_id = fields.Many2one("res.company", required=True, index=True, readonly=True, ondelete="restrict")
    source = fields.Selection(
        [("portal", "By the customer"), ("staff", "By staff")], "Confirmed", required=True, readonly=True
    )
    user_id = fields.Many2one("res.users", "By", required=True, readonly=True, ondelete="restrict")
    person = fields.Char("Name", readonly=True, help="Who received the goods, as the confirmation says.")
    date = fields.Datetime("When", required=True, readonly=True)
    note = fields.Text("Remarks", readonly=True)

    _picking_once = models.Constraint("UNIQUE (picking_id)", "The receipt of this delivery is confirmed already.")
