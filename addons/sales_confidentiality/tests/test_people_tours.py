# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

import io

from pdfminer.high_level import extract_text

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .people import AgreementCommon
from .test_training import TrainingCommon


class PeopleTourCommon(AgreementCommon, HttpCase):
    def freeze(self):
        """Leave the clock running: a browser has its own."""

    def open(self, tour, user, path):
        """Let a user walk through a tour, and forget what the test knew before."""
        self.start_tour(path, f"sales_confidentiality_{tour}", login=user.login)
        self.env.invalidate_all()
        self.env["sales.confidentiality.clearance"]._forget_live()

    def action(self, name):
        """Return the address of an action of this addon."""
        return f"/odoo/action-{self.env.ref(f'sales_confidentiality.sales_confidentiality_{name}').id}"


@tagged("post_install", "-at_install")
class TestPeopleTours(PeopleTourCommon):
    """What people see of agreements, leaks and disclosures in the browser."""

    def test_leak_is_reported_in_two_fields_and_ends_with_a_penalty(self):
        employee = self.env["hr.employee"].create({"name": "Li Wei", "user_id": self.li.id})
        self.open("report", self.clerk, self.action("report_action"))
        incident = self.env["sales.confidentiality.incident"].search([], limit=1)
        self.assertEqual((incident.reporter_id, incident.involved), (self.clerk, "Price list of May"))
        self.open("leak_to_penalty", self.officer, self.action("incident_action"))
        self.assertEqual((incident.state, incident.handler_id), ("closed", self.officer))
        penalty = self.env["sales.penalty"].search(
            [("res_model", "=", incident._name), ("res_id", "=", incident.id), ("employee_id", "=", employee.id)]
        )
        self.assertEqual((penalty.state, penalty.proposer_id), ("proposed", self.officer))
        # What the person concerned reads tells nothing of who has reported it.
        seen = str(penalty.with_user(self.li).read()) + str(penalty.message_ids.mapped("body"))
        self.assertIn("Sent the price list to a wrong address", seen)
        self.assertNotIn(self.clerk.name, seen)

    def test_quotation_of_a_classified_product_is_stopped_until_the_partner_has_signed(self):
        self.company.confidentiality_quotation_check = "refuse"
        self.portal.partner_id.email = "xu@example.com"
        quotation = self.order(self.portal.partner_id, self.li)
        quotation.sudo().order_line.product_id.write(
            {"confidentiality_category_id": self.product_data.id, "confidentiality_level_id": self.confidential.id}
        )
        with mute_logger("odoo.http"):
            self.open("quotation_stopped", self.li, f"/odoo/sales/{quotation.id}")
        self.assertEqual(quotation.state, "draft")
        self.rpc_sign(self.ask(self.portal.partner_id, self.nda), self.portal)
        self.open("quotation_sent", self.li, f"/odoo/sales/{quotation.id}")
        self.assertEqual(quotation.state, "sent")

    def test_disclosure_is_asked_approved_and_handed_over_in_marked_copies(self):
        self.clear(self.li, self.product_data)
        self.li.group_ids |= self.env.ref("base.group_partner_manager")
        self.open("disclosure_ask", self.li, self.action("disclosure_action"))
        disclosure = self.env["sales.confidentiality.disclosure"].search([("recipient", "=", "Mr Xu")])
        path = f"/odoo/{disclosure._name}/{disclosure.id}"
        self.open("disclosure_approve", self.manager, path)
        self.assertEqual(disclosure.state, "approved")
        self.open("disclosure_issue", self.li, path)
        self.assertEqual(len(disclosure.copy_ids), 2)
        for one in disclosure.copy_ids:
            file = self.env["ir.attachment"].search([("res_model", "=", one._name), ("res_id", "=", one.id)])
            self.authenticate(self.li.login, self.li.login.ljust(8, "x"))
            text = extract_text(io.BytesIO(self.url_open(f"/web/content/{file.id}").content))
            self.assertIn("Spindle 4711", text)
            self.assertIn(f"{one.name}/2  Mr Xu, Ningbo Valve Works", text)


@tagged("post_install", "-at_install")
class TestLeaverTours(PeopleTourCommon):
    def test_leaver_hands_everything_back_and_can_be_archived_then(self):
        self.company.confidentiality_leaver_check = "refuse"
        employee = self.env["hr.employee"].create({"name": "Li Wei", "user_id": self.li.id})
        self.clear(self.li)
        self.register(self.customer, self.li)
        # One person in a small office: watches over secrets, personnel files and territories.
        self.officer.group_ids |= self.env.ref("hr.group_hr_user") | self.env.ref("sales_team.group_sale_manager")
        admin, account = self.env.ref("base.user_admin"), f"/odoo/action-base.action_res_users/{self.li.id}"
        admin.password = admin.login
        self.env["sales.confidentiality.leaver"].create({"user_id": self.li.id})
        with mute_logger("odoo.http"):
            self.open("leaver_refused", admin, account)
        self.assertTrue(self.li.active)
        self.open("leaver_hands_back", self.officer, f"/odoo/hr.employee/{employee.id}")
        self.assertFalse(self.cleared(self.li))
        self.assertEqual(self.owner(self.customer), self.wang)
        self.open("leaver_signs", self.li, "/my/agreements")
        self.open("leaver_archived", admin, account)
        self.assertFalse(self.li.active)


@tagged("post_install", "-at_install")
class TestPeopleToursOnAPhone(PeopleTourCommon, TrainingCommon):
    browser_size = "375x667"
    touch_enabled = True

    def test_new_employee_signs_passes_the_exam_and_the_clearance_wakes(self):
        self.company.confidentiality_agreement_needed = True
        self.exam.scoring_type = "scoring_without_answers"
        clearance = self.clear(self.li)
        agreement = self.ask(self.li.partner_id)
        self.assertFalse(self.cleared(self.li))
        self.open("sign", self.li, "/my/agreements")
        self.assertEqual((agreement.state, agreement.signed_by), ("valid", self.li))
        self.assertEqual((clearance.state, clearance.asleep_because), ("asleep", "exams of the role passed"))
        self.open("exam", self.li, f"/survey/start/{self.exam.access_token}")
        self.assertEqual(self.env["sales.confidentiality.exam"].search([]).user_id, self.li)
        self.assertEqual(self.cleared(self.li), self.li)
        self.open("clearance_awake", self.li, self.action("clearance_action"))
