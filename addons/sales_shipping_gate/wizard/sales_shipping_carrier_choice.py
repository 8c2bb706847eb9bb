# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import Command, api, fields, models


class SalesShippingCarrierChoice(models.TransientModel):
    """What each carrier offers for a delivery: the first one is proposed (SHP-4, SHP-9)."""

    _name = "sales.shipping.carrier.choice"
    _description = "Choose a Carrier"

    picking_id = fields.Many2one("stock.picking", "Delivery", required=True, readonly=True)
    company_id = fields.Many2one(related="picking_id.company_id")
    currency_id = fields.Many2one(related="company_id.currency_id")
    needed_date = fields.Date(related="picking_id.shipping_needed_date")
    proposal = fields.Char("Best Offer", readonly=True)
    offer_ids = fields.One2many("sales.shipping.carrier.offer", "choice_id", "Offers", readonly=True)

    @api.model_create_multi
    def create(self, vals_list):
        """Work out the offers for deliveries that the current user may choose carriers for."""
        choices = super().create([{"picking_id": vals.get("picking_id")} for vals in vals_list])
        choices.picking_id._check_may_choose_carrier()
        # Server-side only: an offer that people could write would let any carrier be chosen.
        for choice in choices.sudo():
            picking, offers = choice.picking_id, choice.picking_id._shipping_offers()
            best = next((offer for offer in offers if offer.level != "block"), None)
            choice.proposal = best and self.env._(
                "%(carrier)s: %(why)s", carrier=best.carrier.name, why=picking._shipping_offer_text(best)
            )
            choice.offer_ids = [
                Command.create(
                    {
                        "sequence": number,
                        "carrier_id": offer.carrier.id,
                        "arrival_date": offer.arrival,
                        "price": offer.price,
                        "score": offer.score,
                        "level": offer.level or "free",
                        "text": picking._shipping_offer_text(offer),
                    }
                )
                for number, offer in enumerate(offers)
            ]
        return choices
