# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import Command
from odoo.addons.sales_policy.tests.attack import REFUSED
from odoo.addons.sales_policy.tests.common import SalesPolicyCommon
from odoo.tests import tagged

from .common import ComplaintCommon


@tagged("post_install", "-at_install")
class TestComplaintParties(ComplaintCommon):
    """Who sold the goods or manages the area decides nothing, whatever is changed to look like somebody else (CMP-7).

    Tang, technical judge, sells too here; Bao, complaint manager, leads a team.
    """

    people = {"other_judge": ("lu", "Lu", "sales_policy.group_technical_judge")}

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.judge.group_ids |= cls.env.ref("sales_team.group_sale_salesman_all_leads")
        cls.bao.group_ids |= cls.env.ref("sales_team.group_sale_manager")
        cls.sold = cls.delivered(user=cls.judge)
        cls.by_colleague = cls.delivered(user=cls.li)

    def assertDecidedByOthersOnly(self, complaint, party):
        self.dispose(complaint, "nothing", by=self.bao)
        complaint.with_user(self.bao).action_propose()
        wizard = (
            self.env["sales.complaint.decision"]
            .with_user(party)
            .create({"complaint_ids": [Command.set(complaint.ids)], "grounds": "justified", "note": "x"})
        )
        self.assertRefused(REFUSED, party, "sales.complaint.decision", "action_apply", wizard.ids)
        self.decide(complaint, by=self.other_judge)
        self.assertEqual(complaint.decider_id, self.other_judge)

    def test_seller_does_not_leave_the_matter_by_naming_another_order(self):
        complaint = self.investigated(self.sold)
        goods = {"sale_line_id": self.by_colleague.order_line.id}
        self.rpc(self.judge, "sales.complaint.line", "write", complaint.line_ids.ids, goods)
        self.rpc(self.judge, "sales.complaint", "write", complaint.ids, {"order_id": self.by_colleague.id})
        self.assertEqual(complaint.sudo().salesperson_id, self.li)
        self.assertIn(self.judge, complaint._involved())
        self.assertDecidedByOthersOnly(complaint, self.judge)

    def test_seller_does_not_leave_the_matter_by_naming_no_order(self):
        complaint = self.investigated(self.sold)
        self.rpc(self.judge, "sales.complaint", "write", complaint.ids, {"order_id": False})
        self.assertDecidedByOthersOnly(complaint, self.judge)

    def test_goods_of_the_own_order_are_the_own_matter(self):
        complaint = self.investigated(self.sold, order_id=False, partner_id=self.customer.id)
        self.assertFalse(complaint.order_id)
        self.assertDecidedByOthersOnly(complaint, self.judge)

    def test_seller_does_not_leave_the_matter_by_taking_the_goods_off(self):
        complaint = self.investigated(self.sold, order_id=False, partner_id=self.customer.id)
        goods = {"sale_line_id": self.by_colleague.order_line.id, "quantity": 1, "colour": "1"}
        commands = [Command.delete(complaint.line_ids.id), Command.create(goods)]
        self.rpc(self.judge, "sales.complaint", "write", complaint.ids, {"line_ids": commands})
        self.assertDecidedByOthersOnly(complaint, self.judge)

    def test_order_that_was_handed_to_a_colleague_was_sold_by_who_closed_it(self):
        self.rpc(self.judge, "sale.order", "write", self.sold.ids, {"user_id": self.li.id})
        complaint = self.investigated(self.sold)
        self.assertEqual(complaint.sudo().salesperson_id, self.li)
        self.assertDecidedByOthersOnly(complaint, self.judge)

    def test_owner_of_the_customer_is_a_party_where_no_order_is_named(self):
        SalesPolicyCommon.register(self, self.other_customer, self.judge)
        vals = {"subject": "Rude on the phone", "type_id": self.service.id, "partner_id": self.other_customer.id}
        complaint = self.env["sales.complaint"].with_user(self.bao).create(vals)
        self.assertIn(self.judge, complaint._involved())

    def test_area_manager_stays_a_party_after_handing_on_the_team(self):
        self.north.user_id = self.bao
        complaint = self.investigated(self.by_colleague, kind=self.service)
        self.assertIn(self.bao, complaint._involved())
        self.rpc(self.bao, "crm.team", "write", self.north.ids, {"user_id": self.leader.id})
        self.assertEqual(complaint._involved() & (self.bao | self.leader), self.bao | self.leader)
        complaint = complaint.with_user(self.kang)
        self.dispose(complaint, "nothing", by=self.kang)
        complaint.action_propose()
        self.assertRefused(REFUSED, self.bao, "sales.complaint", "action_decide", complaint.ids)

    def test_colleague_corrects_the_wrong_order(self):
        complaint = self.investigated(self.sold)
        goods = {"sale_line_id": self.by_colleague.order_line.id, "quantity": 1, "colour": "1"}
        commands = [Command.delete(complaint.line_ids.id), Command.create(goods)]
        self.rpc(
            self.kang,
            "sales.complaint",
            "write",
            complaint.ids,
            {"order_id": self.by_colleague.id, "line_ids": commands},
        )
        self.assertNotIn(self.judge, complaint._involved())

    def test_nobody_writes_the_parties(self):
        complaint = self.register(self.sold)
        for user in self.everybody:
            self.assertRefused(REFUSED, user, "sales.complaint", "write", complaint.ids, {"party_ids": [(5,)]})
        new = {"subject": "x", "type_id": self.service.id, "party_ids": [(5,)]}
        self.assertRefused(REFUSED, self.bao, "sales.complaint", "create", [new])
