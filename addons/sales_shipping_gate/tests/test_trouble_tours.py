# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from datetime import timedelta

from odoo import Command
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .shipping import ShippingCommon

PHONE, DESK = "375x667", "1366x768"


@tagged("post_install", "-at_install")
class TestTroubleTours(ShippingCommon, HttpCase):
    """When something is in the way: goods are short, wrong, not allowed, or a photo is asked for."""

    def freeze(self):
        """Leave the clock running: a browser has its own."""

    def walk(self, record, tour, user, size=DESK, action=None):
        self.browser_size, self.touch_enabled = size, size == PHONE
        self.env.flush_all()
        action = self.env.ref(f"sales_shipping_gate.{action}").id if action else None
        path = f"/odoo/action-{action}/{record.id or 'new'}" if action else f"/odoo/{record._name}/{record.id}"
        self.start_tour(path, f"sales_shipping_{tour}", login=user.login)
        self.env.invalidate_all()

    def asked_and_paid(self, **values):
        order = self.sold(**values)
        self.paid(order)
        return order, self.checked(order)

    def test_packing_is_passed_with_a_photo_from_the_phone(self):
        self.company.shipping_inspection_required = True
        self.env["sales.shipping.checklist"].search([]).active = False
        point = Command.create({"name": "Crate", "is_photo_required": True})
        self.env["sales.shipping.checklist"].create({"name": "Machines", "point_ids": [point]})
        order, _request = self.asked_and_paid()
        picking = self.delivery(order)
        picking.action_assign()
        opened = picking.with_user(self.worker).action_shipping_inspect()
        inspection = self.env["sales.shipping.inspection"].browse(opened["res_id"])
        self.walk(inspection, "photo_on_a_phone", self.worker, PHONE, "sales_shipping_inspection_action")
        self.assertEqual((inspection.state, inspection.user_id), ("passed", self.worker))
        self.assertTrue(inspection.line_ids.photo)
        self.ship(picking)
        self.assertEqual(self.with_customers(), 1)

    def test_shortage_is_answered_with_a_split(self):
        press = self.goods("Press", quantity=3)
        order, request = self.asked_and_paid(quantity=5, product=press)
        self.delivery(order).action_assign()
        request._report_shortages()
        self.walk(request, "split_a_shortage", self.li, PHONE, "sales_shipping_request_action")
        rest = order.shipping_request_ids - request
        self.assertEqual((request.line_ids.quantity, rest.line_ids.quantity), (3, 2))
        self.assertEqual((rest.state, rest.requester_id), ("submitted", self.li))

    def test_wrong_goods_end_in_a_proposed_penalty(self):
        self.company.sales_penalty_mode = "payroll"
        employee = self.env["hr.employee"].create({"name": "Ma", "user_id": self.worker.id})
        order, _request = self.asked_and_paid()
        self.ship(self.delivery(order))
        incidents = self.env["sales.shipping.incident"]
        self.walk(incidents, "report_wrong_goods", self.li, DESK, "sales_shipping_incident_action")
        incident = incidents.search([("reporter_id", "=", self.li.id)])
        self.assertEqual((incident.kind, incident.facts), ("wrong", "Model 6140 instead of 6132"))
        self.walk(incident, "assess_and_propose", self.manager, DESK, "sales_shipping_incident_action")
        case = self.env["sales.penalty"].search([("employee_id", "=", employee.id)])
        self.assertEqual((case.state, case.proposer_id, case.loss), ("proposed", self.manager, 300))

    def test_expired_licence_stops_leaving(self):
        category = self.env["product.category"].create({"name": "Medicines"})
        kind = self.env["sales.licence.type"].create(
            {"name": "Business licence", "category_ids": [Command.set(category.ids)]}
        )
        today = self.day()
        licence = self.env["sales.licence"].create(
            {
                "type_id": kind.id,
                "partner_id": self.customer.id,
                "number": "YP-1",
                "date_start": today - timedelta(days=30),
                "date_end": today + timedelta(days=1),
            }
        )
        vaccine = self.goods("Vaccine", categ_id=category.id)
        order, _request = self.asked_and_paid(product=vaccine)
        licence.date_end = today - timedelta(days=1)
        self.settle()
        picking = self.delivery(order)
        picking.move_ids.write({"quantity": 1, "picked": True})
        with mute_logger("odoo.http"):
            self.walk(picking, "stopped_by_the_licence", self.worker)
        self.assertEqual((picking.state, self.with_customers(vaccine)), ("assigned", 0))
