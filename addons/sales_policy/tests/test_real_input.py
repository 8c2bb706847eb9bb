# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

import csv
import io
import os
from collections import defaultdict
from datetime import datetime, time, timedelta
from pathlib import Path
from unittest import SkipTest
from unittest.mock import patch

from freezegun import freeze_time

from odoo.tests import TransactionCase, tagged
from odoo.tools import mute_logger

SAMPLES = Path(os.environ.get("SAMPLES_DIR") or Path(__file__).resolve().parents[3] / "samples")
SHANGHAI = timedelta(hours=8)
# The committed files are seen from this morning in Shanghai, a Monday.
NOW = datetime(2026, 6, 15, 9, 30)
# Options that the web client sends for a file nobody has touched.
UNTOUCHED = {
    "has_headers": True, "advanced": True, "keep_matches": False, "encoding": "", "separator": "", "quoting": '"',
    "date_format": "", "datetime_format": "", "float_thousand_separator": ",", "float_decimal_separator": ".",
    "limit": 2000, "skip": 0, "sheets": [], "sheet": "", "tracking_disable": True,
    "import_skip_records": [], "import_set_empty_fields": [], "fallback_values": {}, "name_create_enabled_fields": {},
}


class Book:
    """What follows from the sample files by the written policy alone, worked out without Odoo. Times of Shanghai."""

    def __init__(self, customers, contacts, days=7, tag_days=None, mute=()):
        self.root, tags = {}, {}
        for row in customers:
            if row["id"]:
                employer = row["parent_id/id"] if row["is_company"] == "False" else ""
                self.root[row["id"]] = self.find(employer) if employer else row["id"]
                tags[row["id"]] = row["category_id"].split(",")
        current = None
        for row in customers:
            current = row["id"] or current
            if row["sales_relation_ids/other_partner_id/id"]:
                self.join(current, row["sales_relation_ids/other_partner_id/id"])
        tagged_days = defaultdict(lambda: days)
        for customer, names in tags.items():
            for name in set(names) & set(tag_days or ()):
                tagged_days[self.find(customer)] = tag_days[name]
        self.periods = defaultdict(list)
        for row in contacts:
            if row["channel"] in mute:
                continue
            unit, moment = self.find(row["partner_id/id"]), datetime.fromisoformat(row["contact_date"])
            end = datetime.combine(moment.date() + timedelta(days=tagged_days[unit] + 1), time.min)
            periods = self.periods[unit]
            if not periods or moment >= periods[-1][2]:
                periods.append([row["user_id"], moment, end])
            elif periods[-1][0] == row["user_id"]:
                periods[-1][2] = end

    def find(self, customer):
        while self.root[customer] != customer:
            customer = self.root[customer]
        return customer

    def join(self, customer, other):
        self.root[self.find(customer)] = self.find(other)

    def owner(self, customer, when=NOW):
        """Return the name of who owned a customer at a moment, or an empty string."""
        running = [name for name, start, end in self.periods[self.find(customer)] if start <= when < end]
        return running[0] if running else ""

    def state(self, customer):
        if self.owner(customer):
            return "protected"
        return "open" if self.periods[self.find(customer)] else "unclaimed"


