# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from datetime import timedelta

from odoo import fields
from odoo.addons.sales_policy.tests.attack import REFUSED
from odoo.tests import Form, tagged

from .shipping import ShippingCommon


@tagged("post_install", "-at_install")
class TestCarrierChoice(ShippingCommon):
    """The day on which goods are needed proposes who brings them; who serves badly is warned of (SHP-4, SHP-9)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["delivery.carrier"].search([]).active = False
        cls.fast, cls.cheap, cls.slow = (
            cls.carrier(*given) for given in (("Express", 90, 1), ("Deppon", 40, 3), ("River", 10, 9))
        )

    @classmethod
    def carrier(cls, name, price, days):
        freight = cls.env["product.product"].create({"name": name, "type": "service", "taxes_id": False})
        return cls.env["delivery.carrier"].create(
            {"name": name, "product_id": freight.id, "fixed_price": price, "shipping_transit_days": days}
        )

    def needed(self, days):
        """Return a delivery whose goods are needed in some days."""
        order = self.sold()
        request = self.request(order, submit=False)
        request.needed_date = self.day(days)
        request.action_submit()
        self.settle()
        request.with_user(self.clerk).action_check()
        self.paid(order)
        self.settle()
        return self.delivery(order)

    def names(self, picking):
        return [offer.carrier.name for offer in picking._shipping_offers()]

    def serve_badly(self, carrier):
        """Let a carrier come late six times."""
        for _number in range(6):
            order = self.sold()
            picking = self.delivery(order)
            picking.carrier_id = carrier
            picking.move_ids.write({"quantity": 1, "picked": True})
            self.env.cr.execute(
                "UPDATE stock_picking SET state = 'done', date_done = %s, date_deadline = %s WHERE id = %s",
                [fields.Datetime.now(), fields.Datetime.now() - timedelta(days=3), picking.id],
            )
        self.env.invalidate_all()

    def test_cheapest_that_comes_in_time_is_proposed(self):
        self.assertEqual(self.names(self.needed(4)), ["Deppon", "Express", "River"])
        self.assertEqual(self.names(self.needed(1))[0], "Express")
        self.assertEqual(self.names(self.needed(20))[0], "River")

    def test_proposal_says_why(self):
        picking = self.needed(4)
        action = self.rpc(self.worker, "stock.picking", "action_shipping_choose_carrier", picking.ids)
        choice = self.env["sales.shipping.carrier.choice"].with_user(self.worker).browse(action["res_id"])
        self.assertRegex(choice.proposal, "Deppon: in time, 1 days to spare, .*40")
        late = choice.offer_ids.filtered(lambda offer: offer.carrier_id == self.slow)
        self.assertIn("5 days late", late.text)
        self.rpc(self.worker, late._name, "action_choose", choice.offer_ids[0].ids)
        self.assertEqual(picking.carrier_id, self.cheap)

    def test_request_tells_when_goods_are_needed_else_the_promise(self):
        picking = self.needed(4)
        self.assertEqual(picking.shipping_needed_date, self.day(4))
        other = self.delivery(self.sold())
        other.move_ids.date_deadline = fields.Datetime.now() + timedelta(days=7)
        self.assertEqual(other.shipping_needed_date, self.day(7))

    def test_carrier_that_is_warned_of_comes_after_the_others_and_a_blocked_one_last(self):
        self.serve_badly(self.cheap)
        picking = self.needed(4)
        self.company.shipping_carrier_warn = 80
        self.assertEqual(self.names(picking)[:2], ["Express", "Deppon"])
        self.company.shipping_carrier_block = 50
        self.assertEqual(self.names(picking)[-1], "Deppon")

    def test_warning_shows_when_the_carrier_is_chosen(self):
        self.serve_badly(self.cheap)
        picking = self.needed(4)
        self.company.shipping_carrier_warn = 80
        with self.assertLogs("odoo.tests.form.onchange", "WARNING") as caught, Form(picking) as form:
            form.carrier_id = self.cheap
        self.assertIn("served badly", str(caught.output))
        self.assertIn("Deppon has served badly", picking.shipping_carrier_warning)
        with Form(picking) as form:
            form.carrier_id = self.fast
        self.assertFalse(picking.shipping_carrier_warning)

    def test_choosing_is_for_warehouse_and_clerks(self):
        picking = self.needed(4)
        for user in self.li | self.employee | self.portal | self.accountant:
            self.assertRefused(REFUSED, user, "stock.picking", "action_shipping_choose_carrier", picking.ids)
            self.assertRefused(REFUSED, user, "sales.shipping.carrier.choice", "create", [{"picking_id": picking.id}])
        values = {"picking_id": picking.id, "offer_ids": [(0, 0, {"carrier_id": self.slow.id})], "proposal": "River"}
        born = self.rpc(self.clerk, "sales.shipping.carrier.choice", "create", [values])
        choice = self.env["sales.shipping.carrier.choice"].browse(born)
        self.assertIn("Deppon", choice.proposal)
        self.rpc(self.clerk, "sales.shipping.carrier.offer", "action_choose", choice.offer_ids[0].ids)
        self.assertEqual(picking.carrier_id, self.cheap)
        picking.carrier_tracking_ref = "T1"
        self.ship(picking)
        self.assertRefused(
            REFUSED, self.worker, "sales.shipping.carrier.offer", "action_choose", choice.offer_ids[-1].ids
        )

    def test_offers_cost_no_query_a_carrier(self):
        picking = self.needed(4)

        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.cr.sql_log_count
            picking._shipping_offers()
            return self.cr.sql_log_count - start

        count()
        self.carrier("Road", 60, 2)
        few = count()
        for number in range(12):
            self.carrier(f"Carrier {number}", 50, 2)
        self.assertLessEqual(count() - few, 0)
