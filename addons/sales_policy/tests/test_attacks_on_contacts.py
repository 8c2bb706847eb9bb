# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from datetime import timedelta

from odoo import fields
from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .attack import REFUSED, AttackCommon
from .common import MONDAY, SUMMARY


@tagged("post_install", "-at_install")
class TestAttacksOnContacts(AttackCommon):
    """Forging, back-dating, importing and replacing the evidence of a contact (OWN-1)."""

    def test_contact_of_somebody_else_is_refused(self):
        for forged in (
            {"user_id": self.li.id},
            {"counts": True},
            {"imported": True},
            {"protects_until": "2030-01-01 00:00:00"},
            {"group_id": self.row.group_id.id},
            {"team_id": self.north.id},
            {"partner_name": "X"},
            {"message_id": 1},
            {"on_behalf_of_id": self.li.id},
        ):
            with self.subTest(forged=forged):
                values = {"partner_id": self.customer.id, "summary": SUMMARY, **forged}
                self.assertRefused(REFUSED, self.wang, "sales.contact.log", "create", [values])

    def test_context_defaults_do_not_stamp_a_contact(self):
        log_id = self.rpc(
            self.wang,
            "sales.contact.log",
            "create",
            [{"partner_id": self.customer.id, "summary": SUMMARY}],
            context={
                "default_user_id": self.li.id,
                "default_imported": True,
                "default_counts": True,
                "default_protects_until": "2030-01-01 00:00:00",
                "default_on_behalf_of_id": self.li.id,
                "default_group_id": 1,
                "default_partner_name": "X",
                "default_team_id": self.south.id,
                "default_contact_date": "2020-01-01 00:00:00",
                "sales_history": True,
            },
        )
        log = self.env["sales.contact.log"].browse(log_id)
        self.assertEqual((log.user_id, log.imported, log.on_behalf_of_id), (self.wang, False, self.env["res.users"]))
        self.assertEqual(
            (log.partner_name, log.team_id, log.group_id), ("Ningbo Valve Works", self.north, self.row.group_id)
        )
        self.assertEqual(log.contact_date, MONDAY)
        self.assertLess(log.protects_until, MONDAY + timedelta(days=9))

    def test_contact_cannot_be_back_dated_or_post_dated(self):
        for moment in (MONDAY - timedelta(hours=25), MONDAY + timedelta(hours=1)):
            self.assertRefused(
                ValidationError,
                self.li,
                "sales.contact.log",
                "create",
                [
                    {
                        "partner_id": self.customer.id,
                        "summary": SUMMARY,
                        "contact_date": fields.Datetime.to_string(moment),
                    }
                ],
            )
        self.assertRefused(
            ValidationError,
            self.li,
            "sales.contact.log",
            "create",
            [{"partner_id": self.customer.id, "summary": "Call"}],
        )

    def test_nested_contact_through_the_partner_obeys_the_same_rules(self):
        self.assertRefused(
            REFUSED,
            self.wang,
            "crm.lead",
            "create",
            [
                {
                    "name": "Lathes",
                    "sales_contact_log_ids": [(0, 0, {"user_id": self.li.id, "summary": SUMMARY})],
                }
            ],
        )

    def test_import_by_a_salesperson_obeys_the_same_rules(self):
        before = self.snapshot()
        result = self.rpc(
            self.wang,
            "sales.contact.log",
            "load",
            ["partner_id/.id", "user_id/.id", "contact_date", "summary"],
            [
                [str(self.customer.id), str(self.li.id), "2026-01-01 10:00:00", SUMMARY],
            ],
            context={"sales_history": True},
        )
        self.assertFalse(result["ids"])
        self.assertTrue(result["messages"])
        result = self.rpc(
            self.manager,
            "sales.ownership",
            "load",
            ["group_id/.id", "user_id/.id", "origin"],
            [
                [str(self.row.group_id.id), str(self.wang.id), "assignment"],
            ],
        )
        self.assertFalse(result["ids"])
        self.assertEqual(before, self.snapshot())

    def test_manager_imports_history_without_touching_live_ownership(self):
        result = self.rpc(
            self.manager,
            "sales.contact.log",
            "load",
            ["partner_id/.id", "user_id/.id", "contact_date", "channel", "summary"],
            [
                [str(self.customer.id), str(self.wang.id), "2026-01-01 10:00:00", "call", SUMMARY],
                [str(self.other_customer.id), str(self.wang.id), "2026-05-01 10:00:00", "call", SUMMARY],
            ],
        )
        self.assertEqual(len(result["ids"]), 2, result["messages"])
        logs = self.env["sales.contact.log"].browse(result["ids"])
        self.assertEqual(logs.mapped("imported"), [True, True])
        self.assertEqual((logs.user_id, logs.create_uid), (self.wang, self.manager))
        self.assertEqual(self.owner(self.customer), self.li)
        self.assertEqual(self.owner(self.other_customer), self.wang)

    def test_files_of_a_contact_cannot_be_replaced_or_deleted(self):
        attachment = self.env["ir.attachment"].with_user(self.li).create({"name": "visit.txt", "raw": b"seen"})
        log = self.log(self.customer, self.li, attachment_ids=[(4, attachment.id)])
        for user in (self.li, self.wang, self.manager):
            self.assertRefused(REFUSED, user, "ir.attachment", "write", log.attachment_ids.ids, {"raw": "Zm9yZ2Vk"})
            self.assertRefused(REFUSED, user, "ir.attachment", "unlink", log.attachment_ids.ids)
        self.assertEqual(log.attachment_ids.raw, b"seen")

    def test_file_of_another_record_is_copied_not_taken(self):
        foreign = self.env["ir.attachment"].create(
            {"name": "contract.txt", "raw": b"x", "res_model": "res.partner", "res_id": self.customer.id}
        )
        log = self.log(self.customer, self.li, attachment_ids=[(4, foreign.id)])
        self.assertNotEqual(log.attachment_ids, foreign)
        self.assertEqual((foreign.res_model, foreign.res_id), ("res.partner", self.customer.id))
