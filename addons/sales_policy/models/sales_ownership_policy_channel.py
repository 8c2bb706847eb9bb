# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import fields, models

from .sales_contact_log import CHANNELS


class SalesOwnershipPolicyChannel(models.Model):
    """Which contacts of one channel protect a customer, and for how long (OWN-2)."""

    _name = "sales.ownership.policy.channel"
    _description = "Channel Terms"
    _order = "policy_id, id"
    _rec_name = "channel"

    policy_id = fields.Many2one("sales.ownership.policy", required=True, ondelete="cascade", index=True)
    channel = fields.Selection(CHANNELS, required=True)
    counting = fields.Selection(
        [("always", "Always counts"), ("answered", "Counts when the customer took part"), ("never", "Never counts")],
        string="Counts",
        default="always",
        required=True,
    )
    days = fields.Integer("Protection (Days)", help="Leave 0 to use the days of the policy.")

    _channel_once = models.Constraint("UNIQUE (policy_id, channel)", "A channel can only appear once in a policy.")
    _days_positive = models.Constraint("CHECK (days >= 0)", "The protection cannot be negative.")

    def _counts(self, direction):
        """Tell whether a contact in this direction ("in", "out", "two_way") counts."""
        self.ensure_one()
        return self.counting == "always" or (self.counting == "answered" and direction != "out")
