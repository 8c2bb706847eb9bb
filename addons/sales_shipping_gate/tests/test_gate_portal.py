# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo.tests import HttpCase, tagged

from .common import GateCommon


@tagged("post_install", "-at_install")
class TestGatePortal(GateCommon, HttpCase):
    """What the customer reads: the money we wait for, never who holds the goods or why."""

    def page(self, order):
        return self.url_open(order.get_portal_url()).text

    def test_customer_reads_what_is_missing(self):
        order = self.sold()
        page = self.page(order)
        self.assertIn("We ship as soon as your payment", page)
        self.assertIn("100.00", page)
        self.assertNotIn("general manager", page)
        self.paid(order)
        self.assertNotIn("We ship as soon as", self.page(order))

    def test_customer_does_not_read_who_holds_the_goods(self):
        order = self.sold()
        self.paid(order)
        order.with_user(self.fu)._gate_decide("hold", "Owes us from 2019, do not tell")
        self.settle()
        page = self.page(order)
        self.assertIn("Your shipment is being checked", page)
        for secret in ("2019", "Fu", "Held"):
            self.assertNotIn(f">{secret}", page)
            self.assertNotIn(f"{secret} ", page.split('name="shipping_gate"')[1].split("</div>")[0])

    def test_nothing_is_said_where_there_is_no_gate(self):
        order = self.sold()
        self.company.shipping_gate_enabled = False
        self.assertNotIn('name="shipping_gate"', self.page(order))
