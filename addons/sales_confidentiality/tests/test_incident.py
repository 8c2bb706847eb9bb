# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo.addons.sales_policy.tests.attack import REFUSED, HarmlessCommon
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import ConfidentialityCommon


class IncidentCommon(ConfidentialityCommon):
    """Wang Fang has seen Li Wei send a price list to a competitor, and reports it."""

    def setUp(self):
        super().setUp()
        self.incident = self.report(self.wang)

    def report(self, user):
        """Report a leak as somebody would, through the form."""
        values = {"what": "A price list went to a competitor", "involved": "Price list of May"}
        wizard = self.env["sales.confidentiality.report"].with_user(user).create(values)
        wizard.action_report()
        return self.env["sales.confidentiality.incident"].search([], limit=1)


@tagged("post_install", "-at_install")
class TestIncident(IncidentCommon):
    def test_anybody_reports_and_the_officers_are_told(self):
        incident = self.report(self.clerk)
        self.assertEqual((incident.state, incident.reporter_id), ("reported", self.clerk))
        told = self.env["mail.notification"].search([("mail_message_id.res_id", "=", incident.id)])
        self.assertIn(self.officer.partner_id, told.res_partner_id)

    def test_officer_looks_into_it_and_closes_it_with_findings(self):
        incident = self.incident.with_user(self.officer)
        incident.action_begin()
        self.assertEqual((incident.state, incident.handler_id), ("open", self.officer))
        with self.assertRaisesRegex(UserError, "found"):
            incident.action_close()
        incident.write({"findings": "Sent by mistake", "measures": "Talk to everybody", "level_id": self.secret.id})
        incident.action_close()
        self.assertEqual(incident.state, "closed")
        with self.assertRaisesRegex(UserError, "closed"):
            incident.findings = "Something else"
        incident.action_reopen()
        self.assertEqual(incident.step_ids.mapped("step"), ["begun", "closed", "reopened"])
        for state in ("reported", "open", "closed"):
            self.assertEqual(incident in incident.search([("state", "=", state)]), state == "open")

    def test_clearances_of_people_concerned_sleep_while_it_is_looked_into(self):
        self.clear(self.li)
        incident = self.incident.with_user(self.officer)
        incident.action_begin()
        incident.concerned_user_ids = self.li
        incident.action_suspend()
        self.assertFalse(self.cleared(self.li))

    def test_penalty_is_proposed_by_the_officer_and_does_not_name_the_reporter(self):
        employee = self.env["hr.employee"].create({"name": "Li Wei", "user_id": self.li.id})
        rule = self.env["sales.penalty.rule"].search([("source", "=", "confidentiality"), ("kind", "=", "offence")])[0]
        incident = self.incident.with_user(self.officer)
        incident.action_begin()
        wizard = (
            self.env["sales.confidentiality.incident.penalty"]
            .with_user(self.officer)
            .create(
                {
                    "incident_id": incident.id,
                    "employee_id": employee.id,
                    "rule_id": rule.id,
                    "facts": "Has sent a price list to a competitor",
                }
            )
        )
        wizard.action_apply()
        case = self.env["sales.penalty"].search([("res_model", "=", incident._name)])
        self.assertEqual((case.employee_id, case.state), (employee, "proposed"))
        self.assertEqual(incident.penalty_count, 1)
        self.env.flush_all()
        stored = str(case.read(load=False)) + str(case.message_ids.read(["body", "author_id", "email_from"]))
        self.assertNotIn("wang.fang", stored)
        self.assertNotIn("Wang Fang", stored)


@tagged("post_install", "-at_install")
class TestIncidentAttacks(IncidentCommon, HarmlessCommon):
    def setUp(self):
        super().setUp()
        self.strangers = self.li | self.wang | self.leader | self.manager | self.accountant | self.clerk | self.portal

    def test_nobody_but_officers_reads_leaks_not_even_the_reporter(self):
        model = self.incident._name
        for user in self.strangers:
            for method, args in (
                ("search", ([],)),
                ("read", (self.incident.ids, ["name"])),
                ("formatted_read_group", ([], ["reporter_id"], ["__count"])),
                ("export_data", (self.incident.ids, ["what"])),
            ):
                self.assertRefused(REFUSED, user, model, method, *args)
            self.assertRefused(REFUSED, user, f"{model}.step", "search", [])
            found = self.rpc(user, "mail.message", "search", [("model", "=", model)]) if user != self.portal else []
            self.assertFalse(found, user.login)

    def test_nothing_outside_the_record_names_the_reporter(self):
        self.env.flush_all()
        incident = self.incident
        self.assertNotIn(self.wang, incident.create_uid | incident.write_uid)
        self.assertNotIn(self.wang.partner_id, incident.message_partner_ids)
        messages = self.env["mail.message"].search([("model", "=", incident._name), ("res_id", "=", incident.id)])
        self.assertTrue(messages)
        self.assertNotIn(self.wang.partner_id, messages.author_id)
        self.assertNotIn(self.wang, messages.create_uid)
        self.assertNotIn("wang.fang", str(messages.mapped("email_from")))
        self.assertFalse(self.env["sales.confidentiality.report"].search([]))

    def test_report_that_is_being_written_is_nobody_elses(self):
        values = {"what": "Not sent yet"}
        report = self.env["sales.confidentiality.report"].with_user(self.wang).create(values)
        for user in self.strangers - self.wang | self.officer:
            self.assertRefused(REFUSED, user, report._name, "read", report.ids, ["what"])

    def test_officer_who_is_concerned_reads_nothing(self):
        self.incident.with_user(self.deputy).concerned_user_ids = self.officer
        self.assertNotIn(self.incident.id, self.rpc(self.officer, self.incident._name, "search", []))
        values = {"concerned_user_ids": [Command.clear()]}
        self.assertRefused(AccessError, self.officer, self.incident._name, "write", self.incident.ids, values)
        self.assertRefused(AccessError, self.officer, self.incident._name, "action_begin", self.incident.ids)

    def test_what_was_reported_stays(self):
        for user in self.strangers | self.officer | self.env.ref("base.user_admin"):
            for values in ({"what": "Nothing"}, {"reporter_id": self.li.id}, {"closed_date": "2026-05-04 02:00:00"}):
                self.assertRefused(REFUSED, user, self.incident._name, "write", self.incident.ids, values)
            self.assertRefused(REFUSED, user, self.incident._name, "unlink", self.incident.ids)
            self.assertRefused(REFUSED, user, self.incident._name, "create", [{"what": "x", "name": "x"}])

    def test_report_says_something(self):
        wizard = self.env["sales.confidentiality.report"].with_user(self.li).create({"what": " "})
        with self.assertRaises(UserError):
            wizard.action_report()

    def test_strangers_move_nothing(self):
        self.assertHarmless(self.strangers, self.incident)
