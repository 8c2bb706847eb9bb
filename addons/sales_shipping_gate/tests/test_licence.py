# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from datetime import timedelta

from odoo import Command
from odoo.addons.sales_policy.tests.attack import REFUSED
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .common import GateCommon

MODEL = "sales.licence"


@tagged("post_install", "-at_install")
class TestLicence(GateCommon):
    """Regulated goods go only to customers whose licence is on file and valid, sold by qualified staff (SHP-12)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = cls.day()
        cls.regulated = cls.env["product.category"].create({"name": "Medicines"})
        cls.below = cls.env["product.category"].create({"name": "Vaccines", "parent_id": cls.regulated.id})
        cls.kind = cls.env["sales.licence.type"].create(
            {"name": "Business licence", "category_ids": [Command.set(cls.regulated.ids)]}
        )
        cls.vaccine = cls.goods("Vaccine", categ_id=cls.below.id)

    def licence(self, days=10, user=None, **values):
        """File a licence of the customer that is valid for some days after today."""
        return (
            self.env[MODEL]
            .with_user(user or self.clerk)
            .create(
                {
                    "type_id": self.kind.id,
                    "partner_id": self.customer.id,
                    "number": "YP-1",
                    "date_start": self.today - timedelta(days=30),
                    "date_end": self.today + timedelta(days=days),
                    **values,
                }
            )
        )

    def test_order_is_confirmed_with_a_valid_licence_only(self):
        with self.assertRaisesRegex(UserError, "Business licence"):
            self.sold(product=self.vaccine)
        self.licence(-1)
        with self.assertRaises(UserError):
            self.sold(product=self.vaccine)
        self.licence(10, date_start=self.today + timedelta(days=1))
        with self.assertRaises(UserError):
            self.sold(product=self.vaccine)
        self.licence(0)
        self.assertEqual(self.sold(product=self.vaccine).state, "sale")

    def test_licence_of_somebody_else_does_not_count(self):
        self.licence(partner_id=self.other_customer.id)
        with self.assertRaises(UserError):
            self.sold(product=self.vaccine)

    def test_licence_of_the_company_counts_for_its_contacts(self):
        self.licence()
        contact = self.env["res.partner"].create({"name": "Buyer", "parent_id": self.customer.id})
        self.assertEqual(self.sold(product=self.vaccine, partner=contact).state, "sale")

    def test_licence_that_ended_since_stops_leaving(self):
        licence = self.licence()
        order = self.sold(product=self.vaccine)
        self.paid(order)
        self.assertEqual(order.shipping_gate_state, "released")
        licence.date_end = self.today - timedelta(days=1)
        self.settle()
        self.assertEqual(order.shipping_gate_state, "held")
        self.assertIn("Business licence", order.shipping_gate_reason)
        self.assertHeld(lambda: self.ship(self.delivery(order)), self.vaccine)
        picking = self.delivery(order)
        picking.move_ids.quantity = 1
        picking.move_ids.picked = True
        self.assertHeld(lambda: picking.move_ids.sudo()._action_done(), self.vaccine)
        self.licence()
        self.settle()
        self.ship(self.delivery(order))
        self.assertEqual(self.with_customers(self.vaccine), 1)

    def test_special_release_replaces_no_licence(self):
        licence = self.licence()
        order = self.sold(product=self.vaccine)
        release = (
            self.env["sales.shipping.release"]
            .with_user(self.li)
            .create({"order_id": order.id, "amount": 100, "reason": "Fair", "promised_date": self.today})
        )
        release.action_ask()
        release.sudo().approval_ids.with_user(self.he).action_approve()
        licence.is_revoked = True
        self.settle()
        self.assertHeld(lambda: self.ship(self.delivery(order)), self.vaccine)

    def test_goods_sent_to_somebody_without_licence_stay(self):
        self.licence()
        order = self.sold(product=self.vaccine)
        self.paid(order)
        picking = self.delivery(order)
        picking.partner_id = self.other_customer
        self.assertHeld(lambda: self.ship(picking), self.vaccine)

    def test_hand_made_delivery_needs_the_licence_too(self):
        self.company.shipping_gate_unlinked = False
        picking = self.env["stock.picking"].create(
            {
                "picking_type_id": self.warehouse.out_type_id.id,
                "partner_id": self.customer.id,
                "location_id": self.stock.id,
                "location_dest_id": self.customers.id,
                "move_ids": [
                    Command.create(
                        {
                            "product_id": self.vaccine.id,
                            "product_uom_qty": 1,
                            "location_id": self.stock.id,
                            "location_dest_id": self.customers.id,
                        }
                    )
                ],
            }
        )
        picking.action_confirm()
        self.assertHeld(lambda: self.ship(picking), self.vaccine)
        self.licence()
        self.ship(picking)
        self.assertEqual(self.with_customers(self.vaccine), 1)

    def test_salesperson_needs_the_qualification(self):
        self.licence()
        staff = self.env["sales.licence.type"].create(
            {"name": "Pharmacist", "holder": "staff", "category_ids": [Command.set(self.regulated.ids)]}
        )
        with self.assertRaisesRegex(UserError, "Pharmacist"):
            self.sold(product=self.vaccine)
        employee = self.env["hr.employee"].create({"name": "Li Wei", "user_id": self.li.id})
        self.licence(type_id=staff.id, partner_id=False, employee_id=employee.id, number="ZY-7")
        self.assertEqual(self.sold(product=self.vaccine).state, "sale")
        with self.assertRaises(ValidationError):
            self.licence(type_id=staff.id)

    def test_sales_and_warehouse_do_not_touch_licences(self):
        licence = self.licence(-1)
        for user in self.li | self.manager | self.worker | self.stock_manager | self.fu | self.employee:
            for values in ({"date_end": "2040-01-01"}, {"is_revoked": False}, {"partner_id": self.customer.id}):
                self.assertRefused(REFUSED, user, MODEL, "write", licence.ids, values)
            values = {
                "type_id": self.kind.id,
                "partner_id": self.customer.id,
                "number": "x",
                "date_start": "2020-01-01",
            }
            self.assertRefused(REFUSED, user, MODEL, "create", [values])
            self.assertRefused(REFUSED, user, MODEL, "unlink", licence.ids)
            self.assertRefused(
                REFUSED, user, "sales.licence.type", "write", self.kind.ids, {"category_ids": [Command.clear()]}
            )
        self.assertRefused(REFUSED, self.clerk, MODEL, "unlink", licence.ids)

    def test_goods_moved_to_a_category_without_licence_are_a_matter_of_the_stock_manager(self):
        self.licence(-1)
        for user in self.li | self.worker:
            self.assertRefused(REFUSED, user, "product.product", "write", self.vaccine.ids, {"categ_id": False})

    def test_whoever_filed_a_licence_is_reminded_once(self):
        licence = self.licence(20)
        late = self.licence(40, number="YP-2")
        for _run in range(2):
            with self.enter_registry_test_mode():
                self.env.ref("sales_shipping_gate.ir_cron_licence_remind").method_direct_trigger()
        self.assertEqual(len(licence.activity_ids), 1)
        self.assertEqual(licence.activity_ids.user_id, self.clerk)
        self.assertFalse(late.activity_ids)

    def test_clerk_is_reminded_where_whoever_filed_a_licence_has_left(self):
        gone = self._user("gone", "Gone", "sales_policy.group_sales_clerk,sales_team.group_sale_salesman")
        licence = self.licence(10, user=gone)
        gone.active = False
        self.env.invalidate_all()
        self.env["sales.licence"]._cron_remind()
        self.assertTrue(licence.activity_ids.user_id.has_group("sales_policy.group_sales_clerk"))
        self.assertTrue(licence.activity_ids.user_id.active)

    def test_many_orders_cost_no_query_each(self):
        self.licence()
        few = self.sold(product=self.vaccine) | self.sold(product=self.vaccine)
        many = few
        for _number in range(4):
            many |= self.sold(product=self.vaccine)

        def cost(orders):
            return self.queries(lambda: orders._gate_verdicts())

        cost(many)
        self.assertEqual(cost(few), cost(many))
