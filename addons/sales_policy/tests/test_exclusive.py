# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .money import MoneyCommon


@tagged("post_install", "-at_install")
class TestExclusive(MoneyCommon):
    """Goods that exist once go to the order whose deposit arrives first (OWN-6)."""

    def setUp(self):
        super().setUp()
        self.machine = self.unit()
        self.north_order = self.quotation(self.machine, self.li)
        self.south_order = self.quotation(self.machine, self.chen, self.other_customer)

    def told(self, user):
        """Return the subjects of what a person was told."""
        messages = self.env["mail.message"].search(
            [("message_type", "=", "user_notification"), ("partner_ids", "in", user.partner_id.ids)], order="id"
        )
        return messages.mapped("subject")

    def claims(self, unit=None):
        domain = [("product_id", "=", (unit or self.machine).id)]
        return self.env["sales.exclusive.claim"].sudo().search(domain, order="id")

    def taker(self, unit=None):
        """Return the order that holds the goods."""
        return self.claims(unit).filtered(lambda claim: claim.state == "taken").order_id

    def test_first_deposit_wins_and_the_others_are_told_at_once(self):
        self.online(self.south_order, 10.0)
        claim = self.claims()
        self.assertEqual((claim.order_id, claim.user_id, claim.state), (self.south_order, self.chen, "taken"))
        self.assertEqual((claim.unit_name, claim.company_id), (self.machine.display_name, self.company))
        self.assertEqual(self.told(self.li), [f"Used machining centre is gone: {self.south_order.name} was paid first"])
        self.assertEqual(self.told(self.chen), [f"Used machining centre is taken for {self.south_order.name}"])
        message = self.north_order.with_user(self.li).sales_exclusive_message
        self.assertIn("Chen Jie", message)
        self.assertFalse(self.south_order.with_user(self.chen).sales_exclusive_message)

    def test_loser_is_not_confirmed_on_any_path(self):
        self.online(self.south_order, 10.0)
        for user, method, arguments in (
            (self.li, "action_confirm", []),
            (self.li, "write", [{"state": "sale"}]),
            (self.manager, "write", [{"state": "sale"}]),
            (self.manager, "action_confirm", []),
        ):
            with self.subTest(user=user.login, method=method):
                self.assertRefused(UserError, user, "sale.order", method, self.north_order.ids, *arguments)
        with self.assertRaisesRegex(UserError, "sold once and taken.*Chen Jie"), self.cr.savepoint():
            self.north_order.sudo()._validate_order()
        values = {
            "partner_id": self.customer.id,
            "state": "sale",
            "order_line": [Command.create({"product_id": self.machine.id, "product_uom_qty": 1})],
        }
        with self.assertRaisesRegex(UserError, "taken"), self.cr.savepoint():
            self.env["sale.order"].with_user(self.li).create(values)
        ordinary = self.confirmed()
        with self.assertRaisesRegex(UserError, "taken"), self.cr.savepoint():
            ordinary.order_line = [Command.create({"product_id": self.machine.id, "product_uom_qty": 1})]
        self.south_order.with_user(self.chen).action_confirm()
        self.assertEqual(self.south_order.state, "sale")

    def test_loser_takes_no_deposit(self):
        for order in (self.north_order, self.south_order):
            order.with_user(self.manager).action_confirm()
        lost_bill = self.bill(self.north_order, percent=30)
        self.pay(self.bill(self.south_order, percent=30))
        self.assertEqual(self.taker(), self.south_order)
        for step in (
            lambda: self.bill(self.north_order, percent=10),
            lambda: self.bill(self.north_order),
            lambda: self.pay(lost_bill),
            lambda: self.online(self.north_order, 10.0),
            lambda: self.online(
                self.north_order.browse(),
                10.0,
                invoice_ids=[Command.set(lost_bill.ids)],
                currency_id=self.company.currency_id.id,
                partner_id=self.customer.id,
            ),
            lambda: (
                self.env["payment.link.wizard"]
                .with_context(active_model="sale.order", active_id=self.north_order.id)
                .create({})
            ),
            lambda: (
                self.env["payment.link.wizard"]
                .with_context(active_model="account.move", active_id=lost_bill.id)
                .create({})
            ),
        ):
            with self.assertRaisesRegex(UserError, "sold once and taken"), self.cr.savepoint():
                step()

    def test_money_that_arrives_all_the_same_is_booked_and_to_be_refunded(self):
        for order in (self.north_order, self.south_order):
            order.with_user(self.manager).action_confirm()
        lost_bill = self.bill(self.north_order, percent=30)
        self.pay(self.bill(self.south_order, percent=30))
        self.statement(lost_bill, 300.0)
        self.assertEqual(lost_bill.amount_residual, 0.0)
        self.assertEqual(self.taker(), self.south_order)
        refund = f"{self.north_order.name}: refund the money"
        self.assertIn(refund, self.told(self.li))
        self.assertIn(refund, self.told(self.leader))
        self.assertNotIn(refund, self.told(self.chen))
        back = lost_bill._reverse_moves()
        back.action_post()
        self.pay(back)
        self.assertEqual(self.north_order.sudo()._sales_money_in()[self.north_order.sudo()].amount, 0.0)

    def test_online_payment_of_a_loser_is_recorded_without_confirming(self):
        for order in (self.north_order, self.south_order):
            order.sudo().write({"require_payment": True, "prepayment_percent": 0.01})
        provider = self.env.ref("payment.payment_provider_transfer")
        late = self.env["payment.transaction"].create(
            {
                "provider_id": provider.id,
                "payment_method_id": self.env.ref("payment.payment_method_card").id,
                "reference": "begun before the other paid",
                "amount": 1000.0,
                "currency_id": self.north_order.currency_id.id,
                "partner_id": self.customer.id,
                "sale_order_ids": [Command.set(self.north_order.ids)],
            }
        )
        first = self.online(self.south_order, 1000.0)
        first._check_amount_and_confirm_order()
        late._set_done()
        self.settle()
        late._check_amount_and_confirm_order()
        late._invoice_sale_orders()
        self.assertEqual((self.north_order.state, self.south_order.state), ("draft", "sale"))
        self.assertFalse(self.north_order.invoice_ids)
        self.assertIn(f"{self.north_order.name}: refund the money", self.told(self.li))

    def test_deposit_and_confirmation_in_one_request(self):
        self.south_order.sudo().write({"require_payment": True, "prepayment_percent": 0.01})
        transaction = self.online(self.south_order, 1000.0, settle=False)
        # Core's amount paid follows the list of transactions, not their state.
        self.south_order.invalidate_recordset(["amount_paid"])
        transaction._check_amount_and_confirm_order()
        self.assertEqual((self.south_order.state, self.taker()), ("sale", self.south_order))
        with self.assertRaisesRegex(UserError, "taken"), self.cr.savepoint():
            self.north_order.with_user(self.li).action_confirm()

    def test_tie_in_one_second_goes_by_the_order_of_the_payments(self):
        for order in (self.north_order, self.south_order):
            order.with_user(self.manager).action_confirm()
        bills = [self.bill(order, percent=30) for order in (self.south_order, self.north_order)]
        # Recorded in one transaction, the later order first.
        for bill in bills:
            self.pay(bill, settle=False)
            self.cr.precommit.clear()
        self.env["sale.order"]._sales_money_moved(moves=self.env["account.move"].union(*bills))
        self.settle()
        self.assertEqual(self.taker(), self.south_order)

    def test_cancelled_winner_frees_the_goods_and_the_next_is_told(self):
        third = self.quotation(self.machine, self.wang, self.third_customer)
        self.online(self.south_order, 10.0)
        self.south_order.with_user(self.chen)._action_cancel()
        self.settle()
        claim = self.claims()
        self.assertEqual((claim.state, claim.release_reason), ("released", "cancelled"))
        self.assertEqual(self.told(self.li)[-1], "Used machining centre is free again")
        self.assertNotIn("Used machining centre is free again", self.told(self.wang))
        self.assertFalse(self.north_order.sales_exclusive_message)
        self.online(third, 10.0)
        self.assertEqual(self.taker(), third)

    def test_cancelled_winner_is_succeeded_by_who_has_paid(self):
        third = self.quotation(self.machine, self.wang, self.third_customer)
        for order in (self.south_order, third):
            order.with_user(self.manager).action_confirm()
        lost_bill = self.bill(third, percent=30)
        self.pay(self.bill(self.south_order, percent=30))
        self.statement(lost_bill, 300.0)
        self.south_order.sudo()._action_cancel()
        self.settle()
        self.assertEqual(self.taker(), third)
        self.assertEqual(self.told(self.wang)[-1], f"Used machining centre is taken for {third.name}")

    def test_goods_taken_off_the_winner_are_free(self):
        self.online(self.south_order, 10.0)
        self.south_order.sudo().order_line.product_uom_qty = 0
        self.settle()
        self.assertEqual(self.claims().release_reason, "removed")
        self.assertFalse(self.taker())
        self.south_order.sudo().order_line.product_uom_qty = 1
        self.settle()
        self.assertEqual(self.taker(), self.south_order)
        self.south_order.sudo().order_line.unlink()
        self.settle()
        self.assertFalse(self.taker())

    def test_refund_alone_does_not_free_the_goods(self):
        transaction = self.online(self.south_order, 10.0)
        transaction._create_child_transaction(10.0, is_refund=True)._set_done()
        self.settle()
        self.assertEqual(self.taker(), self.south_order)

    def test_deposit_can_be_a_part_of_the_order(self):
        self.company.sales_exclusive_deposit = 30
        self.online(self.south_order, 100.0)
        self.assertFalse(self.taker())
        self.online(self.north_order, 300.0)
        self.assertEqual(self.taker(), self.north_order)
        self.assertIn(f"{self.south_order.name}: refund the money", self.told(self.chen))

    def test_nobody_orders_more_than_one(self):
        line = self.north_order.sudo().order_line
        dozen = self.env.ref("uom.product_uom_dozen")
        for values in ({"product_uom_qty": 2}, {"product_uom_id": dozen.id}):
            with self.assertRaisesRegex(ValidationError, "sold once"), self.cr.savepoint():
                line.write(values)
        with self.assertRaisesRegex(ValidationError, "sold once"), self.cr.savepoint():
            line.copy({"order_id": self.north_order.id})
        self.assertRefused(ValidationError, self.li, "sale.order.line", "write", line.ids, {"product_uom_qty": 5})
        line.product_uom_qty = 1

    def test_marking_later_leaves_confirmed_orders_alone(self):
        lathe = self.env["product.product"].create({"name": "Lathe", "list_price": 100.0})
        sold, offered = self.quotation(lathe), self.quotation(lathe)
        sold.with_user(self.manager).action_confirm()
        lathe.sales_sold_once = True
        self.settle()
        self.online(offered, 10.0)
        self.assertEqual(self.taker(lathe), offered)
        self.assertFalse(sold.sales_exclusive_message)
        lathe.sales_sold_once = False
        self.settle()
        self.assertFalse(self.taker(lathe))

    def test_variants_are_units_of_their_own(self):
        attribute = self.env["product.attribute"].create(
            {"name": "Colour", "value_ids": [Command.create({"name": "Red"}), Command.create({"name": "Blue"})]}
        )
        template = self.env["product.template"].create(
            {
                "name": "Press",
                "sales_sold_once": True,
                "attribute_line_ids": [
                    Command.create({"attribute_id": attribute.id, "value_ids": [Command.set(attribute.value_ids.ids)]})
                ],
            }
        )
        orders = [self.quotation(variant) for variant in template.product_variant_ids]
        for order in orders:
            order.sudo().order_line.price_unit = 100.0
            self.online(order, 10.0)
        self.assertEqual([self.taker(variant) for variant in template.product_variant_ids], orders)

    def test_each_unit_of_an_order_has_its_own_winner(self):
        crane = self.unit("Crane")
        both = self.quotation(self.machine, self.wang)
        both.sudo().order_line = [Command.create({"product_id": crane.id, "product_uom_qty": 1})]
        self.online(self.south_order, 10.0)
        rival = self.quotation(crane, self.chen)
        both.sudo().order_line[0].unlink()
        self.online(both, 10.0)
        self.assertEqual((self.taker(), self.taker(crane)), (self.south_order, both))
        self.assertIn("Crane", rival.sales_exclusive_message)

    def test_nobody_forges_a_claim_or_evades_it(self):
        self.online(self.south_order, 10.0)
        claim = self.claims()
        line = self.north_order.sudo().order_line
        for user in self.li | self.leader | self.manager | self.accountant | self.clerk | self.officer | self.portal:
            for model, method, arguments in (
                ("sales.exclusive.claim", "write", [claim.ids, {"order_id": self.north_order.id}]),
                ("sales.exclusive.claim", "write", [claim.ids, {"released_on": "2026-01-01 00:00:00"}]),
                ("sales.exclusive.claim", "unlink", [claim.ids]),
                ("sales.exclusive.claim", "create", [{"order_id": self.north_order.id, "unit_name": "x"}]),
                ("sale.order.line", "write", [line.ids, {"sales_unit_key": False}]),
                ("product.product", "write", [self.machine.ids, {"sales_claim_count": 1}]),
            ):
                with self.subTest(user=user.login, model=model, method=method):
                    self.assertRefused(UserError, user, model, method, *arguments)
        for step in (lambda: claim.write({"order_id": self.north_order.id}), claim.unlink):
            with self.assertRaisesRegex(UserError, "Claim on Exclusive Goods"), self.cr.savepoint():
                step()
        order = (
            self.env["sale.order"]
            .with_user(self.li)
            .with_context(default_sales_unit_key=False)
            .create(
                {
                    "partner_id": self.customer.id,
                    "order_line": [Command.create({"product_id": self.machine.id, "product_uom_qty": 1})],
                }
            )
        )
        self.env.flush_all()
        self.assertIn("taken", order.sales_exclusive_message)

    def test_partner_merge_leaves_claims_alone(self):
        self.online(self.south_order, 10.0)
        self.env["base.partner.merge.automatic.wizard"]._merge((self.customer | self.other_customer).ids, self.customer)
        self.settle()
        self.assertEqual(self.taker(), self.south_order)
        self.assertEqual(self.south_order.partner_id, self.customer)

    def test_without_marked_goods_nothing_is_asked(self):
        self.env["product.template"].search([("sales_sold_once", "=", True)]).sales_sold_once = False
        self.company.sales_entitlement_enabled = False
        self.settle()
        self.assertFalse(self.env["res.company"]._sales_money_watched())
        orders = self.north_order | self.south_order
        with self.assertQueryCount(0):
            self.assertFalse(orders._sales_lost_claims())

    def test_companies_share_the_one_unit(self):
        branch = self.env["res.company"].create({"name": "Branch"})
        elsewhere = (
            self.env["sale.order"]
            .with_company(branch)
            .create(
                {
                    "partner_id": self.customer.id,
                    "company_id": branch.id,
                    "user_id": self.wang.id,
                    "order_line": [Command.create({"product_id": self.machine.id, "product_uom_qty": 1})],
                }
            )
        )
        self.online(self.south_order, 10.0)
        with self.assertRaisesRegex(UserError, "taken"), self.cr.savepoint():
            elsewhere.action_confirm()
        self.assertFalse(
            self.env["sales.exclusive.claim"]
            .with_user(self.manager)
            .with_context(allowed_company_ids=[])
            .search([("company_id", "=", branch.id)])
        )

    def test_salesperson_sees_who_has_what_but_not_the_payment(self):
        self.online(self.south_order, 10.0)
        claims = self.env["sales.exclusive.claim"].with_user(self.li).search([])
        self.assertEqual(claims.read(["order_name"])[0]["order_name"], self.south_order.name)
        with self.assertRaises(AccessError):
            claims.read(["evidence"])
