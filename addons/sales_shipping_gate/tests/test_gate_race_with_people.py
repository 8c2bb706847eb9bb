# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo.tests import tagged

from .gate_race import GateRaceCommon


@tagged("post_install", "-at_install")
class TestGateRaceWithPeople(GateRaceCommon):
    """Races with request, inspection and tracking number needed and given (SHP-1, 4, 8)."""

    def setUp(self):
        super().setUp()
        with self.registry.cursor() as cr:
            env = self.env(cr)
            self.clerk_id = self.person(env, "racing.clerk", "sales_policy.group_sales_clerk").id
            freight = env["product.product"].create({"name": "Race freight", "type": "service"})
            self.freight_id = freight.product_tmpl_id.id
            self.carrier_id = env["delivery.carrier"].create({"name": "Race", "product_id": freight.id}).id
            env.company.write(
                {
                    "shipping_request_required": True,
                    "shipping_inspection_required": True,
                    "shipping_tracking_required": True,
                }
            )
            points = env["sales.shipping.checklist.point"].search([("is_photo_required", "=", True)])
            points.is_photo_required = False
            self.point_ids = points.ids
            self.prepare(env, self.order_id)

    def prepare(self, env, order_id):
        """Ask for the shipment, check, inspect, and enter the tracking number."""
        order = env["sale.order"].browse(order_id)
        request = env["sales.shipping.request"].create({"order_id": order.id})
        request.action_submit()
        request.with_user(self.clerk_id).action_check()
        order.picking_ids.action_assign()
        for picking in order.picking_ids:
            picking.write({"carrier_id": self.carrier_id, "carrier_tracking_ref": "R1"})
            picking.move_ids.quantity = 1
            action = picking.with_user(self.worker_id).action_shipping_inspect()
            inspection = env["sales.shipping.inspection"].with_user(self.worker_id).browse(action["res_id"])
            inspection.line_ids.action_in_order()
            inspection.action_pass()
        env.cr.flush()

    def clean_up(self):
        with self.registry.cursor() as cr:
            env = self.env(cr)
            env.company.write(
                {
                    "shipping_request_required": False,
                    "shipping_inspection_required": False,
                    "shipping_tracking_required": False,
                }
            )
            env["sales.shipping.checklist.point"].browse(self.point_ids).is_photo_required = True
            pickings = "(SELECT id FROM stock_picking WHERE partner_id = %(partner)s)"
            requests = "(SELECT id FROM sales_shipping_request WHERE order_id = ANY(%(orders)s))"
            for query in (
                "DELETE FROM sales_shipping_inspection_line WHERE inspection_id IN"
                f" (SELECT id FROM sales_shipping_inspection WHERE picking_id IN {pickings})",
                f"DELETE FROM sales_shipping_inspection WHERE picking_id IN {pickings}",
                f"DELETE FROM sales_shipping_request_step WHERE request_id IN {requests}",
                f"DELETE FROM mail_message WHERE model = 'sales.shipping.request' AND res_id IN {requests}",
                f"DELETE FROM mail_followers WHERE res_model = 'sales.shipping.request' AND res_id IN {requests}",
                f"DELETE FROM sales_shipping_request_line WHERE request_id IN {requests}",
                "DELETE FROM sales_shipping_request WHERE order_id = ANY(%(orders)s)",
                "UPDATE stock_picking SET carrier_id = NULL WHERE partner_id = %(partner)s",
            ):
                cr.execute(query, {"partner": self.partner_id, "orders": self.orders})
            env.invalidate_all()
            env["delivery.carrier"].browse(self.carrier_id).unlink()
            env["product.template"].browse(self.freight_id).unlink()
            clerk = env["res.users"].browse(self.clerk_id)
            partner = clerk.partner_id
            clerk.unlink()
            partner.unlink()
        return super().clean_up()

    def test_payment_that_goes_first_keeps_prepared_goods_in(self):
        error = self.race(self.unmatch, self.ship(self.order_id), self.worker_id)
        self.assertIn("is missing", str(error))
        self.assertEqual(self.shipped(), 0)

    def test_prepared_goods_that_leave_first_have_left_paid(self):
        error = self.race(self.ship(self.order_id), self.unmatch)
        self.assertFalse(error)
        self.assertEqual(self.shipped(), 1)

    def test_request_that_is_cancelled_first_keeps_the_goods_in(self):
        def cancel(cr):
            requests = self.env(cr)["sales.shipping.request"].search([("order_id", "=", self.order_id)])
            requests._cancel("Customer moves")
            cr.flush()

        error = self.race(cancel, self.ship(self.order_id), self.worker_id)
        self.assertTrue(error)
        self.assertEqual(self.shipped(), 0)
