# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import Command
from odoo.addons.sales_policy.tests.forged import ForgedDefaults
from odoo.tests import tagged

from .channel import ChannelCommon


@tagged("post_install", "-at_install")
class TestForgedDefaults(ForgedDefaults, ChannelCommon):
    """Nobody slips a date, a person or a result into what confidentiality records through the context of a button."""

    def test_asking_for_a_grant(self):
        rule = self.rule(["phone"], "mask")
        values = {"rule_id": rule.id, "record_ids": str(self.customer.id), "reason": "To call", "hours": 2}
        self.assertForgesNothing(
            self.wang, self.env["sales.confidentiality.grant"].with_user(self.wang).create(values), "action_ask"
        )

    def test_reporting_a_leak(self):
        values = {"what": "The price list lies in the canteen"}
        wizard = self.env["sales.confidentiality.report"].with_user(self.wang).create(values)
        self.assertForgesNothing(self.wang, wizard, "action_report")

    def test_finishing_an_inspection(self):
        department = self.env["hr.department"].create({"name": "Works"})
        inspection = (
            self.env["sales.confidentiality.inspection"]
            .with_user(self.officer)
            .create({"department_id": department.id, "inspector_id": self.deputy.id, "repeat_months": 6})
        )
        inspection.with_user(self.deputy).line_ids.write({"result": "fine"})
        self.assertForgesNothing(self.deputy, inspection, "action_done")

    def test_asking_people_to_sign(self):
        template = self.env.ref("sales_confidentiality.sales_confidentiality_agreement_template_commitment")
        values = {"template_id": template.id, "partner_ids": [Command.set(self.li.partner_id.ids)]}
        wizard = self.env["sales.confidentiality.agreement.request"].with_user(self.officer).create(values)
        self.assertForgesNothing(self.officer, wizard, "action_ask")

    def test_taking_the_rights_of_a_leaver(self):
        self.clear(self.li)
        employee = self.env["hr.employee"].create({"name": "Li Wei", "user_id": self.li.id})
        opened = employee.with_user(self.officer).action_confidentiality_leaver()
        leaver = self.env["sales.confidentiality.leaver"].browse(opened["res_id"])
        self.assertForgesNothing(self.officer, leaver, "action_revoke")
