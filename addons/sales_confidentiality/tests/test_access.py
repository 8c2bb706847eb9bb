# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from functools import partial

from odoo.addons.sales_policy.tests.attack import REFUSED
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .channel import PHONE, ChannelCommon

ACCESS = "sales.confidentiality.access"


@tagged("post_install", "-at_install")
class TestAccess(ChannelCommon):
    """Who got real values is on file, whatever the way, and the values are not."""

    people = {"judge": ("qian", "Qian", "sales_confidentiality.group_confidentiality_officer")}

    def setUp(self):
        super().setUp()
        self.phone_rule = self.rule(["phone"], "mask", reveal=True, reveal_limit=3, audit_reads=True)

    def log_rows(self, **values):
        self.cr.flush()
        rows = self.env[ACCESS].search([])
        return rows.filtered(lambda row: all(row[name] == value for name, value in values.items()))

    def reveal(self, user, reason="The pump is leaking", record=None, name="phone"):
        record = record or self.customer
        return self.rpc(user, ACCESS, "reveal", record._name, record.id, name, reason)

    def test_reveal_shows_the_value_and_logs_who_and_why(self):
        self.assertEqual(self.reveal(self.leader), {"value": PHONE, "seconds": 20})
        row = self.log_rows(channel="reveal")
        self.assertEqual((row.user_id, row.model, row.field_names), (self.leader, "res.partner", "phone"))
        self.assertEqual((row.record_ids, row.reason), (str(self.customer.id), "The pump is leaking"))
        self.assertNotIn("1234", str(row.read()))
        self.assertNothing("res.partner", "read", self.customer.ids, ["phone"], users=[self.leader])

    def test_reveal_wants_a_reason_and_has_a_limit(self):
        with self.assertRaises(UserError):
            self.reveal(self.leader, " ")
        for _time in range(3):
            self.reveal(self.leader)
        with self.assertRaises(UserError):
            self.reveal(self.leader)
        self.pass_days(hours=2)
        self.reveal(self.leader)

    def test_who_cannot_reveal_is_told_for_which_rule_to_ask(self):
        terms = partial(self.rpc, self.leader, ACCESS, "reveal_terms")
        self.assertEqual(terms("res.partner", self.customer.id, "phone"), {"possible": True, "reason": True})
        self.phone_rule.reveal = False
        asked = terms("res.partner", self.customer.id, "phone")
        self.assertEqual(asked, {"possible": False, "reason": False, "rule": self.phone_rule.id})
        for target in (("res.partner", self.customer.id, "name"), ("no.model", 1, "phone"), ("crm.lead", 1, "phone")):
            self.assertEqual(terms(*target), {"possible": False, "reason": False, "rule": False}, target)

    def test_nothing_else_is_revealed(self):
        self.assertRefused(REFUSED, self.portal, ACCESS, "reveal", "res.partner", self.customer.id, "phone", "x")
        self.assertRefused(REFUSED, self.leader, ACCESS, "reveal", "res.partner", self.customer.id, "name", "x")
        self.assertRefused(REFUSED, self.leader, ACCESS, "reveal", "res.users", 1, "password", "x")
        self.assertRefused(REFUSED, self.leader, ACCESS, "reveal", "no.model", 1, "phone", "x")
        self.assertRefused(REFUSED, self.leader, ACCESS, "reveal", "res.partner", "1", "phone", "x")
        self.phone_rule.reveal = False
        self.assertRefused(REFUSED, self.leader, ACCESS, "reveal", "res.partner", self.customer.id, "phone", "x")
        self.rule(["standard_price"], "hide", "product.product", reveal=True)
        self.assertRefused(
            REFUSED, self.leader, ACCESS, "reveal", "product.product", self.product.id, "standard_price", "x"
        )

    def test_reading_and_exporting_real_values_is_logged_once_without_the_values(self):
        self.clear(self.leader)
        customers = self.customer | self.other_customer
        self.rpc(
            self.leader, "res.partner", "web_search_read", [("id", "in", customers.ids)], {"phone": {}, "name": {}}
        )
        row = self.log_rows(channel="read", user_id=self.leader)
        self.assertEqual(len(row), 1)
        self.assertEqual(row.record_ids, ",".join(map(str, sorted(customers.ids))))
        self.assertEqual(row.field_names, "phone")
        self.rpc(self.leader, "res.partner", "export_data", customers.ids, ["name", "phone"])
        self.assertEqual(self.log_rows(channel="export").record_count, 2)
        self.rpc(self.wang, "res.partner", "read", customers.ids, ["phone"])
        self.assertFalse(self.log_rows(channel="read", user_id=self.wang))
        self.assertNotIn("1234", str(self.env[ACCESS].search([]).read()))

    def test_a_mass_export_is_told_to_the_officers(self):
        self.env["ir.config_parameter"].set_param("sales_confidentiality.bulk_export", 2)
        self.clear(self.leader)
        self.rpc(self.leader, "res.partner", "export_data", (self.customer | self.other_customer).ids, ["phone"])
        self.cr.flush()
        notified = self.env["mail.notification"].search([("res_partner_id", "=", self.officer.partner_id.id)])
        self.assertIn("Sun Li exported phone of 2 records", str(notified.mail_message_id.mapped("body")))

    def test_the_log_is_read_by_the_officer_and_changed_by_nobody(self):
        self.reveal(self.leader)
        row = self.log_rows(channel="reveal")
        for user in (self.li, self.leader, self.manager, self.accountant, self.clerk, self.portal):
            self.assertRefused(AccessError, user, ACCESS, "read", row.ids)
        self.assertTrue(self.rpc(self.officer, ACCESS, "read", row.ids))
        for user in (self.officer, self.leader, self.manager):
            self.assertRefused(REFUSED, user, ACCESS, "write", row.ids, {"reason": "Other"})
            self.assertRefused(REFUSED, user, ACCESS, "unlink", row.ids)
            self.assertRefused(REFUSED, user, ACCESS, "create", {"channel": "read", "model": "x"})
        with self.assertRaises(UserError):
            row.sudo().reason = "Other"

    def test_tampering_shows(self):
        Seal = self.env["sales.confidentiality.seal"]
        for user in (self.leader, self.manager, self.wang):
            self.reveal(user)
            self.cr.flush()
            Seal._seal()
        self.assertEqual(len(Seal.search([])), 3)
        self.assertFalse(Seal._verify())
        self.assertEqual(self.rpc(self.officer, Seal._name, "action_verify", [])["params"]["type"], "success")
        self.assertRefused(AccessError, self.leader, Seal._name, "action_verify", [])
        row = self.log_rows(user_id=self.manager, channel="reveal")
        seal = row.seal_id
        with self.cr.savepoint() as savepoint:
            self.cr.execute("UPDATE sales_confidentiality_access SET reason = 'Nothing' WHERE id = %s", [row.id])
            self.assertEqual(Seal._verify(), seal)
            savepoint.rollback()
            self.cr.execute("DELETE FROM sales_confidentiality_access WHERE id = %s", [row.id])
            self.assertEqual(Seal._verify(), seal)
            savepoint.rollback()

    def test_after_its_time_the_log_goes_and_the_chain_holds(self):
        Seal = self.env["sales.confidentiality.seal"]
        self.reveal(self.leader)
        self.cr.flush()
        Seal._seal()
        self.pass_days(800)
        self.reveal(self.leader)
        self.cr.flush()
        Seal._cron_seal()
        self.assertEqual(len(self.env[ACCESS].search([])), 1)
        self.assertFalse(Seal._verify())

    def grant(self, user, **values):
        return (
            self.env["sales.confidentiality.grant"]
            .with_user(user)
            .create(
                {
                    "rule_id": self.phone_rule.id,
                    "record_ids": str(self.customer.id),
                    "hours": 4,
                    "reason": "Covering the fair",
                    **values,
                }
            )
        )

    def test_a_grant_is_asked_approved_and_ends_by_itself(self):
        grant = self.grant(self.leader)
        self.assertNothing("res.partner", "read", self.customer.ids, ["phone"], users=[self.leader])
        grant.action_ask()
        self.assertNothing("res.partner", "read", self.customer.ids, ["phone"], users=[self.leader])
        grant.sudo().approval_ids.with_user(self.judge).action_approve()
        self.assertEqual(grant.state, "running")
        self.assertTells(PHONE, self.leader, "res.partner", "read", self.customer.ids, ["phone"])
        self.assertNothing("res.partner", "read", self.customer.ids, ["phone"], users=[self.wang])
        self.pass_days(hours=5)
        self.assertEqual(grant.state, "ended")
        self.assertNothing("res.partner", "read", self.customer.ids, ["phone"], users=[self.leader])

    def test_nobody_gives_themselves_a_grant(self):
        for values in (
            {"date_from": "2026-01-01 00:00:00", "date_to": "2027-01-01 00:00:00"},
            {"user_id": self.wang.id},
        ):
            grant = self.grant(self.leader, **values)
            self.assertEqual(grant.user_id, self.leader)
            self.assertFalse(grant.date_from)
        self.assertNothing("res.partner", "read", self.customer.ids, ["phone"], users=[self.leader, self.wang])
        grant.with_user(self.leader).write({"date_from": "2026-01-01 00:00:00", "date_to": "2027-01-01 00:00:00"})
        self.assertFalse(grant.date_from)
        grant.action_ask()
        self.assertRefused(REFUSED, self.leader, grant._name, "write", grant.ids, {"record_ids": "1"})
        self.assertRefused(REFUSED, self.wang, grant._name, "action_end", grant.ids)
        self.assertRefused(REFUSED, self.leader, "sales.approval", "action_approve", grant.sudo().approval_ids.ids)
