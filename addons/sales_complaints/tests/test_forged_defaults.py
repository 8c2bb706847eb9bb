# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import Command
from odoo.addons.sales_policy.tests.forged import ForgedDefaults
from odoo.tests import tagged

from .common import ComplaintCommon


@tagged("post_install", "-at_install")
class TestForgedDefaults(ForgedDefaults, ComplaintCommon):
    """Nobody slips a state, a date or a responsible person into a complaint through the context of a button."""

    def test_acknowledging_and_investigating(self):
        complaint = self.register()
        self.assertForgesNothing(self.bao, complaint, "action_acknowledge")
        complaint.with_user(self.bao).action_acknowledge()
        self.assertForgesNothing(self.bao, complaint, "action_investigate")

    def test_deciding(self):
        complaint = self.proposed()
        values = {"complaint_ids": [Command.set(complaint.ids)], "grounds": "justified", "note": "Wrong seal"}
        wizard = self.env["sales.complaint.decision"].with_user(self.judge).create(values)
        self.assertForgesNothing(self.judge, wizard, "action_apply")

    def test_carrying_out(self):
        order = self.delivered(bill=True)
        complaint = self.decided(order, kinds=("return", {"kind": "reduction", "amount": 20}))
        self.assertForgesNothing(self.bao, complaint, "action_execute")

    def test_proposing_penalties(self):
        complaint = self.decided()
        self.blame(complaint, self.li)
        self.assertForgesNothing(self.bao, complaint, "action_propose_penalties")

    def test_asking_the_customer(self):
        complaint = self.investigated()
        values = {"complaint_ids": [Command.set(complaint.ids)], "step": "ask", "reason": "Since when?"}
        wizard = self.env["sales.complaint.reason"].with_user(self.bao).create(values)
        self.assertForgesNothing(self.bao, wizard, "action_apply")

    def test_withdrawing_and_reopening(self):
        complaint = self.investigated()
        for step in ("withdraw", "reopen"):
            values = {"complaint_ids": [Command.set(complaint.ids)], "step": step, "reason": "It is used up"}
            wizard = self.env["sales.complaint.reason"].with_user(self.bao).create(values)
            self.assertForgesNothing(self.bao, wizard, "action_apply")
            wizard.action_apply()
