# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

import hashlib
from datetime import timedelta

from odoo.addons.sales_policy.tests.attack import REFUSED, HarmlessCommon
from odoo.addons.sales_policy.tests.common import MONDAY
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import SQL

from .people import PDF, PEN, AgreementCommon


@tagged("post_install", "-at_install")
class TestAgreement(AgreementCommon):
    def test_person_signs_what_was_asked_and_gets_a_copy_of_the_text(self):
        agreement = self.ask(self.li.partner_id)
        self.assertEqual((agreement.state, agreement.user_id), ("asked", self.li))
        self.assertIn("Li Wei", agreement.text)
        self.rpc(self.li, agreement._name, "action_sign", agreement.ids, "Li Wei", PEN)
        self.assertEqual((agreement.state, agreement.signed_by), ("valid", self.li))
        self.assertEqual(agreement.text_hash, hashlib.sha256(str(agreement.text).encode()).hexdigest())
        self.assertTrue(agreement.is_intact)

    def test_new_version_of_a_text_changes_nothing_that_was_signed(self):
        agreement = self.signed(self.li)
        before = agreement.text
        self.commitment.with_user(self.officer).body = "<p>Something else</p>"
        self.assertEqual((self.commitment.version, agreement.version), (2, 1))
        self.assertEqual(agreement.text, before)
        self.assertTrue(agreement.is_intact)
        self.assertEqual(self.ask(self.li.partner_id).version, 2)
        self.commitment.with_user(self.officer).write({"version": 1})
        self.assertEqual(self.commitment.version, 2)

    def test_it_is_valid_until_the_end_of_its_last_day_in_the_timezone_of_the_company(self):
        self.company.resource_calendar_id.tz = "Asia/Shanghai"
        agreement = self.signed(self.li)
        self.assertEqual(str(agreement.valid_until), "2027-05-04 15:59:59")
        self.frozen.move_to(agreement.valid_until - timedelta(seconds=1))
        self.env.invalidate_all()
        self.assertEqual(agreement.state, "valid")
        self.frozen.tick(timedelta(seconds=1))
        self.env.invalidate_all()
        self.assertEqual(agreement.state, "expired")
        for state in ("asked", "valid", "expired", "ended"):
            found = self.env[agreement._name].search([("state", "=", state)])
            self.assertEqual(agreement in found, state == "expired", state)

    def test_paper_is_recorded_by_an_officer(self):
        agreement = self.ask(self.customer, self.nda)
        self.rpc(self.officer, agreement._name, "action_record_paper", agreement.ids, PDF, "nda.pdf")
        self.assertEqual((agreement.state, agreement.recorded_by), ("valid", self.officer))
        self.assertTrue(agreement.is_intact)

    def test_officer_ends_an_agreement_with_a_reason(self):
        agreement = self.signed(self.li)
        with self.assertRaisesRegex(UserError, "reason"):
            agreement.with_user(self.officer)._end(" ")
        agreement.with_user(self.officer)._end("Left the company")
        self.assertEqual(agreement.state, "ended")
        with self.assertRaisesRegex(UserError, "already"):
            agreement.with_user(self.officer)._end("Again")

    def test_many_are_asked_at_once(self):
        wizard = (
            self.env["sales.confidentiality.agreement.request"]
            .with_user(self.officer)
            .create(
                {
                    "template_id": self.nda.id,
                    "user_ids": [Command.set((self.li | self.wang).ids)],
                    "partner_ids": [Command.set(self.customer.ids)],
                }
            )
        )
        action = wizard.action_ask()
        asked = self.env["sales.confidentiality.agreement"].search(action["domain"])
        self.assertEqual(asked.partner_id, self.li.partner_id | self.wang.partner_id | self.customer)
        self.assertEqual(asked.filtered("user_id").user_id, self.li | self.wang)

    def test_end_is_announced_once_and_nothing_depends_on_it(self):
        agreement = self.signed(self.li)
        cron = self.env.ref("sales_confidentiality.ir_cron_sales_confidentiality_agreement_remind")
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.assertFalse(agreement.reminded_date)
        self.pass_days(340)
        for _time in range(2):
            with self.enter_registry_test_mode():
                cron.method_direct_trigger()
        self.env.invalidate_all()
        told = self.env["mail.message"].search(
            [("model", "=", agreement._name), ("res_id", "=", agreement.id), ("subject", "like", "ends soon")]
        )
        self.assertTrue(agreement.reminded_date)
        # One message in each language; each person once.
        self.assertEqual(len(told.notified_partner_ids), len(told.notification_ids))
        self.assertIn(self.li.partner_id, told.notified_partner_ids)
        self.assertIn(self.officer.partner_id, told.notified_partner_ids)
        self.assertEqual(agreement.state, "valid")

    def test_clearance_sleeps_until_it_is_signed_and_again_when_it_ends(self):
        clearance = self.clear(self.li)
        self.assertEqual(self.cleared(self.li), self.li)
        self.company.confidentiality_agreement_needed = True
        self.assertFalse(self.cleared(self.li))
        self.assertIn("agreement", clearance.asleep_because)
        self.signed(self.li, self.statement)
        self.assertFalse(self.cleared(self.li))
        agreement = self.signed(self.li)
        self.assertEqual(self.cleared(self.li), self.li)
        self.frozen.move_to(agreement.valid_until)
        self.env.invalidate_all()
        self.assertFalse(self.cleared(self.li))

    def test_each_condition_has_its_own_switch(self):
        self.clear(self.li)
        self.signed(self.li)
        self.company.confidentiality_statement_needed = True
        self.assertFalse(self.cleared(self.li))
        self.signed(self.li, self.statement)
        self.assertEqual(self.cleared(self.li), self.li)
        self.company.confidentiality_agreement_needed = True
        self.assertEqual(self.cleared(self.li), self.li)

    def test_every_company_of_a_person_demands_its_own(self):
        other = self.env["res.company"].create({"name": "Suzhou Branch", "confidentiality_agreement_needed": True})
        self.clear(self.li)
        self.assertEqual(self.cleared(self.li), self.li)
        self.li.company_ids |= other
        self.assertFalse(self.cleared(self.li))
        self.signed(self.li)
        self.assertFalse(self.cleared(self.li))
        self.officer.company_ids |= other
        agreement = self.ask(self.li.partner_id, company_id=other.id)
        self.rpc_sign(agreement, self.li)
        self.assertEqual(self.cleared(self.li), self.li)

    def test_ten_thousand_agreements_cost_the_check_of_one_person_nothing(self):
        self.company.confidentiality_agreement_needed = True
        self.company.confidentiality_statement_needed = True
        self.clear(self.li)
        for template in (self.commitment, self.statement):
            self.signed(self.li, template)
        Clearance = self.env["sales.confidentiality.clearance"]

        def check():
            self.env.registry.clear_cache()
            Clearance._forget_live()
            self.assertTrue(Clearance._ranks(self.li)[self.li.id])

        self.queries(check)
        few = self.queries(check)
        for model in ("sales.confidentiality.agreement", "sales.confidentiality.clearance"):
            self.multiply(self.env[model], 10000)
        self.assertEqual(self.queries(check), few)

    def multiply(self, model, number):
        """Copy a row of a model for somebody else, many times."""
        self.env.flush_all()
        names = [name for name, field in model._fields.items() if field.store and field.column_type and name != "id"]
        columns = SQL(", ").join(SQL.identifier(name) for name in names)
        values = SQL(", ").join(
            SQL("%s", self.wang.id) if name == "user_id" else SQL.identifier(name) for name in names
        )
        self.env.cr.execute(
            SQL(
                "INSERT INTO %(table)s (%(columns)s) SELECT %(values)s "
                "FROM (SELECT * FROM %(table)s ORDER BY id LIMIT 1) one, generate_series(1, %(number)s)",
                table=SQL.identifier(model._table),
                columns=columns,
                values=values,
                number=number,
            )
        )


