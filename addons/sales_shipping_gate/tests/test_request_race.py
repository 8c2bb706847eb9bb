# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import SUPERUSER_ID, Command, api
from odoo.addons.sales_policy.tests.race import RaceCommon
from odoo.exceptions import UserError
from odoo.tests import tagged


@tagged("post_install", "-at_install")
class TestRequestRace(RaceCommon):
    """Two requests for the same goods in the same instant: together they ask for no more than there is to ship."""

    def setUp(self):
        super().setUp()
        with self.registry.cursor() as cr:
            env = self.env_of(cr)
            product = env["product.product"].create({"name": "Race Lathe", "is_storable": True, "taxes_id": False})
            partner = env["res.partner"].create({"name": "Race Customer"})
            line = Command.create({"product_id": product.id, "product_uom_qty": 5, "tax_ids": False})
            order = env["sale.order"].create({"partner_id": partner.id, "order_line": [line]})
            order.action_confirm()
            requests = env["sales.shipping.request"].create([{"order_id": order.id}, {"order_id": order.id}])
            requests.line_ids.quantity = 3
            self.ids = requests.ids
            self.order_id, self.partner_id, self.template_id = order.id, partner.id, product.product_tmpl_id.id

    def env_of(self, cr):
        return api.Environment(cr, SUPERUSER_ID, {"tracking_disable": True})

    def clean_up(self):
        with self.registry.cursor() as cr:
            env = self.env_of(cr)
            requests = env["sales.shipping.request"].search([("order_id", "=", self.order_id)])
            cr.execute("DELETE FROM sales_shipping_request_step WHERE request_id = ANY(%s)", [requests.ids])
            cr.execute("DELETE FROM sales_shipping_request WHERE id = ANY(%s)", [requests.ids])
            env.invalidate_all()
            order = env["sale.order"].browse(self.order_id)
            order._action_cancel()
            order.picking_ids.unlink()
            cr.execute("DELETE FROM sales_credit WHERE order_id = %s", [self.order_id])
            order.unlink()
            env["product.template"].browse(self.template_id).unlink()
            env["res.partner"].browse(self.partner_id).unlink()

    def submit(self, number):
        def step(cr):
            env = self.env_of(cr)
            env["sales.shipping.request"].browse(self.ids[number]).action_submit()
            env.flush_all()

        return step

    def test_second_of_two_requests_sees_the_first(self):
        error = self.race(self.submit(0), self.submit(1))
        self.assertIsInstance(error, UserError)
        with self.registry.cursor() as cr:
            states = self.env_of(cr)["sales.shipping.request"].browse(self.ids).mapped("state")
        self.assertEqual(states, ["submitted", "draft"])
