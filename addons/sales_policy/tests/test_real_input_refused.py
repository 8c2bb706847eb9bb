# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import mute_logger

from .real_input import UNTOUCHED, Book, RealInputCommon


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
        rows = self.rows("contacts_bad.csv")
        del rows[10]
        before = self.counts()
        with mute_logger("odoo.sql_db"):
            outcome = self.import_contacts(rows)
        self.assertNamed(
            outcome,
            {
                1: "customer_9999.*Customer",
                3: "信鸽.*Channel",
                5: "future",
                7: "Summary",
                8: "查无此人.*Contact By",
            },
        )
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
            outcome = self.import_file(self.client(self.manager), "res.partner", self.as_text(rows))
        self.assertNamed(
            outcome,
            {
                1: "查无此人.*Salesperson",
                3: "邻居.*Relation",
                4: "customer_9999",
                6: "field .note.",
            },
        )
        self.assertEqual(self.counts(), before)

    def test_derived_columns_of_a_list_are_refused(self):
        rows = [{"id": "again_1", "name": "上海珩岳阀门厂", "sales_owner_id": "简宁远"}]
        before = self.counts()
        outcome = self.import_file(self.client(self.manager), "res.partner", self.as_text(rows))
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
        self.assertNamed(
            outcome,
            {
                0: "your own contacts",
                1: "24 hours",
                3: "your own contacts",
                4: "24 hours",
            },
        )
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
        self.env["sales.customer.register"].with_user(self.users["简宁远"]).create(
            {
                "partner_id": self.partners[unit].id,
                "summary": "电话里谈到两台数控车床的报价",
                "is_different": True,
            }
        ).action_register()
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
        screen = env["base_import.import"].create(
            {
                "res_model": "sales.contact.log",
                "file": self.as_text(self.contacts[:30]).encode(),
                "file_type": "text/csv",
                "file_name": "list.csv",
            }
        )
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
