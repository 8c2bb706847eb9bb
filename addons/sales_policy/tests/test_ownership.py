# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from datetime import datetime, timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from .common import MONDAY, SalesPolicyCommon


@tagged("post_install", "-at_install")
class TestOwnership(SalesPolicyCommon):
    """Who owns a customer, and until when (OWN-1, OWN-2)."""

    def test_first_registrant_owns_the_customer_for_seven_days_until_midnight(self):
        self.assertEqual(self.state(self.customer), "unclaimed")
        row = self.register(self.customer, self.li)
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
            self.assertIn(self.customer, self.env["res.partner"].with_user(user).search([("sales_owner_id", "=", self.li.id)]))

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

    def test_same_phone_in_another_spelling_is_the_same_customer(self):
        self.register(self.customer, self.li)
        twin = self.env["res.partner"].create({
            "name": "N.V.W.", "phone": "0086-138-0000-1111", "country_id": self.env.ref("base.cn").id,
        })
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

    def test_waiting_list_succeeds_at_the_moment_of_lapse_without_any_job(self):
        self.policy.automatic_succession = True
        first = self.register(self.customer, self.li)
        self.wait(self.wang)
        self.pass_days(1)
        self.wait(self.chen)
        self.pass_days(1)
        self.log(self.customer, self.li)
        self.assertEqual(first.date_end, datetime(2026, 5, 13, 15, 59, 59))
        self.frozen.move_to(datetime(2026, 5, 13, 16, 0))
        self.env.invalidate_all()
        self.assertEqual(self.owner(self.customer), self.wang)
        # Wang never contacts the customer: a week later it is Chen's turn
        self.frozen.move_to(datetime(2026, 5, 22, 16, 0))
        self.env.invalidate_all()
        self.assertEqual(self.owner(self.customer), self.chen)

    def test_without_automatic_succession_whoever_registers_next_takes_over(self):
        self.register(self.customer, self.li)
        self.wait(self.wang)
        self.pass_days(8)
        self.assertEqual(self.state(self.customer), "open")
        self.assertEqual(self.register(self.customer, self.chen).user_id, self.chen)

    def test_waiting_is_no_way_around_the_limit_of_customers(self):
        self.policy.write({"automatic_succession": True, "holding_cap": 1})
        self.register(self.customer, self.li)
        self.register(self.other_customer, self.wang)
        with self.assertRaisesRegex(UserError, "limit"):
            self.wait(self.wang)

    def test_who_leaves_the_waiting_list_never_succeeds(self):
        self.policy.automatic_succession = True
        self.register(self.customer, self.li)
        entry = self.wait(self.wang)
        self.wait(self.chen)
        entry.with_user(self.wang).action_leave()
        self.pass_days(8)
        self.assertEqual(self.owner(self.customer), self.chen)

    def test_archived_people_leave_the_waiting_list(self):
        self.policy.automatic_succession = True
        self.register(self.customer, self.li)
        self.wait(self.wang)
        self.wang.active = False
        self.pass_days(8)
        self.assertEqual(self.state(self.customer), "open")

    def test_colleague_cannot_end_somebody_elses_waiting(self):
        self.register(self.customer, self.li)
        entry = self.wait(self.wang)
        with self.assertRaises(AccessError):
            entry.with_user(self.chen).action_leave()

    def test_standing_in_counts_for_the_owner(self):
        row = self.register(self.customer, self.li)
        self.env["sales.ownership.cover"].with_user(self.li).create({
            "user_id": self.wang.id, "date_to": MONDAY + timedelta(days=20),
        })
        self.pass_days(6)
        log = self.log(self.customer, self.wang)
        self.assertEqual(log.on_behalf_of_id, self.li)
        self.assertEqual(row.date_end, datetime(2026, 5, 17, 15, 59, 59))
        self.assertEqual(row.user_id, self.li)
        with self.assertRaises(AccessError):
            self.log(self.customer, self.chen, on_behalf_of_id=self.li.id)

    def test_nobody_arranges_cover_for_a_colleague_but_a_manager(self):
        Cover = self.env["sales.ownership.cover"]
        values = {"owner_id": self.li.id, "user_id": self.wang.id, "date_to": MONDAY + timedelta(days=2)}
        with self.assertRaises(AccessError), self.cr.savepoint():
            Cover.with_user(self.wang).create(values)
        cover = Cover.with_user(self.manager).create(values)
        with self.assertRaises(AccessError), self.cr.savepoint():
            cover.with_user(self.wang).date_to = MONDAY + timedelta(days=99)
        with self.assertRaises(ValidationError), self.cr.savepoint():
            Cover.with_user(self.li).create({"user_id": self.wang.id, "date_from": MONDAY - timedelta(days=3), "date_to": MONDAY + timedelta(days=3)})

    def test_manager_assigns_releases_and_hands_over_with_a_reason(self):
        first = self.register(self.customer, self.li)
        self.transfer("assign", self.wang, self.customer)
        self.assertEqual((first.end_reason, first.ended_by_id, first.end_note), ("transferred", self.manager, "New territory"))
        self.assertEqual(self.owner(self.customer), self.wang)
        self.transfer("release", partners=self.customer)
        self.assertEqual(self.state(self.customer), "open")
        with self.assertRaises(AccessError):
            self.transfer("assign", self.wang, self.customer, by=self.wang)

    def test_leaver_hands_over_customers_leads_activities_and_quotations(self):
        self.register(self.customer, self.li)
        self.register(self.other_customer, self.li)
        lead = self.env["crm.lead"].create({"name": "Lathes", "type": "opportunity", "user_id": self.li.id, "partner_id": self.customer.id})
        stage = lead.stage_id
        activity = self.customer.activity_schedule("mail.mail_activity_data_todo", user_id=self.li.id)
        quotation = self.order(self.customer, self.li)
        self.li.active = False
        self.transfer("leaver", self.wang, from_user_id=self.li.id)
        self.assertEqual(self.owner(self.customer | self.other_customer), self.wang)
        self.assertEqual((lead.user_id, lead.stage_id), (self.wang, stage))
        self.assertEqual(activity.user_id, self.wang)
        self.assertEqual(quotation.user_id, self.wang)

    def test_salesperson_of_the_partner_follows_only_when_set(self):
        self.register(self.customer, self.li)
        self.assertFalse(self.customer.user_id)
        self.company.sales_owner_sync_salesperson = True
        self.register(self.other_customer, self.li)
        self.assertEqual(self.other_customer.user_id, self.li)

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
        for state, partner in (("open", self.customer), ("protected", self.other_customer), ("unclaimed", self.third_customer)):
            self.assertEqual(Partner.search([*ours, ("sales_ownership_state", "=", state)]), partner)
            self.assertNotIn(partner, Partner.search([*ours, ("sales_ownership_state", "!=", state)]))
        self.assertEqual(Partner.search(ours, order="sales_protected_until")[0], self.other_customer)
        self.assertEqual(Partner.search([*ours, ("sales_owner_id", "!=", False)]), self.other_customer)
        self.assertEqual(Partner.search([*ours, ("sales_owner_id", "=", False)]), self.customer | self.third_customer)
        self.assertEqual(Partner.search([*ours, ("sales_owner_id", "=", self.wang.id)]), self.other_customer)
        self.assertEqual(Partner.search([*ours, ("sales_protected_until", "<", "2026-05-20")]), self.other_customer)
        groups = dict(Partner._read_group(ours, ["sales_owner_id"], ["__count"]))
        self.assertEqual(groups, {self.wang: 1, self.env["res.users"]: 2})

    def wait(self, user):
        self.env["sales.customer.register"].with_user(user).create({"partner_id": self.customer.id}).action_wait()
        return self.env["sales.ownership.waiting"].search([("user_id", "=", user.id)])
