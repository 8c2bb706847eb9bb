# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models

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

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        # Policies remember whether they have terms for channels at all.
        self.env.registry.clear_cache()
        return lines

    def write(self, vals):
        result = super().write(vals)
        if "policy_id" in vals:
            self.env.registry.clear_cache()
        return result

    def _counts(self, direction):
        """Tell whether a contact in this direction ("in", "out", "two_way") counts."""
        self.ensure_one()
        return self.counting == "always" or (self.counting == "answered" and direction != "out")