@tagged("post_install", "-at_install")
class TestQuotation(AgreementCommon):
    def setUp(self):
        super().setUp()
        self.quotation = self.order(self.portal.partner_id, self.li)
        product = self.quotation.sudo().order_line.product_id
        product.write(
            {"confidentiality_category_id": self.product.id, "confidentiality_level_id": self.confidential.id}
        )
        self.portal.partner_id.email = "xu@example.com"

    def send(self):
        """Send the quotation through the composer as the salesperson would."""
        action = self.quotation.with_user(self.li).action_quotation_send()
        composer = self.env["mail.compose.message"].with_user(self.li).with_context(**action["context"]).create({})
        composer._action_send_mail()
        self.env.invalidate_all()

    def test_nothing_is_checked_until_it_is_switched_on(self):
        self.assertFalse(self.quotation.confidentiality_warning)
        self.quotation.with_user(self.li).action_quotation_sent()
        self.assertEqual(self.quotation.state, "sent")

    def test_warning_names_partner_and_product(self):
        self.company.confidentiality_quotation_check = "warn"
        warning = self.quotation.with_user(self.li).confidentiality_warning
        self.assertIn("Ningbo Valve Works", warning)
        self.assertIn("Lathe", warning)
        self.quotation.with_user(self.li).action_quotation_sent()

    def test_quotation_is_refused_on_every_way_until_the_partner_has_signed(self):
        self.company.confidentiality_quotation_check = "refuse"
        self.li.group_ids |= self.env.ref("base.group_partner_manager")
        share = (
            self.env["portal.share"]
            .with_user(self.li)
            .create(
                {
                    "res_model": "sale.order",
                    "res_id": self.quotation.id,
                    "partner_ids": [Command.set(self.portal.partner_id.ids)],
                }
            )
        )
        composer = (
            self.env["mail.compose.message"]
            .with_user(self.li)
            .create({"model": "sale.order", "res_ids": str(self.quotation.ids), "body": "x", "subject": "x"})
        )
        self.env.flush_all()
        order = (self.li, "sale.order")
        self.assertRefused(UserError, *order, "action_quotation_send", self.quotation.ids)
        self.assertRefused(UserError, *order, "action_quotation_sent", self.quotation.ids)
        self.assertRefused(UserError, *order, "write", self.quotation.ids, {"state": "sent"})
        self.assertRefused(UserError, self.li, "portal.share", "action_send_mail", share.ids)
        self.assertRefused(UserError, self.li, "mail.compose.message", "action_send_mail", composer.ids)
        agreement = self.ask(self.portal.partner_id, self.nda)
        self.rpc_sign(agreement, self.portal)
        self.quotation.with_user(self.li).action_quotation_sent()
        self.assertEqual(self.quotation.state, "sent")

    def test_agreement_of_another_partner_or_a_past_one_does_not_count(self):
        self.company.confidentiality_quotation_check = "refuse"
        paper = self.ask(self.other_customer, self.nda)
        self.rpc(self.officer, paper._name, "action_record_paper", paper.ids, PDF, "nda.pdf")
        with self.assertRaises(UserError):
            self.quotation.with_user(self.li).action_quotation_send()
        agreement = self.ask(self.portal.partner_id, self.nda)
        self.rpc_sign(agreement, self.portal)
        self.assertTrue(self.quotation.with_user(self.li).action_quotation_send())
        self.frozen.move_to(agreement.valid_until)
        self.env.invalidate_all()
        with self.assertRaises(UserError):
            self.quotation.with_user(self.li).action_quotation_send()

    def test_salespeople_do_not_declassify_a_product(self):
        template = self.quotation.sudo().order_line.product_id.product_tmpl_id
        self.li.group_ids |= self.env.ref("product.group_product_manager")
        for values in (
            {"confidentiality_level_id": self.internal.id},
            {"confidentiality_level_id": False, "confidentiality_category_id": False},
        ):
            self.assertRefused(AccessError, self.li, "product.template", "write", template.ids, values)
            self.assertRefused(
                AccessError, self.li, "product.product", "write", template.product_variant_id.ids, values
            )
        [copy] = self.rpc(self.li, "product.template", "copy", template.ids, dict.fromkeys(values, False))
        self.assertEqual(template.browse(copy).confidentiality_level_id, self.confidential)

    def test_many_quotations_are_checked_with_as_many_queries_as_one(self):
        self.company.confidentiality_quotation_check = "warn"
        orders = self.quotation | self.quotation.copy() | self.quotation.copy() | self.quotation.copy()
        orders.mapped("confidentiality_warning")
        one = self.queries(lambda: self.quotation.mapped("confidentiality_warning"))
        self.assertLessEqual(self.queries(lambda: orders.mapped("confidentiality_warning")), one)


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
