# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, tagged

from .common import SalesPolicyCommon


@tagged("post_install", "-at_install")
class TestTours(SalesPolicyCommon, HttpCase):
    """What people see in the browser."""

    def freeze(self):
        """Leave the clock running: a browser has its own. These tests shift the ledger instead of the time."""

    def lapse(self, partner):
        """Let the protection of a customer have ended an hour ago."""
        row = self.ownership(partner)
        ended = fields.Datetime.now() - timedelta(hours=1)
        row._evidence_write({"date_start": ended - timedelta(days=7), "date_end": ended})

    def tour(self, name, user, path=None):
        self.start_tour(path or f"/odoo/res.partner/{self.customer.id}", f"sales_policy_{name}", login=user.login)
        self.env.invalidate_all()

    def test_salesperson_registers_a_customer(self):
        self.tour("register_customer", self.li)
        self.assertEqual(self.owner(self.customer), self.li)
        self.assertEqual(self.ownership(self.customer).log_id.summary, "Wants two lathes in June")

    def test_colleague_is_refused_and_joins_the_waiting_list(self):
        self.register(self.customer, self.li)
        self.tour("refused_on_a_colleagues_customer", self.wang)
        self.assertEqual(self.owner(self.customer), self.li)
        self.assertEqual(self.env["sales.ownership.waiting"].search([]).user_id, self.wang)

    def test_colleague_takes_over_after_the_lapse(self):
        self.register(self.customer, self.li)
        self.lapse(self.customer)
        self.tour("take_over_after_lapse", self.wang)
        self.assertEqual((self.owner(self.customer), self.ownership(self.customer).origin), (self.wang, "takeover"))

    def test_manager_reassigns_from_the_list(self):
        self.register(self.customer, self.li)
        action = self.env.ref("sales_policy.res_partner_action_all")
        self.tour("manager_reassigns", self.manager, f"/odoo/action-{action.id}")
        self.assertEqual(self.owner(self.customer), self.chen)

    def test_confirmed_order_credits_the_owner(self):
        self.register(self.customer, self.li)
        order = self.order(self.customer, self.wang)
        self.tour("order_credits_the_owner", self.wang, f"/odoo/sale.order/{order.id}")
        self.assertEqual(order.with_user(self.manager).credited_user_id, self.li)
