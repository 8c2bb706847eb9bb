# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from datetime import timedelta

from odoo import SUPERUSER_ID, Command, api
from odoo.tests import tagged

from .race import RaceCommon


@tagged("post_install", "-at_install")
class TestMoneyRace(RaceCommon):
    """Money that arrives in the same instant as other money, or as a cancellation, in two real transactions."""

    def setUp(self):
        super().setUp()
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {"no_reset_password": True})
            self.was_enabled = env.company.sales_entitlement_enabled
            env.company.sales_entitlement_enabled = True
            env.company.sales_entitlement_since = cr.now() - timedelta(days=1)
            self.users = [self.person(env, f"money{n}", "sales_team.group_sale_salesman").id for n in (1, 2)]
            self.partner_id = env["res.partner"].create({"name": "Buyer in a hurry"}).id
            self.product_id = (
                env["product.product"].create({"name": "The only one", "list_price": 100.0, "sales_sold_once": True}).id
            )
            orders = env["sale.order"].create(
                [
                    {
                        "partner_id": self.partner_id,
                        "user_id": user_id,
                        "order_line": [Command.create({"product_id": self.product_id, "product_uom_qty": 1})],
                    }
                    for user_id in self.users
                ]
            )
            self.orders = orders.ids
            # Two payments for the first order, one for the second.
            self.payments = [
                env["payment.transaction"]
                .create(
                    {
                        "provider_id": env.ref("payment.payment_provider_transfer").id,
                        "payment_method_id": env.ref("payment.payment_method_card").id,
                        "reference": f"race-{order.id}-{n}",
                        "amount": 10.0,
                        "currency_id": order.currency_id.id,
                        "partner_id": self.partner_id,
                        "sale_order_ids": [Command.set(order.ids)],
                    }
                )
                .id
                for n, order in enumerate((orders[0], orders[0], orders[1]))
            ]

    def clean_up(self):
        with self.registry.cursor() as cr:
            # Evidence cannot be deleted through the ORM, on purpose.
            for table in ("sales_entitlement", "sales_exclusive_claim", "sales_credit"):
                cr.execute(f"DELETE FROM {table} WHERE order_id = ANY(%s)", [self.orders])
            cr.execute("DELETE FROM payment_transaction WHERE id = ANY(%s)", [self.payments])
            cr.execute("DELETE FROM sale_order_line WHERE order_id = ANY(%s)", [self.orders])
            cr.execute("DELETE FROM sale_order WHERE id = ANY(%s)", [self.orders])
            env = api.Environment(cr, SUPERUSER_ID, {})
            env.company.sales_entitlement_enabled = self.was_enabled
            env["product.product"].browse(self.product_id).unlink()
            users = env["res.users"].browse(self.users)
            partners = users.partner_id
            users.unlink()
            (partners | env["res.partner"].browse(self.partner_id)).unlink()

    def pay(self, number):
        def step(cr):
            env = api.Environment(cr, SUPERUSER_ID, {})
            env["payment.transaction"].browse(self.payments[number])._set_done()
            cr.flush()

        return step

    def cancel(self, cr):
        env = api.Environment(cr, SUPERUSER_ID, {})
        env["sale.order"].browse(self.orders[0])._action_cancel()
        cr.flush()

    def read(self, query):
        with self.registry.cursor() as cr:
            cr.execute(query, [self.orders])
            return cr.fetchall()

    def entitled(self):
        return self.read("SELECT order_id, user_id, share FROM sales_entitlement WHERE order_id = ANY(%s) ORDER BY id")

    def takers(self):
        return self.read(
            "SELECT order_id, release_reason FROM sales_exclusive_claim WHERE order_id = ANY(%s) ORDER BY id"
        )

    def test_two_payments_of_one_order_entitle_once(self):
        self.race(self.pay(0), self.pay(1))
        self.assertEqual(self.entitled(), [(self.orders[0], self.users[0], 100.0)])

    def test_two_deposits_for_one_unit_have_one_winner(self):
        self.race(self.pay(2), self.pay(0))
        self.assertEqual(self.takers(), [(self.orders[1], None)])
        self.assertEqual([row[0] for row in self.entitled()], [self.orders[1], self.orders[0]])

    def test_payment_that_meets_a_cancellation_finds_the_order_cancelled(self):
        self.race(self.cancel, self.pay(0))
        self.assertEqual((self.entitled(), self.takers()), ([], []))

    def test_cancellation_that_meets_a_payment_releases_what_it_took(self):
        self.race(self.pay(0), self.cancel)
        self.assertEqual(self.entitled(), [(self.orders[0], self.users[0], 100.0)])
        self.assertEqual(self.takers(), [(self.orders[0], "cancelled")])
