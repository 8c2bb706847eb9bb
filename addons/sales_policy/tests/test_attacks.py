# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).


from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .attack import EVIDENCE, REFUSED, AttackCommon
from .common import SUMMARY


@tagged("post_install", "-at_install")
class TestAttacks(AttackCommon):
    """What people with valid credentials and a browser console try (OWN-1, OWN-2, OWN-3)."""

    def test_nobody_changes_or_deletes_evidence(self):
        before = self.snapshot()
        for user in self.everybody | self.env.ref("base.user_admin"):
            for model, record in self.evidence.items():
                with self.subTest(user=user.login, model=model):
                    name = (
                        "summary"
                        if model == "sales.contact.log"
                        else "user_id"
                        if "user_id" in record._fields
                        else "partner_name"
                    )
                    value = "Changed" if name != "user_id" else user.id
                    self.assertRefused(REFUSED, user, model, "write", record.ids, {name: value})
                    self.assertRefused(REFUSED, user, model, "web_save", record.ids, {name: value}, specification={})
                    self.assertRefused(REFUSED, user, model, "unlink", record.ids)
                    self.assertRefused(
                        REFUSED,
                        user,
                        model,
                        "write",
                        record.ids,
                        {name: value},
                        context={
                            "sales_history": True,
                            "su": True,
                            "bypass": True,
                            "install_mode": True,
                            "import_file": True,
                        },
                    )
        self.assertEqual(before, self.snapshot())

    def test_even_the_superuser_does_not_change_or_delete_evidence(self):
        for record in self.evidence.values():
            with self.assertRaises(UserError), self.cr.savepoint():
                record.sudo().write({"create_date": fields.Datetime.now()})
            with self.assertRaises(UserError), self.cr.savepoint():
                record.sudo().unlink()

    def test_ledger_and_credit_have_no_door_for_clients(self):
        before = self.snapshot()
        values = {
            "sales.ownership": {
                "group_id": self.row.group_id.id,
                "company_id": self.company.id,
                "user_id": self.wang.id,
                "date_start": "2026-05-05 00:00:00",
                "date_end": "2027-01-01 00:00:00",
                "origin": "assignment",
            },
            "sales.credit": {
                "order_id": self.order_of_wang.id,
                "order_name": "x",
                "company_id": self.company.id,
                "user_id": self.wang.id,
                "basis": "decision",
            },
            "sales.customer.membership": {
                "group_id": self.row.group_id.id,
                "partner_id": self.third_customer.id,
                "partner_ref": 1,
                "partner_name": "x",
                "date_start": "2026-01-01 00:00:00",
            },
            "sales.customer.group": {},
            "sales.ownership.waiting": {
                "group_id": self.row.group_id.id,
                "company_id": self.company.id,
                "user_id": self.wang.id,
            },
        }
        for user in self.everybody | self.env.ref("base.user_admin"):
            for model, vals in values.items():
                with self.subTest(user=user.login, model=model):
                    self.assertRefused(REFUSED, user, model, "create", [vals])
                    self.assertRefused(
                        REFUSED, user, model, "create", [vals], context={"su": True, "sales_history": {}}
                    )
        self.assertEqual(before, self.snapshot())

    def test_private_steps_cannot_be_called(self):
        steps = [
            ("sales.ownership", "_claim"),
            ("sales.ownership", "_assign"),
            ("sales.ownership", "_release"),
            ("sales.ownership", "_begin"),
            ("sales.ownership", "_cut"),
            ("sales.ownership", "_evidence_write"),
            ("sales.contact.log", "_evidence_write"),
            ("sales.contact.log", "_derive_ownership"),
            ("sales.contact.log", "_record_from"),
            ("sales.customer.group", "_absorb"),
            ("sales.customer.group", "_of_partners"),
            ("sale.order", "_sales_decide_credit"),
            ("sale.order", "_sales_fix_credit"),
            ("crm.lead", "_sales_set_group"),
            ("sales.customer.relation", "_join"),
            ("sales.ownership", "_cron_remind"),
            ("sales.ownership", "_owner_at"),
        ]
        for model, method in steps:
            with self.subTest(method=method):
                self.assertTrue(hasattr(self.env[model], method))
                self.assertRefused(AccessError, self.manager, model, method, [])

    def test_owner_fields_cannot_be_written(self):
        values = {
            "sales_owner_id": self.wang.id,
            "sales_protected_until": "2030-01-01 00:00:00",
            "sales_ownership_state": "open",
            "sales_customer_group_id": self.other_customer.sudo().sales_customer_group_id.id,
            "sales_days_left": 99,
        }
        for user in (self.wang, self.manager, self.env.ref("base.user_admin")):
            for name, value in values.items():
                with self.subTest(user=user.login, field=name):
                    self.assertRefused(AccessError, user, "res.partner", "write", self.customer.ids, {name: value})
                    self.assertRefused(AccessError, user, "res.partner", "create", [{"name": "New", name: value}])
        self.assertEqual(self.owner(self.customer), self.li)
        lead = self.env["crm.lead"].create({"name": "Lathes", "user_id": self.wang.id})
        self.assertRefused(
            AccessError, self.wang, "crm.lead", "write", lead.ids, {"sales_customer_group_id": self.row.group_id.id}
        )
        # default_* keys reach create, but nothing is stored or derived from them
        partner_id = self.rpc(
            self.wang,
            "res.partner",
            "create",
            [{"name": "Plain"}],
            context={
                "default_sales_customer_group_id": self.row.group_id.id,
                "default_sales_owner_id": self.wang.id,
            },
        )
        self.assertEqual(self.state(self.env["res.partner"].browse(partner_id)), "unclaimed")

    def test_credit_fields_of_an_order_cannot_be_written(self):
        self.assertEqual(self.order_of_wang.with_user(self.manager).credited_user_id, self.li)
        for values in (
            {"credited_user_id": self.wang.id},
            {"sales_credit_ids": [(0, 0, {"user_id": self.wang.id})]},
            {"user_id": self.wang.id},
        ):
            try:
                with self.cr.savepoint():
                    self.rpc(self.wang, "sale.order", "write", self.order_of_wang.ids, values)
            except REFUSED:
                pass
            self.env.invalidate_all()
            self.assertEqual(self.order_of_wang.with_user(self.manager).credited_user_id, self.li)
        self.assertRefused(
            REFUSED, self.wang, "sales.credit.decision", "create", [{"user_id": self.wang.id, "reason": "Mine"}]
        )

    def test_protected_customer_cannot_be_moved_under_another_company(self):
        own = self.env["res.partner"].create({"name": "Wang's company", "is_company": True})
        self.register(own, self.wang, is_different=True)
        person = self.env["res.partner"].create({"name": "Ma Lin"})
        self.register(person, self.li)
        self.assertRefused(AccessError, self.wang, "res.partner", "write", person.ids, {"parent_id": own.id})
        self.assertRefused(AccessError, self.wang, "res.partner", "write", own.ids, {"child_ids": [(4, person.id)]})
        self.assertEqual(self.owner(person), self.li)

    def test_owned_customer_cannot_be_deleted(self):
        for user in (self.wang, self.manager, self.env.ref("base.user_admin")):
            self.assertRefused(REFUSED, user, "res.partner", "unlink", self.customer.ids)
        with self.assertRaises(UserError), self.cr.savepoint():
            self.customer.sudo().unlink()

    def test_confirmed_order_keeps_its_credit_when_confirmed_again_after_the_lapse(self):
        self.order_of_wang._action_cancel()
        self.pass_days(30)
        self.order_of_wang.with_user(self.wang).action_draft()
        self.order_of_wang.with_user(self.wang).action_confirm()
        self.assertEqual(self.order_of_wang.with_user(self.manager).credited_user_id, self.li)

    def test_salesperson_cannot_decide_for_managers(self):
        Relation = self.env["sales.customer.relation"]
        self.register(self.other_customer, self.wang)
        pending = Relation.with_user(self.wang).create(
            {
                "partner_id": self.other_customer.id,
                "other_partner_id": self.customer.id,
                "kind": "subsidiary",
                "note": "I say so",
            }
        )
        self.assertEqual(pending.state, "pending")
        for method in ("action_keep_owner", "action_keep_other_owner", "action_refuse", "action_undo"):
            self.assertRefused(AccessError, self.wang, "sales.customer.relation", method, pending.ids)
        self.assertRefused(
            AccessError,
            self.wang,
            "sales.customer.relation",
            "create",
            [
                {
                    "partner_id": self.other_customer.id,
                    "other_partner_id": self.customer.id,
                    "kind": "spouse",
                    "note": "x",
                    "state": "joined",
                }
            ],
        )
        self.assertRefused(
            REFUSED,
            self.wang,
            "sales.ownership.transfer",
            "create",
            [{"mode": "assign", "user_id": self.wang.id, "reason": "x"}],
        )
        self.assertRefused(REFUSED, self.wang, "sales.ownership.policy", "write", self.policy.ids, {"window_days": 0})
        self.assertEqual(self.owner(self.customer), self.li)

    def test_colleagues_and_other_departments_do_not_read_what_they_do_not_need(self):
        Log = self.env["sales.contact.log"]
        self.assertTrue(Log.with_user(self.li).search([]))
        self.assertTrue(Log.with_user(self.leader).search([]))
        self.assertFalse(Log.with_user(self.chen).search([]))
        self.assertFalse(Log.with_user(self.wang).search([("partner_id", "=", self.customer.id)]))
        self.assertFalse(self.env["sales.ownership"].with_user(self.chen).search([]))
        for user in (self.accountant, self.clerk, self.portal):
            for model in (*EVIDENCE, "sales.ownership.waiting", "sales.ownership.cover", "sales.ownership.policy"):
                self.assertRefused(AccessError, user, model, "search_read", [])
            self.assertNotIn("sales_owner_id", self.rpc(user, "res.partner", "fields_get"))
        # the history of a customer becomes readable to whoever owns it
        self.pass_days(8)
        self.register(self.customer, self.chen)
        self.assertIn(self.first_log, Log.with_user(self.chen).search([]))

    def test_other_company_sees_nothing(self):
        second = self.env["res.company"].create({"name": "Export Co", "sales_ownership_enabled": True})
        stranger = self._user("stranger", "Stranger", "sales_team.group_sale_manager")
        stranger.write({"company_ids": [(6, 0, second.ids)], "company_id": second.id})
        self.assertFalse(self.env["sales.contact.log"].with_user(stranger).search([]))
        self.assertFalse(self.env["sales.ownership"].with_user(stranger).search([]))
        self.assertEqual(self.customer.with_user(stranger).sales_ownership_state, "unclaimed")
        self.assertRefused(
            REFUSED,
            stranger,
            "sales.contact.log",
            "create",
            [
                {
                    "partner_id": self.customer.id,
                    "summary": SUMMARY,
                    "company_id": self.company.id,
                }
            ],
        )
        self.assertRefused(REFUSED, stranger, "sales.contact.log", "read", self.first_log.ids, ["summary"])

    def test_archived_user_neither_registers_nor_receives(self):
        self.wang.active = False
        with self.assertRaises(UserError):
            self.transfer("assign", self.wang, self.customer)
        self.assertEqual(self.owner(self.customer), self.li)

    def test_privacy_tool_leaves_evidence_alone(self):
        if "privacy.lookup.wizard" not in self.env:
            self.skipTest("privacy_lookup is not installed")
        self.customer.email = "buyer@ningbo.example"
        wizard = self.env["privacy.lookup.wizard"].create(
            {"name": "Ningbo Valve Works", "email": "buyer@ningbo.example"}
        )
        wizard.action_lookup()
        lines = wizard.line_ids.filtered(
            lambda line: line.res_model == "res.partner" and line.res_id == self.customer.id
        )
        self.assertTrue(lines)
        with self.assertRaises(UserError), self.cr.savepoint():
            lines.action_unlink_all()
        self.assertTrue(self.customer.exists())
