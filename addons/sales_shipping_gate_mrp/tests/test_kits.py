# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import Command
from odoo.addons.sales_shipping_gate.tests.common import GateCommon
from odoo.tests import tagged


@tagged("post_install", "-at_install")
class TestKits(GateCommon):
    """A kit leaves in its components, and never more of them than it takes (SHP-3)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bolt, cls.frame = cls.goods("Bolt"), cls.goods("Frame")
        cls.kit = cls.goods("Press, to assemble", quantity=0)
        cls.env["mrp.bom"].create(
            {
                "product_tmpl_id": cls.kit.product_tmpl_id.id,
                "type": "phantom",
                "bom_line_ids": [
                    Command.create({"product_id": cls.bolt.id, "product_qty": 4}),
                    Command.create({"product_id": cls.frame.id, "product_qty": 1}),
                ],
            }
        )

    def test_kit_is_held_until_it_is_paid(self):
        order = self.sold(2, self.kit)
        self.assertHeld(lambda: self.ship(self.delivery(order)), self.bolt)
        self.paid(order)
        self.ship(self.delivery(order))
        self.assertEqual((self.with_customers(self.bolt), self.with_customers(self.frame)), (8, 2))

    def test_more_components_than_the_kit_takes_are_refused(self):
        order = self.sold(1, self.kit)
        self.paid(order)
        picking = self.delivery(order)
        bolts = picking.move_ids.filtered(lambda move: move.product_id == self.bolt)

        def take_more():
            picking.move_ids.picked = True
            bolts.with_user(self.worker).quantity = 5
            picking.with_user(self.worker).with_context(skip_backorder=True).button_validate()

        self.assertHeld(take_more, self.bolt)

    def test_value_of_a_kit_is_shared_by_its_components(self):
        self.env["sales.shipping.policy"].create({"name": "By value", "requirement": "value"})
        order = self.sold(2, self.kit)
        self.paid(order, 100.0)
        picking = self.delivery(order)

        def take_all():
            self.ship(picking)

        self.assertHeld(take_all, self.bolt)
        for move in picking.move_ids:
            move.quantity = move.product_uom_qty / 2
        picking.move_ids.picked = True
        picking.with_user(self.worker).with_context(skip_backorder=True).button_validate()
        self.assertEqual(self.with_customers(self.bolt), 4)

    def test_components_of_kits_that_are_not_complete_count_against_the_limit(self):
        self.shipping_policy("credit", credit_limit=250)
        first = self.sold(4, self.kit)
        picking = self.delivery(first).with_user(self.worker)
        for move in picking.move_ids:
            move.quantity = 4 if move.product_id == self.frame else 0
        picking.move_ids.picked = True
        picking.with_context(skip_backorder=True).button_validate()
        self.settle()
        self.assertEqual((self.with_customers(self.frame), first.order_line.qty_delivered), (4, 0))
        second = self.sold()
        self.assertHeld(lambda: self.ship(self.delivery(second)))
        self.paid(first)
        self.ship(self.delivery(second))
        self.assertEqual(self.with_customers(), 1)

    def test_kit_leaves_with_the_components_that_the_customer_chose(self):
        attribute = self.env["product.attribute"].create({"name": "Drive", "create_variant": "no_variant"})
        small, big = self.env["product.attribute.value"].create(
            [{"name": name, "attribute_id": attribute.id} for name in ("Small", "Big")]
        )
        template = self.kit.product_tmpl_id
        choice = self.env["product.template.attribute.line"].create(
            {
                "product_tmpl_id": template.id,
                "attribute_id": attribute.id,
                "value_ids": [Command.set((small | big).ids)],
            }
        )
        drives = self.goods("Small drive"), self.goods("Big drive")
        for drive, value in zip(drives, choice.product_template_value_ids):
            template.bom_ids.bom_line_ids = [
                Command.create(
                    {
                        "product_id": drive.id,
                        "product_qty": 1,
                        "bom_product_template_attribute_value_ids": [Command.set(value.ids)],
                    }
                )
            ]
        line = {
            "product_id": template.product_variant_id.id,
            "product_uom_qty": 1,
            "tax_ids": False,
            "product_no_variant_attribute_value_ids": [Command.set(choice.product_template_value_ids[1].ids)],
        }
        order = self.confirmed(order_line=[Command.create(line)])
        self.paid(order)
        self.ship(self.delivery(order))
        self.assertEqual([self.with_customers(goods) for goods in (*drives, self.bolt)], [0, 1, 4])
