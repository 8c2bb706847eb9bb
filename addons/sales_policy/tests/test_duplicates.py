# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).


from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from .common import SalesPolicyCommon


@tagged("post_install", "-at_install")
class TestDuplicates(SalesPolicyCommon):
    """The same customer under another name, and the customer who recommends another (OWN-2, OWN-4, OWN-7)."""

    def test_same_phone_in_another_spelling_is_the_same_customer(self):
        self.register(self.customer, self.li)
        twin = self.env["res.partner"].create(
            {
                "name": "N.V.W.",
                "phone": "0086-138-0000-1111",
                "country_id": self.env.ref("base.cn").id,
            }
        )
        self.assertIn(self.customer, twin.with_user(self.wang).sales_duplicate_ids)
        with self.assertRaisesRegex(UserError, "registered already"):
            self.register(twin, self.wang)
        self.assertEqual(self.register(twin, self.li).user_id, self.li)

    def test_duplicate_is_shown_while_the_partner_is_being_typed(self):
        form = Form(self.env["res.partner"].with_user(self.wang))
        form.name = "Somebody else"
        form.vat = self.third_customer.vat
        self.assertIn("Qingdao Cranes", form.sales_duplicate_message)

    def test_similar_name_has_to_be_ruled_out(self):
        twin = self.env["res.partner"].create({"name": "Ningbo Valve Works", "is_company": True})
        with self.assertRaisesRegex(UserError, "different customer"):
            self.register(twin, self.wang)
        self.register(twin, self.wang, is_different=True)
        self.assertEqual(self.owner(twin), self.wang)

    def test_referral_goes_to_the_owner_of_the_referring_customer(self):
        self.register(self.customer, self.li)
        row = self.register(self.other_customer, self.wang, referrer_id=self.customer.id)
        self.assertEqual((row.user_id, row.origin, row.referrer_name), (self.li, "referral", "Ningbo Valve Works"))

    def test_referral_after_the_fact_is_an_ordinary_customer(self):
        self.register(self.customer, self.li)
        self.register(self.other_customer, self.wang)
        self.pass_days(5)
        self.log(self.customer, self.li)
        self.pass_days(4)
        with self.assertRaisesRegex(UserError, "before the customer is"):
            self.register(self.other_customer, self.li, referrer_id=self.customer.id)
        with self.assertRaisesRegex(UserError, "not an existing customer"):
            self.register(self.third_customer, self.li, referrer_id=self.other_customer.id)
