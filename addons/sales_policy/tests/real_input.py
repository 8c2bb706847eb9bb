# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

import csv
import io
import os
from collections import defaultdict
from datetime import datetime, time, timedelta
from pathlib import Path
from unittest import SkipTest

from freezegun import freeze_time

from odoo.tests import TransactionCase

SAMPLES = Path(os.environ.get("SAMPLES_DIR") or Path(__file__).resolve().parents[3] / "samples")
SHANGHAI = timedelta(hours=8)
# The committed files are seen from this morning in Shanghai, a Monday.
NOW = datetime(2026, 6, 15, 9, 30)
# Options that the web client sends for a file nobody has touched.
UNTOUCHED = {
    "has_headers": True,
    "advanced": True,
    "keep_matches": False,
    "encoding": "",
    "separator": "",
    "quoting": '"',
    "date_format": "",
    "datetime_format": "",
    "float_thousand_separator": ",",
    "float_decimal_separator": ".",
    "limit": 2000,
    "skip": 0,
    "sheets": [],
    "sheet": "",
    "tracking_disable": True,
    "import_skip_records": [],
    "import_set_empty_fields": [],
    "fallback_values": {},
    "name_create_enabled_fields": {},
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
        company.resource_calendar_id = cls.env["resource.calendar"].create(
            {
                "name": "Office hours",
                "tz": "Asia/Shanghai",
                "company_id": company.id,
            }
        )
        cls.customers, cls.contacts = cls.rows("customers.csv"), cls.rows("contacts.csv")
        cls.book = Book(cls.customers, cls.contacts)
        admin = cls.env(context={**cls.env.context, "no_reset_password": True})
        cls.came_in = {"salespeople.csv": cls.import_file(admin, "res.users", cls.text("salespeople.csv"))}
        cls.users = {row["name"]: cls.env.ref(f"__import__.{row['id']}") for row in cls.rows("salespeople.csv")}
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
    def rows(cls, name):
        return list(csv.DictReader(io.StringIO(cls.text(name))))

    @classmethod
    def as_text(cls, rows):
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
        screen = env["base_import.import"].create(
            {
                "res_model": model,
                "file": text.encode(),
                "file_name": "list.csv",
                "file_type": "text/csv",
            }
        )
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
        return self.import_file(self.client(user or self.manager), "sales.contact.log", self.as_text(rows), **options)

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
            "res.partner",
            "res.users",
            "sales.contact.log",
            "sales.customer.group",
            "sales.customer.membership",
            "sales.customer.relation",
            "sales.ownership",
            "ir.model.data",
            "mail.activity",
            "mail.message",
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
