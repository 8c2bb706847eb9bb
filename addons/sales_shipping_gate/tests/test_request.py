# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from datetime import timedelta

from freezegun import freeze_time

from odoo import Command, fields
from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from .shipping import ShippingCommon


@tagged("post_install", "-at_install")
class TestRequest(ShippingCommon):
    """From the request of a salesperson to the goods on the truck (SHP-1, SHP-2, SHP-7)."""

    def test_paid_order_is_held_until_its_request_is_checked(self):
        order = self.sold()
        self.paid(order)
        self.assertEqual(order.shipping_gate_state, "held")
        self.assertIn("asks for the shipment", order.shipping_gate_reason)
        self.assertHeld(lambda: self.ship(self.delivery(order)))
        request = self.request(order)
        self.assertIn(request.name, order.shipping_gate_reason)
        self.assertIn("sales clerk", order.shipping_gate_reason)
        self.assertHeld(lambda: self.ship(self.delivery(order)))
        request.with_user(self.clerk).action_check()
        self.settle()
        self.assertEqual(request.state, "released")
        self.assertEqual(order.shipping_gate_state, "released")
        self.ship(self.delivery(order))
        self.assertEqual(self.with_customers(), 1)
        self.assertEqual(request.state, "shipped")
        self.assertEqual(
            self.steps(request),
            [
                ("submitted", self.li),
                ("checked", self.clerk),
                ("released", self.clerk),
                ("shipped", self.worker),
            ],
        )

    def test_checked_request_is_issued_when_the_money_comes(self):
        order = self.sold()
        request = self.checked(order)
        self.assertEqual(request.state, "checked")
        self.assertIn("is missing", order.shipping_gate_reason)
        with self.assertRaises(UserError):
            request.with_user(self.clerk).action_issue()
        self.assertHeld(lambda: self.ship(self.delivery(order)))
        self.paid(order)
        self.assertEqual(request.state, "released")
        self.ship(self.delivery(order))
        self.assertEqual(request.state, "shipped")

    def test_special_release_stands_for_the_money_and_not_for_the_request(self):
        order = self.sold()
        release = (
            self.env["sales.shipping.release"]
            .with_user(self.li)
            .create({"order_id": order.id, "amount": 100, "reason": "Fair", "promised_date": fields.Date.today()})
        )
        release.action_ask()
        release.sudo().approval_ids.with_user(self.he).action_approve()
        self.settle()
        self.assertHeld(lambda: self.ship(self.delivery(order)))
        request = self.checked(order)
        self.assertEqual(request.state, "released")
        self.ship(self.delivery(order))
        self.assertEqual(self.with_customers(), 1)
        self.assertTrue(release.used_date)

    def test_part_of_the_order_leaves_on_each_request(self):
        order = self.sold(5)
        self.paid(order)
        first = self.checked(order, quantities=[2])
        self.assertHeld(lambda: self.ship(self.delivery(order), quantity=3))
        self.ship(self.delivery(order), quantity=1)
        self.assertEqual(first.state, "released")
        self.ship(self.delivery(order), quantity=1)
        self.assertEqual(first.state, "shipped")
        self.assertHeld(lambda: self.ship(self.delivery(order), quantity=1))
        second = self.request(order)
        self.assertEqual(second.line_ids.quantity, 3)
        second.with_user(self.clerk).action_check()
        self.ship(self.delivery(order))
        self.assertEqual(self.with_customers(), 5)
        self.assertEqual((first | second).mapped("state"), ["shipped", "shipped"])

    def test_nobody_asks_for_more_than_what_is_undelivered(self):
        order = self.sold(5)
        self.request(order, quantities=[4])
        with self.assertRaises(UserError):
            self.request(order, quantities=[2])
        self.request(order, quantities=[1])
        with self.assertRaises(UserError):
            self.request(order)

    def test_what_left_before_requests_were_needed_needs_none(self):
        self.company.shipping_request_required = False
        order = self.sold(5)
        self.paid(order)
        self.ship(self.delivery(order), quantity=2)
        self.company.shipping_request_required = True
        self.assertHeld(lambda: self.ship(self.delivery(order)))
        request = self.checked(order)
        self.assertEqual(request.line_ids.quantity, 3)
        self.ship(self.delivery(order))
        self.assertEqual(self.with_customers(), 5)
        self.assertEqual(request.state, "shipped")

    def test_cancelled_rest_can_be_asked_for_again(self):
        order = self.sold(5)
        self.paid(order)
        first = self.checked(order)
        self.ship(self.delivery(order), quantity=2)
        self.reason(first, self.li, "cancel", "Customer wants the rest in June")
        self.assertEqual(first.state, "shipped")
        self.assertEqual(first.line_ids.quantity, 2)
        self.assertHeld(lambda: self.ship(self.delivery(order)))
        second = self.checked(order)
        self.assertEqual(second.line_ids.quantity, 3)
        self.reason(second, self.clerk, "cancel")
        self.assertEqual(second.state, "cancelled")
        self.assertHeld(lambda: self.ship(self.delivery(order)))
        self.checked(order)
        self.ship(self.delivery(order))
        self.assertEqual(self.with_customers(), 5)

    def test_refused_request_tells_its_requester_why(self):
        order = self.sold()
        request = self.request(order)
        self.reason(request, self.clerk, "refuse", "No stock of this batch")
        self.assertEqual(request.state, "refused")
        self.assertIn("No stock of this batch", self.told(request, self.li))
        self.assertEqual(self.request(order).line_ids.quantity, 1)

    def test_kit_free_services_need_no_request(self):
        service = self.env["product.product"].create({"name": "Training", "type": "service", "taxes_id": False})
        order = self.sold(product=service)
        self.paid(order)
        self.assertEqual(order.shipping_gate_state, "released")

    def test_request_is_no_matter_where_it_is_not_needed(self):
        self.company.shipping_request_required = False
        order = self.sold()
        self.paid(order)
        self.ship(self.delivery(order))
        self.assertEqual(self.with_customers(), 1)

    def test_address_stays_as_it_was_asked_for(self):
        self.customer.write({"street": "1 Harbour Road", "city": "Ningbo"})
        order = self.sold()
        request = self.request(order)
        self.assertIn("1 Harbour Road", request.address)
        self.customer.street = "2 Hill Road"
        self.settle()
        self.assertIn("1 Harbour Road", request.address)

    def test_form_proposes_what_is_undelivered(self):
        order = self.sold(3)
        order.order_line.product_uom_qty = 4
        with Form(
            self.env["sales.shipping.request"].with_user(self.li).with_context(default_order_id=order.id)
        ) as form:
            with form.line_ids.edit(0) as line:
                self.assertEqual(line.quantity, 4)
                line.quantity = 1
                line.parts = "CK6140 with chuck 200"
            form.demands = "Wooden crates"
        request = form.save()
        request.action_submit()
        self.assertEqual(request.line_ids.mapped("quantity"), [1])
        self.assertEqual(request.consignee, self.customer.display_name)

    def test_late_step_is_seen_stamped_and_told_once(self):
        order = self.sold()
        with freeze_time("2026-05-04 02:00:00"):
            request = self.request(order)
            # Four working hours after ten o'clock on a Monday in Shanghai; the office breaks from 12 to 13.
            self.assertEqual(request.target_date, fields.Datetime.to_datetime("2026-05-04 07:00:00"))
            self.assertFalse(request.is_late)
        with freeze_time("2026-05-04 07:30:00"):
            self.env.invalidate_all()
            self.assertTrue(request.is_late)
            requests = self.env["sales.shipping.request"]
            self.assertEqual(requests.search([("is_late", "=", True), ("order_id", "=", order.id)]), request)
            self.assertFalse(requests.search([("is_late", "=", False), ("order_id", "=", order.id)]))
            for _run in range(2):
                with self.enter_registry_test_mode():
                    self.env.ref("sales_shipping_gate.ir_cron_shipping_escalate").method_direct_trigger()
            self.assertEqual(self.told(request, self.manager).count("is late"), 1)
            request.with_user(self.clerk).action_check()
        step = request.sudo().step_ids.filtered(lambda step: step.step == "checked")
        self.assertTrue(step.is_late)
        self.assertEqual(step.hours, 5.5)

    def test_closing_waits_for_the_money(self):
        self.env["sales.shipping.policy"].create({"name": "Free", "requirement": "none"})
        order = self.sold()
        request = self.checked(order)
        self.ship(self.delivery(order))
        request.sudo()._take("received")
        with self.assertRaises(UserError):
            request.with_user(self.clerk).action_close()
        self.paid(order)
        request.with_user(self.clerk).action_close()
        self.assertEqual(request.state, "closed")

    def test_requests_of_many_orders_cost_no_query_each(self):
        few = self.sold() | self.sold()
        many = few | self.sold() | self.sold() | self.sold() | self.sold()

        def cost(orders):
            return self.queries(lambda: orders._gate_verdicts())

        cost(many)
        self.assertEqual(cost(few), cost(many))

    def test_list_tells_late_without_a_query_each(self):
        for _number in range(3):
            self.request(self.sold())
        requests = self.env["sales.shipping.request"].search([])
        self.settle()
        requests.mapped("state")
        with self.assertQueryCount(0):
            requests.mapped("is_late")

    def test_goods_returned_and_shipped_again_need_no_second_request(self):
        order = self.sold()
        self.paid(order)
        self.checked(order)
        delivery = self.delivery(order)
        self.ship(delivery)
        wizard = self.env["stock.return.picking"].with_context(active_id=delivery.id, active_model="stock.picking")
        wizard = wizard.create({})
        wizard.product_return_moves.quantity = 1
        back = self.env["stock.picking"].browse(wizard.action_create_exchanges()["res_id"])
        exchange = self.delivery(order) - back
        self.ship(back)
        self.ship(exchange)
        self.assertEqual(self.with_customers(), 1)

    def test_two_lines_leave_only_as_far_as_asked(self):
        press = self.goods("Press")
        order = self.confirmed(
            order_line=[
                Command.create({"product_id": product.id, "product_uom_qty": 2, "tax_ids": False})
                for product in self.lathe | press
            ]
        )
        self.paid(order)
        request = self.request(order, submit=False)
        request.line_ids[1].unlink()
        request.action_submit()
        request.with_user(self.clerk).action_check()
        self.settle()
        self.assertHeld(lambda: self.ship(self.delivery(order)), press)
        picking = self.delivery(order)
        picking.move_ids.filtered(lambda move: move.product_id == press).quantity = 0
        lathes = picking.move_ids.filtered(lambda move: move.product_id == self.lathe)
        lathes.quantity = 2
        lathes.picked = True
        picking.with_user(self.worker).with_context(skip_backorder=True).button_validate()
        self.settle()
        self.assertEqual(request.state, "shipped")
        self.assertEqual((self.with_customers(), self.with_customers(press)), (2, 0))

    def test_warehouse_begins_and_the_next_target_is_the_shipment(self):
        order = self.sold()
        self.paid(order)
        request = self.checked(order)
        request.with_user(self.worker).action_start()
        self.assertEqual(request.state, "picking")
        self.assertGreater(request.target_date, fields.Datetime.now() + timedelta(hours=7))
        self.ship(self.delivery(order))
        self.assertEqual(request.state, "shipped")
