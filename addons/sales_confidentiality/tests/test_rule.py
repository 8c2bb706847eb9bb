# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from unittest.mock import patch

from odoo.addons.sales_policy.tests.attack import REFUSED
from odoo.api import Environment
from odoo.exceptions import ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..models.sales_confidentiality_clearance import SalesConfidentialityClearance
from .channel import PHONE, ChannelCommon


@tagged("post_install", "-at_install")
class TestRule(ChannelCommon):
    def test_fields_that_would_lock_people_out_are_refused_with_the_reason(self):
        for model, name in (
            ("ir.ui.menu", "name"),
            ("res.users", "login"),
            ("res.users", "group_ids"),
            ("res.company", "currency_id"),
            ("res.partner", "name"),
            ("res.partner", "active"),
            ("res.partner", "company_id"),
            ("res.partner", "user_id"),
            ("res.partner", "parent_id"),
            ("res.partner", "display_name"),
            ("sale.order", "currency_id"),
            ("sale.order", "date_order"),
            ("sales.confidentiality.rule", "mode"),
        ):
            with self.assertRaises(ValidationError), self.cr.savepoint():
                self.rule([name], "hide", model, need_to_know="none", scope="all")

    def test_copies_are_listed_and_one_can_be_left_open_with_a_reason(self):
        rule = self.rule(["phone"], "hide")
        copies = {(line.copy_model, line.copy_field) for line in rule.line_ids}
        self.assertLessEqual(
            {
                ("res.partner", "phone_sanitized"),
                ("crm.lead", "phone"),
                ("res.users", "phone"),
                ("crm.team.member", "phone"),
                ("calendar.attendee", "phone"),
            },
            copies,
        )
        line = rule.line_ids.filtered(lambda line: (line.copy_model, line.copy_field) == ("crm.lead", "phone"))
        with self.assertRaises(ValidationError), self.cr.savepoint():
            line.state = "open"
        lead = self.env["crm.lead"].create({"name": "Hall 3", "partner_id": self.customer.id, "user_id": self.li.id})
        self.assertNothing("crm.lead", "read", lead.ids, ["phone"], users=[self.leader])
        line.write({"state": "open", "reason": "Leads are answered by the whole team"})
        self.assertTells(PHONE, self.leader, "crm.lead", "read", lead.ids, ["phone"])

    def test_an_error_while_clearance_is_found_out_denies(self):
        self.rule(["phone"], "hide")
        self.clear(self.leader)
        self.assertTells(PHONE, self.leader, "res.partner", "read", self.customer.ids, ["phone"])
        self.env["sales.confidentiality.clearance"]._forget_live()
        with (
            patch.object(SalesConfidentialityClearance, "_ranks", side_effect=ZeroDivisionError),
            mute_logger("odoo.addons.sales_confidentiality.shield.guard"),
        ):
            self.assertNothing("res.partner", "read", self.customer.ids, ["phone"], users=[self.leader])

    def test_somebody_without_a_person_is_denied_and_can_still_sign_in(self):
        self.rule(["phone"], "hide")
        nobody = Environment(self.cr, None, {})["res.partner"].browse(self.customer.id)
        self.assertFalse(nobody._has_field_access(nobody._fields["phone"], "read"))
        self.assertTrue(nobody._has_field_access(nobody._fields["name"], "read"))

    def test_a_context_of_a_client_opens_nothing(self):
        self.rule(["phone"], "hide")
        for context in (
            {"sales_confidentiality_inside": True},
            {"sales_confidentiality_inside": {}},
            {"bin_size": True, "active_test": False, "prefetch_fields": False},
        ):
            self.assertNothing("res.partner", "read", self.customer.ids, ["phone"], context=context)

    def test_only_the_officer_maintains_rules(self):
        rule = self.rule(["phone"], "hide")
        for user in (self.li, self.manager, self.accountant, self.clerk, self.portal):
            self.assertRefused(REFUSED, user, rule._name, "write", rule.ids, {"active": False})
            self.assertRefused(REFUSED, user, rule._name, "unlink", rule.ids)
            self.assertRefused(REFUSED, user, rule._name, "action_check", rule.ids)
            self.assertRefused(
                REFUSED, user, "sales.confidentiality.rule.line", "write", rule.line_ids.ids, {"state": "open"}
            )
            self.assertRefused(REFUSED, user, "sales.confidentiality.protect", "create", {})

    def test_models_without_rules_are_untouched(self):
        before = type(self.env["res.country"]).__bases__
        self.rule(["phone"], "hide")
        self.assertEqual(type(self.env["res.country"]).__bases__, before)

    def test_the_self_test_tells_what_is_closed(self):
        rule = self.rule(["phone"], "mask")
        rule.with_user(self.officer).action_check()
        results = {check.channel: check.result for check in rule.check_ids}
        self.assertEqual(results["Phone: read"], "closed")
        self.assertEqual(results["Phone: condition"], "closed")
        self.assertEqual(results["Links for customers"], "open")
        self.assertTrue(all(check.note for check in rule.check_ids if check.result == "open"))
        self.assertFalse(self.env["res.users"].search([("name", "=", "Self-test")]))
