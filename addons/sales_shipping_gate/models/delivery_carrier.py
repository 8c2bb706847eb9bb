# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import fields, models


class DeliveryCarrier(models.Model):
    _inherit = "delivery.carrier"

    shipping_no_tracking = fields.Boolean(
        "No Tracking Number", help="The customer collects the goods, or the own truck brings them."
    )
    shipping_transit_days = fields.Integer("Days on the Way", help="How long goods usually take with this carrier.")

    def _shipping_tracking_by_hand(self):
        """Return whether the tracking number has to be entered before the goods leave.

        Where the integration of the carrier makes it, it is there only after they have left.
        """
        self.ensure_one()
        integrated = self.delivery_type not in ("fixed", "base_on_rule") and self.integration_level == "rate_and_ship"
        return not integrated and not self.shipping_no_tracking
