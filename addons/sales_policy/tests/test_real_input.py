# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from collections import defaultdict
from datetime import datetime

from odoo.tests import tagged

from .real_input import SHANGHAI, RealInputCommon


@tagged("post_install", "-at_install")
class TestRealInput(RealInputCommon):
    """A company's own lists come in, and what Odoo says then is what the policy says (OWN-1 to OWN-4)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.came_in["contacts.csv"] = cls.import_file(
            cls.client(cls.manager), "sales.contact.log", cls.text("contacts.csv")
        )

    def test_every_column_finds_its_field_and_nothing_is_complained_about(self):
        strangers = {"customers.csv": ["Last contact"], "salespeople.csv": ["Team", "Job"]}
        for name, outcome in self.came_in.items():
            self.assertEqual(outcome["messages"], [], name)
            unmapped = [column for column, field in outcome["mapping"].items() if field != column]
            self.assertEqual(unmapped, strangers.get(name, []), name)
            self.assertFalse(any(outcome["mapping"][column] for column in unmapped), name)
        self.assertEqual(len(self.came_in["customers.csv"]["ids"]), len(self.names))
        self.assertEqual(len(self.came_in["contacts.csv"]["ids"]), len(self.contacts))
        self.assertGreater(len(self.contacts), 1500)

    def test_owners_pool_and_unclaimed_follow_from_the_contacts(self):
        states = [self.book.state(name) for name in self.names]
        for state in ("protected", "open", "unclaimed"):
            self.assertGreater(states.count(state), 80)
        self.assertOwnersFollowTheBook(self.names)

    def test_searching_for_a_state_finds_the_same_customers(self):
        Partner = self.as_manager(self.env["res.partner"])
        ours = [("id", "in", [partner.id for partner in self.partners.values()])]
        for state in ("protected", "open", "unclaimed"):
            found = Partner.search([*ours, ("sales_ownership_state", "=", state)])
            self.assertEqual(found, self.browse(n for n in self.names if self.book.state(n) == state) & found)
            self.assertEqual(len(found), sum(self.book.state(name) == state for name in self.names))

    def test_ledger_holds_every_period_of_the_past(self):
        ledger = self.ledger()
        known = {unit: periods for unit, periods in self.book.periods.items() if periods}
        wanted = {self.partners[unit].sales_customer_group_id: periods for unit, periods in known.items()}
        self.assertEqual(len(wanted), len(ledger))
        self.assertGreater(sum(len(periods) > 1 for periods in wanted.values()), 50, "customers that changed hands")
        for group, periods in wanted.items():
            self.assertEqual(ledger[group], periods, group.name)
        self.assertEqual(set(self.env["sales.ownership"].search([]).mapped("origin")), {"import"})

    def test_owner_of_every_customer_at_past_moments(self):
        moments = [
            datetime(2026, 3, 10, 12),
            datetime(2026, 4, 1, 0),
            datetime(2026, 4, 20, 18, 30),
            datetime(2026, 5, 9, 7, 59),
            datetime(2026, 5, 24, 0),
            datetime(2026, 6, 7, 23, 59),
            datetime(2026, 6, 15),
        ]
        partners = self.browse(self.names)
        for when in moments:
            owners = self.env["sales.ownership"]._owner_at(partners, when - SHANGHAI)
            wanted = {name: self.book.owner(name, when) for name in self.names}
            self.assertGreater(sum(map(bool, wanted.values())), 10, when)
            wrong = {
                name: (owners[partner].name or "", wanted[name])
                for name, partner in zip(self.names, partners)
                if (owners[partner].name or "") != wanted[name]
            }
            self.assertEqual(wrong, {}, f"(found, wanted) at {when}")

    def test_family_affiliates_and_contact_persons_are_one_customer(self):
        units = defaultdict(set)
        for name in self.names:
            units[self.book.find(name)].add(name)
        joined = {row["id"] for row in self.customers if row["sales_relation_ids/kind"] and row["id"]}
        self.assertGreater(len(joined), 30)
        groups = set()
        for unit, names in units.items():
            group = self.browse(names).sales_customer_group_id
            if joined & names or self.book.periods[unit]:
                self.assertEqual(len(group), 1, names)
                self.assertNotIn(group, groups, names)
                groups.add(group)
            else:
                self.assertFalse(group, names)
        self.assertEqual(set(self.env["sales.customer.relation"].search([]).mapped("state")), {"joined"})

    def test_history_keeps_who_when_and_who_brought_it_in(self):
        logs = self.env["sales.contact.log"].browse(self.came_in["contacts.csv"]["ids"])
        for log, row in zip(logs, self.contacts):
            when = f"{log.contact_date + SHANGHAI:%Y-%m-%d %H:%M:%S}"
            self.assertEqual(
                [log.user_id.name, when, log.channel, log.direction, log.summary],
                [row[column] for column in ("user_id", "contact_date", "channel", "direction", "summary")],
            )
            self.assertEqual(log.partner_id, self.partners[row["partner_id/id"]])
        self.assertEqual(logs.create_uid, self.manager)
        self.assertTrue(all(log.imported and log.counts for log in logs))

    def test_last_contact_of_the_old_list_agrees_with_the_history(self):
        latest = {}
        for log in self.env["sales.contact.log"].search([]):
            latest[log.partner_id] = max(latest.get(log.partner_id, log.contact_date), log.contact_date)
        for row in self.customers:
            if row["id"]:
                found = latest.get(self.partners[row["id"]])
                last = f"{found + SHANGHAI:%Y-%m-%d %H:%M}" if found else ""
                self.assertEqual(last, row["Last contact"], row["name"])

    def test_salesperson_of_the_old_list_stays_but_does_not_own(self):
        rows = [row for row in self.customers if row["id"]]
        for row in rows:
            self.assertEqual(self.partners[row["id"]].user_id.name or "", row["user_id"], row["name"])
        believed = [row["id"] for row in rows if row["user_id"] and row["user_id"] != self.book.owner(row["id"])]
        self.assertGreater(len(believed), 50)
        self.assertOwnersFollowTheBook(believed)

    def test_quotations_of_a_colleague_credit_the_owner(self):
        picked = []
        for state in ("protected", "open", "unclaimed"):
            picked += [name for name in self.names if self.book.state(name) == state][5::7][:12]
        sellers = [row["name"] for row in self.rows("salespeople.csv") if row["Job"] == "salesperson"]
        orders, credited = self.env["sale.order"], []
        for index, name in enumerate(picked):
            owner = self.book.owner(name)
            colleague = next(n for n in sellers[index % 5 :] if n != owner)
            orders |= (
                self.env["sale.order"]
                .with_user(self.users[colleague])
                .create(
                    {
                        "partner_id": self.partners[name].id,
                        "user_id": self.users[colleague].id,
                    }
                )
                .sudo()
            )
            credited.append(owner or colleague)
        self.assertEqual([order.credited_user_id.name for order in self.as_manager(orders)], credited)
        for order in orders[::2]:
            order.with_user(order.user_id).action_confirm()
        self.assertEqual([order.sales_credit_ids.user_id.name for order in orders[::2]], credited[::2])
        # what is confirmed stays, whoever owns the customer later
        self.env["sales.ownership"]._assign(
            orders.partner_id.sales_customer_group_id, self.users["祁望舒"], self.env.company, "New territory"
        )
        self.env.invalidate_all()
        self.assertEqual([order.credited_user_id.name for order in self.as_manager(orders[::2])], credited[::2])

    def test_five_spellings_of_a_phone_are_one_number(self):
        digits = defaultdict(list)
        for row in self.customers:
            if row["phone"]:
                number = "".join(filter(str.isdigit, row["phone"])).removeprefix("0086").removeprefix("86").lstrip("0")
                digits[number].append(row)
                self.assertEqual(self.partners[row["id"]].phone_sanitized, f"+86{number}", row["phone"])
        pairs = [rows for rows in digits.values() if len(rows) > 1]
        self.assertGreater(len(pairs), 15)
        for first, second in pairs:
            self.assertNotEqual(first["phone"], second["phone"])
            one, other = self.browse([first["id"], second["id"]])
            self.assertIn(other, one.sales_duplicate_ids)
            self.assertIn(one, other.sales_duplicate_ids)

    def test_second_import_of_the_same_contacts_is_refused_row_by_row(self):
        before, rows = self.counts(), self.contacts[:4]
        outcome = self.import_contacts(rows)
        self.assertNamed(outcome, dict.fromkeys(range(len(rows)), "cannot be changed"))
        self.assertEqual(self.counts(), before)
