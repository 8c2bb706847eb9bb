# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .people import AgreementCommon


class PeopleTourCommon(AgreementCommon, HttpCase):
    def freeze(self):
        """Leave the clock running: a browser has its own."""


@tagged("post_install", "-at_install")
class TestPeopleTours(PeopleTourCommon):
    """What people see of agreements and leaks in the browser."""

    def test_anybody_reports_a_leak_in_two_fields(self):
        action = self.env.ref("sales_confidentiality.sales_confidentiality_report_action")
        self.start_tour(f"/odoo/action-{action.id}", "sales_confidentiality_report", login=self.clerk.login)
        incident = self.env["sales.confidentiality.incident"].search([], limit=1)
        self.assertEqual((incident.reporter_id, incident.involved), (self.clerk, "Price list of May"))

    def test_quotation_of_a_classified_product_is_stopped(self):
        self.company.confidentiality_quotation_check = "refuse"
        quotation = self.order(self.portal.partner_id, self.li)
        quotation.sudo().order_line.product_id.write(
            {"confidentiality_category_id": self.product_data.id, "confidentiality_level_id": self.confidential.id}
        )
        with mute_logger("odoo.http"):
            self.start_tour(
                f"/odoo/sales/{quotation.id}", "sales_confidentiality_quotation_stopped", login=self.li.login
            )
        self.assertEqual(quotation.state, "draft")


@tagged("post_install", "-at_install")
class TestPeopleToursOnAPhone(PeopleTourCommon):
    browser_size = "375x667"
    touch_enabled = True

    def test_employee_signs_and_the_clearance_wakes(self):
        self.company.confidentiality_agreement_needed = True
        self.clear(self.li)
        agreement = self.ask(self.li.partner_id)
        self.assertFalse(self.cleared(self.li))
        self.start_tour("/my/agreements", "sales_confidentiality_sign", login=self.li.login)
        self.env.invalidate_all()
        self.env["sales.confidentiality.clearance"]._forget_live()
        self.assertEqual((agreement.state, agreement.signed_by), ("valid", self.li))
        self.assertEqual(self.cleared(self.li), self.li)
