# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .common import MONDAY, SalesPolicyCommon


@tagged("post_install", "-at_install")
class TestCustomerGroup(SalesPolicyCommon):
    """Family, affiliates and merged contacts are one customer, and nothing of the past is lost (OWN-4)."""

    def relate(self, user, kind="subsidiary", partner=None, other=None):
        return (
            self.env["sales.customer.relation"]
            .with_user(user)
            .create(
                {
                    "partner_id": (partner or self.customer).id,
                    "other_partner_id": (other or self.other_customer).id,
                    "kind": kind,
                    "note": "Business licence",
                }
            )
        )

    def merge(self, source, destination, user=None):
        user = user or self.manager
        wizard = self.env["base.partner.merge.automatic.wizard"].with_user(user).create({})
        wizard._merge((source | destination).ids, destination.with_user(user), extra_checks=False)
        self.env.invalidate_all()

    def evidence(self):
        self.env.flush_all()
        return [
            self.env[model].sudo().search_count([])
            for model in ("sales.contact.log", "sales.ownership", "sales.customer.membership")
        ]

    def test_founding_a_group_places_new_contacts_and_forgets_what_was_read_before(self):
        company, person = self.env["res.partner"].create([{"name": "Dalian Docks", "is_company": True}, {"name": "Hu"}])
        contact = self.env["res.partner"].create({"name": "Buyer", "parent_id": company.id})
        self.assertFalse((company | contact | person).sales_customer_group_id)
        self.assertFalse(company.sales_membership_ids)
        groups = self.env["sales.customer.group"]._of_partners(contact | person)
        self.assertEqual(len(set(groups.values())), 2)
        for when in ("at once", "as stored"):
            with self.subTest(when):
                self.assertEqual(contact.sales_customer_group_id, groups[company])
                self.assertEqual(company.sales_customer_group_id, groups[company])
                self.assertEqual(person.sales_customer_group_id, groups[person])
                membership = company.sales_membership_ids
                self.assertEqual((membership.partner_ref, membership.partner_name), (company.id, "Dalian Docks"))
                self.assertEqual(groups[company].partner_ids, company | contact)
                self.assertEqual(groups[company].name, "Dalian Docks")
            self.env.flush_all()
            self.env.invalidate_all()
        self.assertEqual(self.env["sales.customer.group"]._of_partners(company), {company: groups[company]})

    def test_affiliate_of_a_protected_customer_belongs_to_its_owner(self):
        self.register(self.customer, self.li)
        relation = self.relate(self.wang)
        self.assertEqual(relation.sudo().state, "joined")
        self.assertEqual(self.owner(self.other_customer), self.li)
        with self.assertRaisesRegex(UserError, "taken"):
            self.register(self.other_customer, self.wang)

    def test_affiliate_brings_its_owner_along_in_either_direction(self):
        self.register(self.other_customer, self.li)
        self.relate(self.li)
        self.assertEqual(self.owner(self.customer), self.li)

    def test_customers_of_different_owners_wait_for_the_manager(self):
        self.register(self.customer, self.li)
        self.register(self.other_customer, self.wang)
        relation = self.relate(self.wang)
        self.assertEqual(relation.state, "pending")
        self.assertEqual(self.owner(self.other_customer), self.wang)
        # the manager sees between whom to decide; the one who asked is not told the other's name
        seen = relation.with_user(self.manager).read(["owner_id", "other_owner_id"])[0]
        self.assertEqual((seen["owner_id"][0], seen["other_owner_id"][0]), (self.li.id, self.wang.id))
        self.assertFalse(relation.with_user(self.wang).owner_id)
        relation.with_user(self.manager).action_keep_other_owner()
        self.assertEqual(self.owner(self.customer | self.other_customer), self.wang)
        self.assertEqual(relation.kept_owner_id, self.wang)

    def test_refused_relation_leaves_both_alone(self):
        self.register(self.customer, self.li)
        self.register(self.other_customer, self.wang)
        relation = self.relate(self.wang)
        relation.with_user(self.manager).action_refuse()
        self.assertEqual((self.owner(self.customer), self.owner(self.other_customer)), (self.li, self.wang))
        with self.assertRaisesRegex(UserError, "already"):
            relation.with_user(self.manager).action_keep_owner()

    def test_open_customer_is_not_taken_by_declaring_it_a_relative(self):
        self.register(self.other_customer, self.li)
        self.pass_days(9)
        self.register(self.customer, self.wang)
        relation = self.relate(self.wang)
        self.assertEqual(relation.state, "pending")
        self.assertEqual(self.state(self.other_customer), "open")

    def test_wrong_join_is_undone_and_both_owners_are_back(self):
        self.register(self.customer, self.li)
        self.register(self.other_customer, self.wang)
        relation = self.relate(self.wang)
        relation.with_user(self.manager).action_keep_owner()
        self.pass_days(1)
        self.assertEqual(self.owner(self.other_customer), self.li)
        relation.with_user(self.manager).action_undo()
        self.assertEqual((self.owner(self.customer), self.owner(self.other_customer)), (self.li, self.wang))
        self.assertEqual(relation.state, "undone")
        # the days of the join stay what they were
        at = self.env["sales.ownership"]._owner_at(self.other_customer, MONDAY.replace(hour=12))
        self.assertEqual(at[self.other_customer], self.li)

    def test_undo_after_the_other_owner_won_restores_the_first(self):
        self.register(self.customer, self.li)
        self.register(self.other_customer, self.wang)
        relation = self.relate(self.wang)
        relation.with_user(self.manager).action_keep_other_owner()
        self.pass_days(1)
        relation.with_user(self.manager).action_undo()
        self.assertEqual((self.owner(self.customer), self.owner(self.other_customer)), (self.li, self.wang))

    def test_same_customer_cannot_be_related_to_itself(self):
        person = self.env["res.partner"].create({"name": "Ma Lin", "parent_id": self.customer.id})
        with self.assertRaises(ValidationError):
            self.relate(self.li, other=person)

    def test_merge_keeps_every_log_and_period_both_ways(self):
        for source, destination, winner in (
            (self.other_customer, self.customer, self.li),
            (self.customer, self.other_customer, self.wang),
        ):
            with self.subTest(destination=destination.name), self.cr.savepoint() as savepoint:
                self.register(self.customer, self.li)
                self.register(self.other_customer, self.wang)
                logs, periods, _memberships = self.evidence()
                self.pass_days(1)
                self.merge(source, destination)
                self.assertFalse(source.exists())
                after = self.evidence()
                self.assertEqual(after[0], logs)
                self.assertGreaterEqual(after[1], periods)
                self.assertEqual(self.owner(destination), winner)
                names = (
                    self.env["sales.contact.log"].search([("partner_id", "=", destination.id)]).mapped("partner_name")
                )
                self.assertEqual(set(names), {"Ningbo Valve Works", "Hefei Pumps"})
                # the past of the remaining contact is its own
                past = self.env["sales.ownership"]._owner_at(destination, MONDAY)
                self.assertEqual(past[destination], winner)
                savepoint.rollback()
                self.env.invalidate_all()
                self.frozen.move_to(MONDAY)

    def test_merge_of_an_owned_contact_into_an_unknown_one_carries_the_owner(self):
        self.register(self.customer, self.li)
        person = self.env["res.partner"].create({"name": "Ma Lin", "parent_id": self.customer.id})
        self.pass_days(1)
        self.merge(self.customer, self.third_customer)
        self.assertEqual(self.owner(self.third_customer), self.li)
        self.assertEqual(self.owner(person), self.li)
        self.assertEqual(
            self.env["sales.ownership"]._owner_at(self.third_customer, MONDAY)[self.third_customer], self.li
        )

    def test_merge_across_owners_needs_a_manager(self):
        self.register(self.customer, self.li)
        self.register(self.other_customer, self.wang)
        self.wang.group_ids |= self.env.ref("base.group_partner_manager")
        with self.assertRaisesRegex(UserError, "sales manager"), self.cr.savepoint():
            self.merge(self.customer, self.other_customer, self.wang)
        self.assertEqual(self.owner(self.customer), self.li)

    def test_open_customer_is_not_taken_by_merging_it(self):
        self.register(self.other_customer, self.li)
        self.pass_days(9)
        self.register(self.customer, self.wang)
        self.wang.group_ids |= self.env.ref("base.group_partner_manager")
        with self.assertRaisesRegex(UserError, "sales manager"), self.cr.savepoint():
            self.merge(self.other_customer, self.customer, self.wang)
        self.assertEqual(self.state(self.other_customer), "open")

    def test_unowned_contacts_merge_as_ever(self):
        self.merge(self.customer, self.other_customer)
        self.assertEqual(self.state(self.other_customer), "unclaimed")
