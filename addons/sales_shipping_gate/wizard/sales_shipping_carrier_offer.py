# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import fields, models


class SalesShippingCarrierOffer(models.TransientModel):
    """What one carrier offers for a delivery."""

    _name = "sales.shipping.carrier.offer"
    _description = "Offer of a Carrier"
    _order = "sequence, id"

    choice_id = fields.Many2one("sales.shipping.carrier.choice", required=True, readonly=True, ondelete="cascade")
    sequence = fields.Integer(readonly=True)
    carrier_id = fields.Many2one("delivery.carrier", required=True, readonly=True)
    arrival_date = fields.Date("Arrives On", readonly=True)
    currency_id = fields.Many2one(related="choice_id.currency_id")
    price = fields.Monetary(readonly=True)
    score = fields.Float(readonly=True, digits=(5, 1))
    level = fields.Selection([("free", "Free"), ("warn", "Warned Of"), ("block", "Blocked")], readonly=True)
    text = fields.Char("Why", readonly=True)

    def action_choose(self):
        """Let the goods go with this carrier. For stock users and sales clerks.

        What holds for each change of a delivery holds here too: the door asks again when the goods leave.
        """
        self.ensure_one()
        picking = self.choice_id.picking_id
        picking._check_may_choose_carrier()
        # A sales clerk may not write deliveries otherwise.
        picking.sudo().carrier_id = self.carrier_id
        return {"type": "ir.actions.act_window_close"}
