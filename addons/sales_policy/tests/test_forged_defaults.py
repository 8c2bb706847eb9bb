# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo.tests import tagged

from .common import SUMMARY, SalesPolicyCommon
from .forged import ForgedDefaults
from .penalty import PenaltyCommon


@tagged("post_install", "-at_install")
class TestForgedDefaults(ForgedDefaults, SalesPolicyCommon):
    """Nobody slips a date, an owner or a state into the ledger through the context of a button (OWN-1)."""

    def test_registering_a_customer(self):
        values = {"partner_id": self.customer.id, "summary": SUMMARY}
        wizard = self.env["sales.customer.register"].with_user(self.li).create(values)
        self.assertForgesNothing(self.li, wizard, "action_register")

    def test_confirming_an_order_that_credits_a_colleague(self):
        self.register(self.customer, self.li)
        order = self.order(self.customer, self.wang)
        self.assertForgesNothing(self.wang, order, "action_confirm")

    def test_handing_over_a_customer(self):
        self.register(self.customer, self.li)
        values = {"mode": "assign", "partner_ids": self.customer.ids, "user_id": self.wang.id, "reason": "New area"}
        wizard = self.env["sales.ownership.transfer"].with_user(self.manager).create(values)
        self.assertForgesNothing(self.manager, wizard, "action_apply")


@tagged("post_install", "-at_install")
class TestForgedDefaultsOfCases(ForgedDefaults, PenaltyCommon):
    """Nor into a case, its steps, its approval or what the person concerned said."""

    def test_proposing_a_case(self):
        self.assertForgesNothing(self.manager, self.draft(), "action_propose")

    def test_opening_a_hearing(self):
        self.assertForgesNothing(self.hr, self.proposed(), "action_open_hearing")

    def test_answering(self):
        case = self.heard()
        wizard = self.env["sales.penalty.answer"].with_user(self.li)
        self.assertForgesNothing(
            self.li, wizard.create({"penalty_id": case.id, "body": "It was on time."}), "action_send"
        )

    def test_asking_for_a_decision(self):
        case = self.heard()
        self.pass_days(10)
        self.assertForgesNothing(self.hr, case, "action_request_decision")

    def test_deciding(self):
        self.assertForgesNothing(self.general, self.approvals(self.asked()), "action_approve")