class RealInputCommon(TransactionCase):
    """The customers of ``samples/``, brought in by the sales manager through the import screen."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if not (SAMPLES / "customers.csv").exists():
            raise SkipTest("samples/ belongs to the project, not to the addon")
        cls.startClassPatcher(freeze_time(NOW - SHANGHAI))
        company = cls.env.company
        company.sales_ownership_enabled = True
        company.resource_calendar_id = cls.env["resource.calendar"].create({
            "name": "Office hours", "tz": "Asia/Shanghai", "company_id": company.id,
        })
        cls.customers, cls.contacts = cls.read("customers.csv"), cls.read("contacts.csv")
        cls.book = Book(cls.customers, cls.contacts)
        admin = cls.env(context={**cls.env.context, "no_reset_password": True})
        cls.came_in = {"salespeople.csv": cls.import_file(admin, "res.users", cls.text("salespeople.csv"))}
        cls.users = {row["name"]: cls.env.ref(f"__import__.{row['id']}") for row in cls.read("salespeople.csv")}
        cls.manager = cls.users["卓砚秋"]
        for model, name in (("res.partner.category", "tags.csv"), ("res.partner", "customers.csv")):
            cls.came_in[name] = cls.import_file(cls.client(cls.manager), model, cls.text(name))
        assert cls.came_in["customers.csv"]["ids"], cls.came_in["customers.csv"]["messages"][:5]
        cls.names = [row["id"] for row in cls.customers if row["id"]]
        cls.partners = {name: cls.env.ref(f"__import__.{name}") for name in cls.names}

    @classmethod
    def text(cls, name):
        return (SAMPLES / name).read_text(encoding="utf-8")

    @classmethod
    def read(cls, name):
        return list(csv.DictReader(io.StringIO(cls.text(name))))

    @classmethod
    def write(cls, rows):
        """Return rows as the text of a file."""
        target = io.StringIO()
        writer = csv.DictWriter(target, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
        return target.getvalue()

    @classmethod
    def client(cls, user):
        """Return the environment in which the web client of a user works."""
        return cls.env(user=user, su=False, context={**user.context_get(), "tracking_disable": True})

    @classmethod
    def import_file(cls, env, model, text, **options):
        """Take a file through the import screen: let it propose a mapping, import with it, go on batch by batch."""
        screen = env["base_import.import"].create({
            "res_model": model, "file": text.encode(), "file_name": "list.csv", "file_type": "text/csv",
        })
        preview = screen.parse_preview({**UNTOUCHED, **options})
        assert "error" not in preview, preview
        columns = preview["headers"]
        mapping = ["/".join(preview["matches"].get(index, ())) or False for index in range(len(columns))]
        outcome = {"mapping": dict(zip(columns, mapping)), "ids": [], "messages": [], "batches": 0}
        skip = 0
        while True:
            step = screen.execute_import(
                mapping, [column.lower() for column in columns], {**preview["options"], **options, "skip": skip}
            )
            outcome["ids"] += step.get("ids") or []
            outcome["messages"] += step["messages"]
            outcome["batches"] += 1
            skip = step.get("nextrow")
            if not skip or step["messages"]:
                return outcome

    def import_contacts(self, rows, user=None, **options):
        return self.import_file(self.client(user or self.manager), "sales.contact.log", self.write(rows), **options)

    def contacts_of(self, units):
        """Return the rows of the history that are about some customers (roots of the book)."""
        units = set(units)
        return [row for row in self.contacts if self.book.find(row["partner_id/id"]) in units]

    def all_units(self):
        return sorted({self.book.find(name) for name in self.names})

    def as_manager(self, partners):
        return partners.with_env(self.client(self.manager))

    def browse(self, names):
        return self.as_manager(self.env["res.partner"].browse([self.partners[name].id for name in names]))

    def assertOwnersFollowTheBook(self, names):
        partners = self.browse(names)
        found = {name: (p.sales_ownership_state, p.sales_owner_id.name or "") for name, p in zip(names, partners)}
        wanted = {name: (self.book.state(name), self.book.owner(name)) for name in names}
        self.assertEqual({n: (found[n], wanted[n]) for n in names if found[n] != wanted[n]}, {}, "(found, wanted)")

    def ledger(self):
        """Return the periods of ownership in the ledger by customer group, as the book writes them."""
        periods = defaultdict(list)
        for row in self.env["sales.ownership"].search([], order="date_start, id"):
            # The ledger writes the last second of a day, the book the midnight after it.
            midnight = row.date_end + SHANGHAI + timedelta(seconds=1)
            periods[row.group_id].append([row.user_id.name, row.date_start + SHANGHAI, midnight])
        return periods

    def counts(self):
        """Return how many records there are of everything that an import of contacts touches."""
        models = (
            "res.partner", "res.users", "sales.contact.log", "sales.customer.group", "sales.customer.membership",
            "sales.customer.relation", "sales.ownership", "ir.model.data", "mail.activity", "mail.message",
        )
        return {model: self.env[model].with_context(active_test=False).search_count([]) for model in models}

    def assertNamed(self, outcome, reasons):
        """Each row (counted from 0 below the header) is named with its reason, and no other reason is given."""
        self.assertFalse(outcome["ids"])
        found = defaultdict(list)
        for message in outcome["messages"]:
            found[message["rows"]["from"]].append(message["message"])
        for row, reason in reasons.items():
            self.assertRegex("\n".join(found[row]), reason, f"row {row} of {dict(found)}")
        # Odoo's load() repeats the first refusal of a batch under the first row of the batch.
        first = set(found.pop(0, ())) if 0 not in reasons else set()
        self.assertLessEqual(first, set().union(*found.values()))
        self.assertEqual(set(found), set(reasons), dict(found))


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
            datetime(2026, 3, 10, 12), datetime(2026, 4, 1, 0), datetime(2026, 4, 20, 18, 30),
            datetime(2026, 5, 9, 7, 59), datetime(2026, 5, 24, 0), datetime(2026, 6, 7, 23, 59), datetime(2026, 6, 15),
        ]
        partners = self.browse(self.names)
        for when in moments:
            owners = self.env["sales.ownership"]._owner_at(partners, when - SHANGHAI)
            wanted = {name: self.book.owner(name, when) for name in self.names}
            self.assertGreater(sum(map(bool, wanted.values())), 10, when)
            wrong = {
                name: (owners[partner].name or "", wanted[name])
                for name, partner in zip(self.names, partners) if (owners[partner].name or "") != wanted[name]
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
        sellers = [row["name"] for row in self.read("salespeople.csv") if row["Job"] == "salesperson"]
        orders, credited = self.env["sale.order"], []
        for index, name in enumerate(picked):
            owner = self.book.owner(name)
            colleague = next(n for n in sellers[index % 5:] if n != owner)
            orders |= self.env["sale.order"].with_user(self.users[colleague]).create({
                "partner_id": self.partners[name].id, "user_id": self.users[colleague].id,
            }).sudo()
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


@tagged("post_install", "-at_install")
class TestRealInputRefused(RealInputCommon):
    """What may not come in, what comes in piecemeal, and what it costs (OWN-1)."""

    def test_unreadable_date_stops_the_file_and_names_its_line(self):
        before = self.counts()
        outcome = self.import_file(self.client(self.manager), "sales.contact.log", self.text("contacts_bad.csv"))
        self.assertFalse(outcome["ids"])
        [message] = outcome["messages"]
        self.assertRegex(message["message"], r"contact_date.*line 11.*2026年5月31日上午")
        self.assertEqual(self.counts(), before)

    def test_bad_contacts_are_named_and_none_of_the_file_stays(self):
        rows = self.read("contacts_bad.csv")
        del rows[10]
        before = self.counts()
        with mute_logger("odoo.sql_db"):
            outcome = self.import_contacts(rows)
        self.assertNamed(outcome, {
            1: "customer_9999.*Customer",
            3: "信鸽.*Channel",
            5: "future",
            7: "Summary",
            8: "查无此人.*Contact By",
        })
        self.assertEqual(self.counts(), before)

    def test_contact_without_customer_person_or_date_is_named(self):
        rows = [dict(row) for row in self.contacts[:8]]
        rows[1]["partner_id/id"] = ""
        rows[3]["user_id"] = ""
        rows[5]["contact_date"] = ""
        before = self.counts()
        with mute_logger("odoo.sql_db"):
            outcome = self.import_contacts(rows)
        self.assertNamed(outcome, {1: "customer or lead", 3: "Contact By", 5: "Date of Contact"})
        self.assertEqual(self.counts(), before)

    def test_bad_customers_are_named_and_none_of_the_file_stays(self):
        rows = [dict(row, id=f"again_{row['id']}") for row in self.customers[:8]]
        rows[1]["user_id"] = "查无此人"
        relation = {"kind": "spouse", "other_partner_id/id": "customer_0001", "note": "结婚证"}
        for index, wrong in ((3, {"kind": "邻居"}), (4, {"other_partner_id/id": "customer_9999"}), (6, {"note": ""})):
            rows[index].update({f"sales_relation_ids/{key}": value for key, value in {**relation, **wrong}.items()})
        before = self.counts()
        with mute_logger("odoo.sql_db"):
            outcome = self.import_file(self.client(self.manager), "res.partner", self.write(rows))
        self.assertNamed(outcome, {
            1: "查无此人.*Salesperson", 3: "邻居.*Relation", 4: "customer_9999", 6: "field .note.",
        })
        self.assertEqual(self.counts(), before)

    def test_derived_columns_of_a_list_are_refused(self):
        rows = [{"id": "again_1", "name": "上海珩岳阀门厂", "sales_owner_id": "简宁远"}]
        before = self.counts()
        outcome = self.import_file(self.client(self.manager), "res.partner", self.write(rows))
        self.assertFalse(outcome["mapping"]["sales_owner_id"] and outcome["ids"])
        if outcome["ids"]:
            self.assertEqual(self.as_manager(self.env.ref("__import__.again_1")).sales_ownership_state, "unclaimed")
        else:
            self.assertEqual(self.counts(), before)

    def test_salesperson_cannot_bring_in_history(self):
        seller = self.users["简宁远"]
        rows = [dict(row) for row in self.contacts[-6:]]
        for row in rows:
            row.update(user_id=seller.name, contact_date="2026-06-15 08:30:00")
        rows[0]["user_id"] = rows[3]["user_id"] = "蔺若溪"
        rows[1]["contact_date"] = rows[4]["contact_date"] = "2026-05-02 10:00:00"
        before = self.counts()
        outcome = self.import_contacts(rows, user=seller)
        self.assertNamed(outcome, {
            0: "your own contacts", 1: "24 hours", 3: "your own contacts", 4: "24 hours",
        })
        self.assertEqual(self.counts(), before)

    def test_salesperson_brings_in_own_contacts_of_today_without_owning_anything(self):
        seller = self.users["简宁远"]
        rows = [dict(row, user_id=seller.name, contact_date="2026-06-15 08:30:00") for row in self.contacts[-6:]]
        outcome = self.import_contacts(rows, user=seller)
        self.assertEqual((outcome["messages"], len(outcome["ids"])), ([], 6))
        logs = self.env["sales.contact.log"].browse(outcome["ids"])
        self.assertFalse(any(logs.mapped("imported")))
        self.assertFalse(self.env["sales.ownership"].search_count([]))

    def test_history_names_people_who_have_left(self):
        leaver = self.users["岑望北"]
        leaver.active = False
        theirs = [unit for unit in self.all_units() if any(p[0] == leaver.name for p in self.book.periods[unit])]
        rows = self.contacts_of(theirs)
        outcome = self.import_contacts(rows)
        self.assertEqual((outcome["messages"], len(outcome["ids"])), ([], len(rows)))
        ledger = self.ledger()
        for unit in theirs:
            self.assertEqual(ledger[self.partners[unit].sales_customer_group_id], self.book.periods[unit])

    def test_history_in_batches_gives_the_same_owners(self):
        units = [unit for unit in self.all_units() if len(self.book.periods[unit]) > 1][:25]
        rows = self.contacts_of(units)
        outcome = self.import_contacts(rows, limit=60)
        self.assertGreater(outcome["batches"], 2)
        self.assertEqual((outcome["messages"], len(outcome["ids"])), ([], len(rows)))
        self.assertOwnersFollowTheBook(units)
        ledger = self.ledger()
        for unit in units:
            self.assertEqual(ledger[self.partners[unit].sales_customer_group_id], self.book.periods[unit])

    def test_customer_registered_in_odoo_keeps_its_owner_whatever_the_history_says(self):
        unit = next(unit for unit in self.all_units() if self.book.owner(unit) not in ("", "简宁远"))
        self.env["sales.customer.register"].with_user(self.users["简宁远"]).create({
            "partner_id": self.partners[unit].id, "summary": "电话里谈到两台数控车床的报价", "is_different": True,
        }).action_register()
        outcome = self.import_contacts(self.contacts_of([unit]))
        self.assertEqual(outcome["messages"], [])
        self.assertEqual(self.browse([unit]).sales_owner_id, self.users["简宁远"])

    def test_history_is_replayed_by_the_terms_of_the_company(self):
        policy = self.env.ref("sales_policy.sales_ownership_policy_standard")
        policy.window_days = 12
        policy.channel_ids = [(0, 0, {"channel": "fax", "counting": "never"})]
        key_accounts = self.env["res.partner.category"].search([("name", "=", "重点客户")])
        policy.copy({"name": "Key accounts", "sequence": 1, "window_days": 25, "category_ids": key_accounts.ids})
        book = Book(self.customers, self.contacts, days=12, tag_days={"重点客户": 25}, mute=["fax"])
        units = [unit for unit in self.all_units() if book.periods[unit]]
        units = [unit for unit in units if self.book.periods[unit] != book.periods[unit]][:30]
        outcome = self.import_contacts(self.contacts_of(units))
        self.assertEqual(outcome["messages"], [])
        ledger = self.ledger()
        for unit in units:
            self.assertEqual(ledger[self.partners[unit].sales_customer_group_id], book.periods[unit], unit)

    def test_dry_run_of_the_import_screen_leaves_nothing(self):
        before = self.counts()
        env = self.client(self.manager)
        screen = env["base_import.import"].create({
            "res_model": "sales.contact.log", "file": self.write(self.contacts[:30]).encode(), "file_type": "text/csv",
            "file_name": "list.csv",
        })
        columns = list(self.contacts[0])
        options = {**UNTOUCHED, "encoding": "utf-8", "separator": ","}
        result = screen.execute_import(columns, columns, options, dryrun=True)
        self.assertEqual((result["messages"], len(result["ids"])), ([], 30))
        self.assertEqual(self.counts(), before)

    def test_queries_do_not_grow_with_the_history(self):
        units = [unit for unit in self.all_units() if self.book.periods[unit]]
        self.import_contacts(self.contacts_of(units[:5]))  # warm
        once, rows = self.queries_of_import(units[5:45])
        twice, twice_rows = self.queries_of_import(units[45:125])
        self.assertGreater(twice_rows, 1.8 * rows)
        # A few more for each hundred rows: Odoo inserts in portions.
        allowed = 5 + (twice_rows - rows) // 25
        for step in ("create", "_derive_ownership"):
            numbers = f"{step}: {rows} rows {once}, {twice_rows} rows {twice}"
            self.assertLessEqual(twice[step] - once[step], allowed, numbers)

    def queries_of_import(self, units):
        """Import the history of some customers. Return the queries by step, and the number of rows."""
        rows, counted = self.contacts_of(units), {}
        Log = self.env.registry["sales.contact.log"]

        def count(name):
            original = getattr(Log, name)

            def counting(logs, *args):
                logs.env.flush_all()
                start = logs.env.cr.sql_log_count
                result = original(logs, *args)
                logs.env.flush_all()
                counted[name] = logs.env.cr.sql_log_count - start
                return result

            return patch.object(Log, name, counting)

        # a request begins with empty caches
        self.env.flush_all()
        self.env.invalidate_all()
        with count("create"), count("_derive_ownership"):
            outcome = self.import_contacts(rows)
        self.assertEqual((outcome["messages"], len(outcome["ids"])), ([], len(rows)))
        return counted, len(rows)
