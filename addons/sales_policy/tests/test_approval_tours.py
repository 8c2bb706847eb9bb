# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, tagged

from .penalty import PenaltyCommon


@tagged("post_install", "-at_install")
class TestApprovalTours(PenaltyCommon, HttpCase):
    """Asking and approving on a phone."""

    browser_size = "375x667"
    touch_enabled = True

    def freeze(self):
        """Leave the clock running: a browser has its own."""

    def pass_days(self, days=0, **more):
        deadline = fields.Datetime.now() - timedelta(minutes=1)
        self.env["sales.penalty"].search([("state", "=", "hearing")])._evidence_write({"hearing_deadline": deadline})
        self.env.invalidate_all()

    def test_manager_asks_and_general_manager_approves_on_a_phone(self):
        case = self.heard()
        self.pass_days(10)
        action = self.env.ref("sales_policy.sales_penalty_action")
        self.start_tour(f"/odoo/action-{action.id}/{case.id}", "sales_policy_ask_on_a_phone", login=self.manager.login)
        self.env.invalidate_all()
        approval = case.sudo().approval_ids
        self.assertEqual((approval.state, approval.requester_id), ("pending", self.manager))
        action = self.env.ref("sales_policy.sales_approval_action_to_decide")
        self.start_tour(f"/odoo/action-{action.id}", "sales_policy_approve_on_a_phone", login=self.general.login)
        self.env.invalidate_all()
        self.assertEqual(approval.decision_ids.user_id, self.general)
        self.assertEqual(case.sudo().state, "settled")
