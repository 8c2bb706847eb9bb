# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo.addons.sales_policy.tests.attack import REFUSED
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import ComplaintCommon


@tagged("post_install", "-at_install")
class TestRatingAttacks(ComplaintCommon):
    """A rating is the customer's (CMP-8)."""

    def test_ratings_come_from_the_customer_only(self):
        complaint = self.decided()
        self.tell(complaint)
        model = self.env["ir.model"]._get_id("sales.complaint")
        values = {"res_model_id": model, "res_id": complaint.id, "rating": 5, "consumed": True}
        complaint._rate_by_customer(1, "Much too slow")
        rating = self.env["rating.rating"].search([("res_model", "=", "sales.complaint")])
        for user in self.everybody | self.env.ref("base.user_admin"):
            self.assertRefused(REFUSED, user, "rating.rating", "create", [values])
            self.assertRefused(REFUSED, user, "rating.rating", "write", rating.ids, {"rating": 5})
            self.assertRefused(REFUSED, user, "rating.rating", "reset", rating.ids)
            self.assertRefused(
                REFUSED, user, "sales.complaint", "rating_apply", complaint.ids, 5, token=rating.access_token
            )
            for forged in ({"rating_value": 5}, {"rating_id": rating.id}):
                self.assertRefused(
                    REFUSED, user, "sales.complaint", "message_post", complaint.ids, body="Fine", **forged
                )
            self.assertRefused(REFUSED, user, "sales.complaint", "read", complaint.ids, ["access_token"])
        with self.assertRaises(UserError), self.cr.savepoint():
            complaint._rate_by_customer(5, "Changed my mind")
        self.assertEqual(complaint.sudo().rating_last_value, 1)
