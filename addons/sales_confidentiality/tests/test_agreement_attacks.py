# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo.addons.sales_policy.tests.attack import REFUSED, HarmlessCommon
from odoo.addons.sales_policy.tests.common import MONDAY
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import SQL

from .people import PDF, PEN, AgreementCommon


@tagged("post_install", "-at_install")
class TestAgreementAttacks(AgreementCommon, HarmlessCommon):
    def setUp(self):
        super().setUp()
        self.asked = self.ask(self.li.partner_id)
        self.done = self.signed(self.wang)
        self.everybody = self.li | self.wang | self.leader | self.manager | self.accountant | self.clerk | self.portal
        self.everybody |= self.officer | self.env.ref("base.user_admin")

    def test_nobody_signs_for_somebody_else(self):
        for user in self.everybody - self.li:
            self.assertRefused(REFUSED, user, self.asked._name, "action_sign", self.asked.ids, "Li Wei", PEN)
            with self.assertRaises(AccessError):
                self.asked.with_user(user).sudo()._sign("Li Wei", PEN)
        self.assertEqual(self.asked.state, "asked")

    def test_officer_does_not_record_a_paper_of_their_own(self):
        own = self.ask(self.officer.partner_id)
        self.assertRefused(AccessError, self.officer, own._name, "action_record_paper", own.ids, PDF, "x.pdf")
        for user in self.everybody - self.officer - self.env.ref("base.user_admin"):
            self.assertRefused(REFUSED, user, own._name, "action_record_paper", self.asked.ids, PDF, "x.pdf")

    def test_paper_is_a_paper_and_its_day_is_possible(self):
        for file, day in (
            ("", False),
            ("PGh0bWw+", False),
            (PDF, "2026-05-05"),
            (PDF, "2020-01-01"),
        ):
            self.assertRefused(
                UserError, self.officer, self.asked._name, "action_record_paper", self.asked.ids, file, "x.pdf", day
            )

    def test_signature_is_a_picture(self):
        for name, signature in (("Li Wei", ""), ("Li Wei", "PGh0bWw+"), ("", PEN), ("Li Wei", "no base64!")):
            self.assertRefused(UserError, self.li, self.asked._name, "action_sign", self.asked.ids, name, signature)

    def test_nobody_changes_or_deletes_what_was_asked_or_signed(self):
        for user in self.everybody:
            for agreement in (self.asked, self.done):
                for values in (
                    {"text": "<p>Nothing</p>"},
                    {"signed_date": MONDAY},
                    {"valid_until": "2099-01-01 00:00:00"},
                    {"ended_date": MONDAY},
                    {"partner_id": user.partner_id.id},
                    {"signature": PEN},
                    {"seal": "x"},
                ):
                    self.assertRefused(REFUSED, user, agreement._name, "write", agreement.ids, values)
                self.assertRefused(REFUSED, user, agreement._name, "unlink", agreement.ids)
        with self.assertRaises(UserError):
            self.done.sudo().write({"text": "<p>Nothing</p>"})

    def test_officer_asks_and_cannot_make_it_signed(self):
        context = {"default_signed_date": MONDAY, "default_valid_until": False, "default_signed_by": self.li.id}
        agreement = (
            self.env[self.asked._name]
            .with_user(self.officer)
            .with_context(**context)
            .create(
                {
                    "template_id": self.commitment.id,
                    "partner_id": self.li.partner_id.id,
                    "signed_date": MONDAY,
                    "text": "<p>Nothing</p>",
                    "user_id": self.chen.id,
                }
            )
        )
        self.assertEqual((agreement.state, agreement.user_id), ("asked", self.li))
        self.assertIn("Li Wei", agreement.text)
        for user in self.everybody - self.officer - self.env.ref("base.user_admin"):
            values = {"template_id": self.commitment.id, "partner_id": user.partner_id.id}
            self.assertRefused(AccessError, user, agreement._name, "create", [values])

    def test_text_that_was_changed_in_the_database_shows(self):
        self.assertTrue(self.done.is_intact)
        self.env.flush_all()
        for column, value in (("text", "<p>Nothing</p>"), ("signed_name", "Somebody"), ("valid_until", "2099-01-01")):
            with self.subTest(column), self.cr.savepoint() as savepoint:
                self.cr.execute(
                    SQL("UPDATE %s SET %s = %s", SQL.identifier(self.done._table), SQL.identifier(column), value)
                )
                self.env.invalidate_all()
                self.assertFalse(self.done.is_intact)
                savepoint.rollback()
                self.env.invalidate_all()
        self.env["ir.attachment"].search(
            [("res_model", "=", self.done._name), ("res_id", "=", self.done.id), ("res_field", "=", "signature")]
        ).raw = b"another"
        self.env.invalidate_all()
        self.assertFalse(self.done.is_intact)

    def test_people_read_their_own_only(self):
        for user in (self.li, self.manager, self.clerk):
            found = self.rpc(user, self.asked._name, "search", [])
            self.assertEqual(found, (self.asked if user == self.li else self.asked.browse()).ids)
        self.assertRefused(AccessError, self.portal, self.asked._name, "search", [])
        self.assertRefused(AccessError, self.li, self.asked._name, "read", self.asked.ids, ["signed_address"])

    def test_former_agreement_stays_with_its_person_when_partners_are_merged_or_users_change(self):
        self.assertEqual(self.done.user_id, self.wang)
        with self.assertRaises(UserError):
            self.done.with_user(self.env.ref("base.user_admin")).sudo().user_id = self.chen

    def test_merging_contacts_does_not_look_like_forgery(self):
        wizard = self.env["base.partner.merge.automatic.wizard"]
        paper = self.ask(self.other_customer, self.nda)
        self.rpc(self.officer, paper._name, "action_record_paper", paper.ids, PDF, "nda.pdf")
        wizard._merge([self.other_customer.id, self.third_customer.id], self.third_customer)
        self.env.invalidate_all()
        self.assertEqual(paper.partner_id, self.third_customer)
        self.assertTrue(paper.is_intact)

    def test_strangers_move_nothing(self):
        self.assertHarmless(
            self.manager | self.accountant | self.portal,
            self.asked.sudo().browse(self.asked.id),
            self.done.sudo().browse(self.done.id),
            self.commitment,
        )

    def test_setting_that_would_switch_the_check_off_is_for_administrators(self):
        self.assertRefused(
            AccessError,
            self.officer,
            "res.company",
            "write",
            self.company.ids,
            {"confidentiality_agreement_needed": False},
        )
