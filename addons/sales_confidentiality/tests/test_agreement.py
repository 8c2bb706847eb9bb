# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

import hashlib
from datetime import timedelta

from odoo.exceptions import UserError
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
        shown = {"is_intact": {}, "signature": {}, "scan": {}}
        for context in ({"bin_size": True}, {"bin_size_signature": True}):
            self.env.invalidate_all()
            [read] = agreement.with_user(self.li).with_context(**context).web_read(shown)
            self.assertTrue(read["is_intact"])

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

    def test_paper_was_signed_on_its_own_day_and_recorded_later(self):
        agreement = self.ask(self.customer, self.nda)
        self.pass_days(9)
        self.rpc(self.officer, agreement._name, "action_record_paper", agreement.ids, PDF, "nda.pdf", "2026-05-06")
        local_date = self.company._sales_local_date
        self.assertEqual(str(local_date(agreement.signed_date)), "2026-05-06")
        self.assertEqual(str(local_date(agreement.recorded_date)), "2026-05-13")
        self.assertEqual(str(local_date(agreement.valid_until)), "2028-05-06")
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
