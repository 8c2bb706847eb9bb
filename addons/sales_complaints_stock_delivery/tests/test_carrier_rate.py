# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo.addons.sales_complaints.tests.common import ComplaintCommon
from odoo.tests import tagged


@tagged("post_install", "-at_install")
class TestCarrierRate(ComplaintCommon):
    """How often goods are complained about that went by a carrier (SHP-9, CMP-2)."""

    def test_rate_is_that_of_the_carrier_of_the_goods(self):
        freight = self.env["product.product"].create({"name": "Freight", "type": "service"})
        good, bad = self.env["delivery.carrier"].create(
            [{"name": name, "product_id": freight.id} for name in ("Deppon", "Quick and Careless")]
        )
        for carrier, quantity in ((good, 40), (bad, 10)):
            order = self.delivered(quantity)
            order.picking_ids.carrier_id = carrier
            self.register(order, quantity=1 if carrier == good else 5)
        self.env.flush_all()
        rates = dict(
            self.env["sales.complaint.rate"]
            .with_user(self.bao)
            ._read_group([("carrier_id", "in", (good | bad).ids)], ["carrier_id"], ["ppm:avg"])
        )
        self.assertEqual(
            {carrier.name: rate for carrier, rate in rates.items()}, {"Deppon": 25_000, "Quick and Careless": 500_000}
        )
