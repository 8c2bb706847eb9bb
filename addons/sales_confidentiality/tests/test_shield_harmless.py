# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo.addons.sales_policy.tests.attack import HarmlessCommon
from odoo.tests import tagged

from .common import ConfidentialityCommon


@tagged("post_install", "-at_install")
class TestShieldHarmless(HarmlessCommon, ConfidentialityCommon):
    """Every button of rules, clearances and grants, pressed by a client who is no officer."""

    def test_strangers_move_nothing(self):
        rule = self.env.ref("sales_confidentiality.sales_confidentiality_rule_phone")
        rule.action_propose()
        clearance = self.clear(self.li)
        suspension = self.env["sales.confidentiality.suspension"].create({"user_id": self.li.id, "reason": "Leak"})
        grant = (
            self.env["sales.confidentiality.grant"]
            .with_user(self.li)
            .create(
                {"rule_id": rule.id, "record_ids": str(self.customer.id), "hours": 4, "reason": "Covering the fair"}
            )
        )
        grant.action_ask()
        stranger = self._user("stranger", "Bai", "base.group_user")
        self.assertHarmless(
            stranger | self.wang | self.portal, rule, clearance.sudo(), suspension, grant.sudo(), rule.line_ids
        )
