# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, models
from odoo.exceptions import AccessError

RATED = ("sales.complaint", "sales.opinion")


class RatingRating(models.Model):
    """Ratings of complaints come from the customer only: employees, whom the host lets write, cannot (CMP-8)."""

    _inherit = "rating.rating"

    @api.model_create_multi
    def create(self, vals_list):
        ratings = super().create(vals_list)
        ratings._refuse_staff()
        return ratings

    def write(self, vals):
        self._refuse_staff()
        # The link of the host works again and again, and staff reads it; what the customer has said stays.
        if {"rating", "feedback"} & set(vals) and any(
            rating.consumed and rating.res_model in RATED for rating in self.sudo()
        ):
            raise AccessError(self.env._("The customer has rated this already."))
        result = super().write(vals)
        self._refuse_staff()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_complaint(self):
        self._refuse_staff()

    def reset(self):
        """Refuse to take back the rating of a complaint."""
        self._refuse_staff()
        return super().reset()

    def _refuse_staff(self):
        if not self.env.su and any(rating.res_model in RATED for rating in self.sudo()):
            raise AccessError(self.env._("The customer rates how a complaint was settled, nobody else does."))
