# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo.addons.sales_complaints.tests.common import ComplaintCommon
from odoo.exceptions import UserError
from odoo.tests import tagged


@tagged("post_install", "-at_install")
class TestRepair(ComplaintCommon):
    """A repair that was decided goes to the workshop (CMP-9)."""

    def sent_to_the_workshop(self, **values):
        complaint = self.decided(kinds=({"kind": "repair", "quantity": 2, "responsible_id": self.ren.id},), **values)
        complaint.action_execute()
        return complaint, complaint.sudo().disposition_ids

    def test_repair_is_an_order_of_the_workshop_under_warranty(self):
        complaint, disposition = self.sent_to_the_workshop()
        repair = disposition.repair_id
        self.assertEqual((repair.product_id, repair.product_qty, repair.partner_id), (self.pump, 2, self.customer))
        self.assertEqual((repair.under_warranty, repair.user_id, disposition.state), (True, self.ren, "going"))
        self.assertIn(repair.name, disposition.document_names)
        self.assertEqual(complaint.action_view_repairs()["domain"], [("id", "in", repair.ids)])

    def test_workshop_says_when_it_is_done(self):
        _complaint, disposition = self.sent_to_the_workshop()
        with self.assertRaises(UserError):
            disposition.with_user(self.ren).action_done()
        repair = disposition.repair_id
        repair.action_validate()
        repair.action_repair_start()
        repair.action_repair_end()
        self.assertEqual((repair.state, disposition.state), ("done", "done"))

    def test_cancelled_order_is_made_again(self):
        complaint, disposition = self.sent_to_the_workshop()
        first = disposition.repair_id
        first.action_repair_cancel()
        self.assertEqual(disposition.state, "decided")
        complaint.invalidate_recordset()
        complaint.action_execute()
        self.assertNotEqual(disposition.repair_id, first)
        self.assertEqual(disposition.state, "going")

    def test_taking_the_decision_back_cancels_the_order(self):
        complaint, disposition = self.sent_to_the_workshop()
        repair = disposition.repair_id
        self.rpc(self.judge, "sales.complaint", "action_reconsider", complaint.ids)
        self.env.invalidate_all()
        self.assertEqual((repair.state, disposition.state), ("cancel", "cancelled"))

    def test_goods_without_product_are_a_task(self):
        complaint = self.decided(
            self.env["sale.order"],
            partner_id=self.customer.id,
            line_ids=[(0, 0, {"name": "Old press", "colour": "1", "purchase_date": "2026-01-05"})],
            kinds=({"kind": "repair", "responsible_id": self.ren.id},),
        )
        complaint.action_execute()
        disposition = complaint.sudo().disposition_ids
        self.assertFalse(disposition.repair_id)
        self.assertEqual((disposition.state, disposition.event_id.user_id), ("going", self.ren))

    def test_nobody_passes_off_a_repair_order_as_this_one(self):
        complaint = self.decided(kinds=({"kind": "repair", "quantity": 2},))
        disposition = complaint.sudo().disposition_ids
        foreign = self.env["repair.order"].create({"product_id": self.pump.id, "partner_id": self.customer.id})
        for user in self.bao | self.judge | self.kang | self.worker:
            self.assertRefused(
                UserError, user, "sales.complaint.disposition", "write", disposition.ids, {"repair_id": foreign.id}
            )
            self.assertRefused(
                UserError, user, "repair.order", "write", foreign.ids, {"sales_disposition_ids": [(4, disposition.id)]}
            )
