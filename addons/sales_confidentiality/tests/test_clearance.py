# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from datetime import timedelta

from odoo.addons.sales_policy.tests.attack import REFUSED
from odoo.addons.sales_policy.tests.common import MONDAY
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import ConfidentialityCommon


@tagged("post_install", "-at_install")
class TestClearance(ConfidentialityCommon):
    def test_seven_categories_and_three_levels_come_with_the_addon(self):
        categories = self.env["sales.confidentiality.category"].search([]).mapped("code")
        self.assertEqual(
            categories, ["customer", "strategy", "product", "channel", "contract", "competitor", "management"]
        )
        self.assertEqual(
            self.env["sales.confidentiality.level"].search([]).mapped("code"), ["internal", "confidential", "secret"]
        )

    def test_a_level_covers_the_levels_below_it_in_its_category_only(self):
        self.clear(self.li)
        self.assertEqual(self.cleared(self.li, self.wang), self.li)
        self.assertEqual(self.cleared(self.li, level=self.internal), self.li)
        self.assertFalse(self.cleared(self.li, level=self.secret))
        self.assertFalse(self.cleared(self.li, category=self.product_data))

    def test_a_group_clears_its_members_from_the_day_they_join(self):
        self.clear(self.env.ref("sales_team.group_sale_manager"))
        self.assertEqual(self.cleared(self.li, self.manager), self.manager)
        self.li.group_ids += self.env.ref("sales_team.group_sale_manager")
        self.assertEqual(self.cleared(self.li, self.manager), self.li | self.manager)

    def test_it_begins_and_ends_by_the_clock(self):
        self.clear(self.li, date_from=MONDAY + timedelta(days=1), date_to=MONDAY + timedelta(days=3))
        self.assertFalse(self.cleared(self.li))
        self.pass_days(1)
        self.assertTrue(self.cleared(self.li))
        self.pass_days(2)
        self.assertFalse(self.cleared(self.li))

    def test_it_sleeps_while_the_holder_is_suspended(self):
        clearance = self.clear(self.li)
        suspension = (
            self.env["sales.confidentiality.suspension"]
            .with_user(self.officer)
            .create({"user_id": self.li.id, "reason": "A price list was leaked"})
        )
        self.assertFalse(self.cleared(self.li))
        self.assertEqual(clearance.state, "asleep")
        self.assertEqual(clearance.asleep_because, "not suspended")
        suspension.action_lift()
        self.assertTrue(self.cleared(self.li))

    def test_it_sleeps_when_the_holder_has_left(self):
        employee = self.env["hr.employee"].create({"name": "Li Wei", "user_id": self.li.id})
        self.clear(self.li)
        self.assertTrue(self.cleared(self.li))
        employee.active = False
        self.assertFalse(self.cleared(self.li))

    def test_nobody_grants_to_themselves(self):
        with self.assertRaises(AccessError):
            self.clear(self.officer)
        with self.assertRaises(AccessError):
            self.clear(self.env.ref("sales_confidentiality.group_confidentiality_officer"))
        self.assertEqual(self.clear(self.officer, by=self.deputy).granted_by, self.deputy)

    def test_who_granted_is_stamped(self):
        self.assertEqual(self.clear(self.li, granted_by=self.manager.id).granted_by, self.officer)

    def test_only_the_end_can_change_and_only_to_be_earlier(self):
        clearance = self.clear(self.li, date_to=MONDAY + timedelta(days=30)).with_user(self.officer)
        with self.assertRaises(UserError):
            clearance.level_id = self.secret
        with self.assertRaises(UserError):
            clearance.date_to = MONDAY + timedelta(days=31)
        with self.assertRaises(UserError):
            clearance.date_to = False
        clearance.date_to = MONDAY + timedelta(days=5)
        with mute_logger("odoo.models.unlink"), self.assertRaises(UserError):
            clearance.unlink()

    def test_other_roles_grant_change_and_lift_nothing(self):
        clearance = self.clear(self.wang)
        model = clearance._name
        values = {
            "user_id": self.li.id,
            "category_id": self.customer_data.id,
            "level_id": self.secret.id,
            "reason": "Because",
        }
        for user in (self.li, self.manager, self.accountant, self.clerk, self.portal):
            self.assertRefused(REFUSED, user, model, "create", values)
            self.assertRefused(REFUSED, user, model, "write", clearance.ids, {"date_to": MONDAY})
            self.assertRefused(REFUSED, user, model, "unlink", clearance.ids)
            self.assertRefused(REFUSED, user, model, "action_revoke", clearance.ids)
            if user != self.wang:
                self.assertFalse(self.env[model].with_user(user).search([]) if user != self.portal else False)

    def test_a_review_keeps_reduces_or_revokes(self):
        kept, reduced, revoked = self.clear(self.li), self.clear(self.wang, level=self.secret), self.clear(self.chen)
        Review = self.env["sales.confidentiality.review"].with_user(self.officer)
        self.pass_days(400)
        reviews = Review.create(
            [
                {"clearance_id": kept.id, "decision": "keep", "reason": "Still a key account"},
                {
                    "clearance_id": reduced.id,
                    "decision": "reduce",
                    "level_id": self.internal.id,
                    "reason": "Moved inside",
                },
                {"clearance_id": revoked.id, "decision": "revoke", "reason": "Moved to purchasing"},
            ]
        )
        self.assertEqual(reviews.user_id, self.officer)
        self.assertEqual(kept.review_date, (MONDAY + timedelta(days=400)).date().replace(year=2028))
        self.assertEqual(self.cleared(self.li, self.wang, self.chen), self.li)
        self.assertEqual(self.cleared(self.wang, level=self.internal), self.wang)

    def test_as_many_queries_for_a_hundred_people_as_for_one(self):
        people = self.li | self.wang | self.chen | self.leader | self.manager
        for user in people:
            self.clear(user)
        Clearance = self.env["sales.confidentiality.clearance"]
        self.queries(lambda: Clearance._users_awake(self.li))  # fills what is cached for good
        one = self.queries(lambda: Clearance._users_awake(self.li))
        many = self.queries(lambda: Clearance._users_awake(people))
        self.assertEqual(one, many)
