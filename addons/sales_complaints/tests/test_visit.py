# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import ComplaintCommon


@tagged("post_install", "-at_install")
class TestVisit(ComplaintCommon):
    """Somebody goes to the customer: to see what is true, or because it was decided (CMP-2, CMP-7)."""

    def test_visit_decided_stands_in_the_calendar_of_who_goes(self):
        kind = {"kind": "visit", "responsible_id": self.ren.id, "planned_date": "2026-05-08"}
        complaint = self.decided(kinds=("nothing", kind))
        complaint.action_execute()
        visit = complaint.sudo().disposition_ids.filtered("event_id")
        event = visit.event_id
        self.assertEqual((event.user_id, str(event.start_date), event.allday), (self.ren, "2026-05-08", True))
        self.assertEqual((event.partner_ids, event.res_id), (self.ren.partner_id, complaint.id))
        self.assertEqual((event.activity_ids.user_id, str(event.activity_ids.date_deadline)), (self.ren, "2026-05-08"))
        visit.with_user(self.ren).action_done()
        self.assertFalse(event.activity_ids.filtered("active"))
        self.assertEqual(visit.state, "done")

    def test_visit_goes_from_the_calendar_when_the_decision_is_taken_back(self):
        complaint = self.decided(kinds=("nothing", {"kind": "visit", "responsible_id": self.ren.id}))
        complaint.action_execute()
        event = complaint.sudo().disposition_ids.event_id
        self.rpc(self.judge, "sales.complaint", "action_reconsider", complaint.ids)
        self.env.invalidate_all()
        self.assertFalse(event.exists())

    def test_investigators_plan_a_visit_and_say_how_it_was_verified(self):
        complaint = self.investigated()
        for user in (self.bao, self.ren, self.leader):
            context = self.rpc(user, "sales.complaint", "action_visit", complaint.ids)["context"]
            self.assertEqual((context["default_res_id"], context["default_res_model"]), (complaint.id, complaint._name))
        self.assertRefused(AccessError, self.clerk, "sales.complaint", "action_visit", complaint.ids)
        self.env["calendar.event"].with_user(self.ren).with_context(**context).create(
            {"name": "See the pump", "start": "2026-05-06 01:00:00", "stop": "2026-05-06 03:00:00"}
        )
        self.assertEqual(complaint.with_user(self.ren).visit_count, 1)
        complaint.with_user(self.ren).verified_by = "photos"
        self.assertRefused(AccessError, self.li, "sales.complaint", "write", complaint.ids, {"verified_by": "visit"})
