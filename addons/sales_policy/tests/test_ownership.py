# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from datetime import datetime, timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import MONDAY, SalesPolicyCommon


@tagged("post_install", "-at_install")
class TestOwnership(SalesPolicyCommon):
    """Who owns a customer, and until when (OWN-1, OWN-2)."""

    def test_first_registrant_owns_the_customer_for_seven_days_until_midnight(self):
        self.assertEqual(self.state(self.customer), "unclaimed")
        row = self.register(self.customer, self.li)
        self.assertFalse(row.referrer_name)
        self.assertEqual(self.owner(self.customer), self.li)
        self.assertEqual(self.state(self.customer), "protected")
        # Monday 11 May is the last day; the Shanghai day ends at 16:00 UTC.
        self.assertEqual(row.date_end, datetime(2026, 5, 11, 15, 59, 59))
        self.assertEqual(self.customer.with_user(self.li).sales_days_left, 7)
        self.pass_days(7, hours=13, minutes=59)
        self.assertEqual(self.owner(self.customer), self.li)
        self.pass_days(minutes=1)
        self.assertEqual(self.state(self.customer), "open")
        self.assertFalse(self.owner(self.customer))

    def test_second_registrant_is_refused_until_protection_lapses(self):
        self.register(self.customer, self.li)
        with self.assertRaisesRegex(UserError, "taken and protected until"):
            self.register(self.customer, self.wang)
        self.pass_days(8)
        row = self.register(self.customer, self.wang)
        self.assertEqual((row.user_id, row.origin), (self.wang, "takeover"))

    def test_refusal_is_blind_unless_the_policy_names_the_owner(self):
        self.register(self.customer, self.li)
        with self.assertRaises(UserError) as blind:
            self.register(self.customer, self.chen)
        self.assertNotIn("Li Wei", str(blind.exception))
        self.policy.refusal = "named"
        self.register(self.other_customer, self.li)
        with self.assertRaisesRegex(UserError, "Li Wei"):
            self.register(self.other_customer, self.chen)

    def test_blind_customer_shows_colleagues_the_end_but_not_the_owner(self):
        self.register(self.customer, self.li)
        as_chen = self.customer.with_user(self.chen)
        self.assertFalse(as_chen.sales_owner_id)
        self.assertEqual(as_chen.sales_ownership_state, "protected")
        self.assertTrue(as_chen.sales_protected_until)
        self.assertNotIn("Li Wei", as_chen.sales_ownership_explanation)
        Partner = self.env["res.partner"].with_user(self.chen)
        self.assertNotIn(self.customer, Partner.search([("sales_owner_id", "=", self.li.id)]))
        groups = Partner._read_group([("id", "=", self.customer.id)], ["sales_owner_id"], ["__count"])
        self.assertEqual(groups, [(self.env["res.users"], 1)])
        # the leader of the owner's team and the owner know
        for user in (self.li, self.leader, self.manager):
            self.assertEqual(self.customer.with_user(user).sales_owner_id, self.li)
            self.assertIn(
                self.customer, self.env["res.partner"].with_user(user).search([("sales_owner_id", "=", self.li.id)])
            )

    def test_contact_of_the_owner_prolongs_and_of_a_colleague_does_not(self):
        row = self.register(self.customer, self.li)
        self.pass_days(3)
        self.log(self.customer, self.wang)
        self.assertEqual(row.date_end, datetime(2026, 5, 11, 15, 59, 59))
        self.log(self.customer, self.li)
        self.assertEqual(row.date_end, datetime(2026, 5, 14, 15, 59, 59))
        self.assertEqual(row.last_log_id.contact_date, fields.Datetime.now())

    def test_late_entry_never_revives_protection(self):
        row = self.register(self.customer, self.li)
        ended = row.date_end
        self.frozen.move_to(ended + timedelta(hours=2))
        self.env.invalidate_all()
        self.log(self.customer, self.li, contact_date=ended - timedelta(hours=1))
        self.assertEqual(row.date_end, ended)
        self.assertEqual(self.state(self.customer), "open")

    def test_late_entry_counts_from_the_day_of_contact(self):
        row = self.register(self.customer, self.li)
        self.pass_days(4)
        self.log(self.customer, self.li, contact_date=fields.Datetime.now() - timedelta(hours=20))
        self.assertEqual(row.date_end, datetime(2026, 5, 14, 15, 59, 59))

    def test_owner_at_answers_for_any_past_moment(self):
        self.register(self.customer, self.li)
        self.pass_days(10)
        self.register(self.customer, self.wang)
        answer = lambda when: self.env["sales.ownership"]._owner_at(self.customer, when)[self.customer]  # noqa: E731
        self.assertFalse(answer(MONDAY - timedelta(minutes=1)))
        self.assertEqual(answer(MONDAY), self.li)
        self.assertEqual(answer(datetime(2026, 5, 11, 15, 59)), self.li)
        self.assertFalse(answer(datetime(2026, 5, 11, 16, 0)))
        self.assertEqual(answer(fields.Datetime.now()), self.wang)

    def test_manager_reads_the_story_in_words(self):
        self.register(self.customer, self.li)
        self.pass_days(10)
        self.register(self.customer, self.wang)
        story = self.customer.with_user(self.manager).sales_ownership_explanation.splitlines()
        self.assertIn("Protected for Wang Fang until", story[0])
        self.assertIn("Call", story[0])
        self.assertIn("Owned by Li Wei", story[1])
        self.assertIn("lapsed", story[1])

    def test_working_day_window_skips_the_weekend(self):
        self.policy.window_unit = "working"
        self.policy.window_days = 5
        row = self.register(self.customer, self.li)
        # five working days after Monday 4 May: Monday 11 May
        self.assertEqual(row.date_end, datetime(2026, 5, 11, 15, 59, 59))

    def test_longest_protection_holds_whatever_the_contacts(self):
        self.policy.max_days = 10
        row = self.register(self.customer, self.li)
        for _day in range(2):
            self.pass_days(4)
            self.log(self.customer, self.li)
        self.assertEqual(row.date_end, datetime(2026, 5, 14, 15, 59, 59))

    def test_protection_without_end(self):
        self.policy.window_days = 0
        row = self.register(self.customer, self.li)
        self.assertFalse(row.date_end)
        self.pass_days(1000)
        self.assertEqual(self.owner(self.customer), self.li)
        self.assertFalse(self.customer.with_user(self.li).sales_days_left)

    def test_channel_terms_decide_what_counts(self):
        self.policy.channel_ids = [
            (0, 0, {"channel": "email", "counting": "answered"}),
            (0, 0, {"channel": "visit", "days": 30}),
            (0, 0, {"channel": "fax", "counting": "never"}),
        ]
        with self.assertRaisesRegex(UserError, "does not protect"):
            self.register(self.customer, self.li, channel="fax")
        row = self.register(self.customer, self.li)
        self.pass_days(1)
        self.log(self.customer, self.li, channel="email", direction="out")
        self.assertEqual(row.date_end, datetime(2026, 5, 11, 15, 59, 59))
        self.log(self.customer, self.li, channel="email", direction="in")
        self.assertEqual(row.date_end, datetime(2026, 5, 12, 15, 59, 59))
        self.log(self.customer, self.li, channel="visit")
        self.assertEqual(row.date_end, datetime(2026, 6, 4, 15, 59, 59))

    def test_changed_terms_hold_for_the_next_contact(self):
        self.register(self.customer, self.li)
        terms = {"policy_id": self.policy.id, "channel": "call", "counting": "never"}
        line = self.env["sales.ownership.policy.channel"].with_user(self.manager).create(terms)
        with self.assertRaisesRegex(UserError, "does not protect"):
            self.register(self.other_customer, self.li)
        spare = self.policy.with_user(self.manager).create({"name": "Spare", "sequence": 200, "window_days": 3})
        line.policy_id = spare
        self.policy.with_user(self.manager).active = False
        with self.assertRaisesRegex(UserError, "does not protect"):
            self.register(self.other_customer, self.li)
        line.unlink()
        self.assertEqual(self.register(self.other_customer, self.li).date_end, datetime(2026, 5, 7, 15, 59, 59))
        spare.team_ids = self.chen.sale_team_id
        self.assertEqual(self.register(self.third_customer, self.li).date_end, datetime(2026, 5, 11, 15, 59, 59))

    def test_limits_per_person_and_day(self):
        self.policy.claims_per_day = 1
        self.register(self.customer, self.li)
        with self.assertRaisesRegex(UserError, "today"):
            self.register(self.other_customer, self.li)
        self.pass_days(1)
        self.register(self.other_customer, self.li)
        self.policy.write({"claims_per_day": 0, "holding_cap": 2})
        with self.assertRaisesRegex(UserError, "limit"):
            self.register(self.third_customer, self.li)
        self.pass_days(8)
        self.register(self.third_customer, self.li)

    def test_previous_owner_waits_for_the_cool_down(self):
        self.policy.cooldown_days = 3
        self.register(self.customer, self.li)
        self.pass_days(9)
        with self.assertRaisesRegex(UserError, "register it again from"):
            self.register(self.customer, self.li)
        self.pass_days(3)
        self.assertEqual(self.register(self.customer, self.li).user_id, self.li)

    def test_policy_by_tag_team_and_purchases(self):
        key_account = self.env["res.partner.category"].create({"name": "Key account"})
        Policy = self.env["sales.ownership.policy"]
        Policy.create({"name": "Key accounts", "sequence": 1, "category_ids": key_account.ids, "window_days": 30})
        Policy.create({"name": "South", "sequence": 2, "team_ids": self.south.ids, "window_days": 14})
        Policy.create({"name": "Buyers", "sequence": 3, "bought": "yes", "window_days": 90})
        self.customer.category_id = key_account
        self.order(self.third_customer, self.li).action_confirm()
        days = lambda partner, user: (self.register(partner, user).date_end - datetime(2026, 5, 4, 15, 59, 59)).days  # noqa: E731
        fourth = self.env["res.partner"].create({"name": "Wuxi Bearings"})
        self.assertEqual(days(self.customer, self.li), 30)
        self.assertEqual(days(self.other_customer, self.chen), 14)
        self.assertEqual(days(self.third_customer, self.li), 90)
        self.assertEqual(days(fourth, self.li), 7)

    def test_nothing_happens_while_ownership_is_switched_off(self):
        self.company.sales_ownership_enabled = False
        with self.assertRaisesRegex(UserError, "not switched on"):
            self.register(self.customer, self.li)

    def test_contacts_follow_their_company(self):
        person = self.env["res.partner"].create({"name": "Ma Lin", "parent_id": self.customer.id})
        self.register(person, self.li)
        self.assertEqual(self.owner(self.customer), self.li)
        later = self.env["res.partner"].create({"name": "Gao Yu", "parent_id": self.customer.id})
        self.assertEqual(self.owner(later), self.li)
        # a contact who changes employer follows the new one and takes nothing along
        later.parent_id = self.other_customer
        self.assertEqual(self.state(later), "unclaimed")

    def test_companies_of_one_database_own_separately(self):
        second = self.env["res.company"].create({"name": "Export Co", "sales_ownership_enabled": True})
        (self.wang | self.manager).company_ids |= second
        self.register(self.customer, self.li)
        wizard = self.env["sales.customer.register"].with_user(self.wang).with_company(second)
        wizard.create({"partner_id": self.customer.id, "summary": "Asked for export papers"}).action_register()
        self.assertEqual(self.owner(self.customer), self.li)
        self.assertEqual(self.customer.with_user(self.wang).with_company(second).sales_owner_id, self.wang)

    def test_derived_fields_search_sort_and_group(self):
        self.register(self.customer, self.li)
        self.pass_days(5)
        self.register(self.other_customer, self.wang)
        self.pass_days(3)
        Partner = self.env["res.partner"].with_user(self.manager)
        ours = [("id", "in", (self.customer | self.other_customer | self.third_customer).ids)]
        states = dict(Partner._read_group(ours, ["sales_ownership_state"], ["__count"]))
        self.assertEqual(states, {"open": 1, "protected": 1, "unclaimed": 1})
        for state, partner in (
            ("open", self.customer),
            ("protected", self.other_customer),
            ("unclaimed", self.third_customer),
        ):
            self.assertEqual(Partner.search([*ours, ("sales_ownership_state", "=", state)]), partner)
            self.assertNotIn(partner, Partner.search([*ours, ("sales_ownership_state", "!=", state)]))
        self.assertEqual(Partner.search(ours, order="sales_protected_until")[0], self.other_customer)
        self.assertEqual(Partner.search([*ours, ("sales_owner_id", "!=", False)]), self.other_customer)
        self.assertEqual(Partner.search([*ours, ("sales_owner_id", "=", False)]), self.customer | self.third_customer)
        self.assertEqual(Partner.search([*ours, ("sales_owner_id", "=", self.wang.id)]), self.other_customer)
        self.assertEqual(Partner.search([*ours, ("sales_protected_until", "<", "2026-05-20")]), self.other_customer)
        groups = dict(Partner._read_group(ours, ["sales_owner_id"], ["__count"]))
        self.assertEqual(groups, {self.wang: 1, self.env["res.users"]: 2})
