# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import models
from odoo.exceptions import AccessError, UserError


class SalesComplaint(models.Model):
    """How content the customer is with the settlement (CMP-8): said once a round, after the customer was told."""

    _inherit = "sales.complaint"

    def _rating_get_operator(self):
        return self.user_id.partner_id

    def message_post(self, **kwargs):
        """Post a message, without a rating: the host would make one for whoever may post.

        :raises AccessError: for a message that brings a rating
        """
        if kwargs.get("rating_value") or (kwargs.get("rating_id") and not self.env.su):
            raise AccessError(self.env._("The customer rates how a complaint was settled, nobody else does."))
        return super().message_post(**kwargs)

    def _rate_by_customer(self, value, feedback):
        """Rate the settlement. Called for the customer, by the portal only, which has checked who it is.

        :param int value: 1 to 5
        :param str feedback: plain text
        :raises UserError: before the customer was told, for another value, or when rated already
        """
        self.ensure_one()
        self._lock()
        self._check_state("informed", "closed")
        if value not in range(1, 6):
            raise UserError(self.env._("A rating is a number from 1 to 5."))
        complaint = self.sudo()
        rated = complaint.step_ids.filtered(lambda step: step.step == "rated" and step.round == complaint.round)
        if rated:
            raise UserError(self.env._("You have rated this already. Thank you."))
        token = complaint._rating_get_access_token(complaint._customer_contact())
        complaint.rating_apply(value, token=token, feedback=feedback, subtype_xmlid="mail.mt_note")
        self.env["sales.complaint.step"]._stamp(self, "rated", {self: f"{value}/5"})
