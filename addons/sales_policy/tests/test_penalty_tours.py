# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, tagged

from .penalty import PenaltyCommon


@tagged("post_install", "-at_install")
class TestPenaltyTours(PenaltyCommon, HttpCase):
    """What people see of penalties in the browser."""

    def freeze(self):
        """Leave the clock running: a browser has its own. These tests shift deadlines instead of the time."""

    def pass_days(self, days=0, **more):
        deadline = fields.Datetime.now() - timedelta(minutes=1)
        for case in self.env["sales.penalty"].search([("state", "=", "hearing")]):
            case._evidence_write({"hearing_deadline": deadline})
        self.env.invalidate_all()

    def tour(self, name, user, action):
        action = self.env.ref(f"sales_policy.{action}")
        self.start_tour(f"/odoo/action-{action.id}", f"sales_policy_{name}", login=user.login)
        self.env.invalidate_all()

    def test_manager_proposes(self):
        self.tour("propose_a_case", self.manager, "sales_penalty_action")
        case = self.env["sales.penalty"].search([("employee_id", "=", self.employees[self.li].id)])
        self.assertEqual((case.state, case.points, case.proposer_id), ("proposed", 2, self.manager))

    def test_person_answers_the_own_case(self):
        case = self.heard()
        self.tour("answer_own_case", self.li, "sales_penalty_action_mine")
        self.assertEqual(case.sudo().statement_ids.user_id, self.li)
        self.assertEqual(case.next_step, "ask")

    def test_fine_reaches_the_books(self):
        self.keep_books()
        case = self.effective(amount=150)
        self.tour("fine_reaches_the_books", self.accountant, "sales_penalty_action_to_post")
        self.assertEqual((case.sudo().move_id.state, case.next_step), ("posted", "pay"))
