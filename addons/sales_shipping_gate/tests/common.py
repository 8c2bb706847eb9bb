# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from datetime import timedelta

from odoo import Command
from odoo.addons.sales_policy.tests.money import MoneyCommon
from odoo.exceptions import UserError


class UndoneError(Exception):
    """Takes back what a step did that was let through and moved nothing."""


class GateCommon(MoneyCommon):
    """The sales office with a warehouse, and the gate on.

    He Ping, general manager;  Fu, finance;  Pan, accountant;  Kong, sales clerk
    Ma, warehouse worker;  Tie, stock manager;  Bai, plain employee
    """

    people = {
        "he": (
            "he.ping",
            "He Ping",
            "sales_policy.group_general_manager,stock.group_stock_user,sales_team.group_sale_salesman",
        ),
        "fu": ("fu", "Fu", "sales_shipping_gate.group_shipping_finance,sales_team.group_sale_salesman_all_leads"),
        "clerk": ("kong.clerk", "Kong", "sales_policy.group_sales_clerk,sales_team.group_sale_salesman_all_leads"),
        "worker": ("ma", "Ma", "stock.group_stock_user"),
        "stock_manager": ("tie", "Tie", "stock.group_stock_manager"),
        "employee": ("bai", "Bai", "base.group_user"),
    }

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.warehouse = cls.env["stock.warehouse"].search([("company_id", "=", cls.company.id)], limit=1)
        cls.stock = cls.warehouse.lot_stock_id
        cls.customers = cls.env.ref("stock.stock_location_customers")
        cls.suppliers = cls.env.ref("stock.stock_location_suppliers")
        cls.lathe = cls.goods("Lathe")
        cls.company.write({"shipping_gate_enabled": True, "shipping_hold_level": "leaving"})

    @classmethod
    def day(cls, days=0):
        """Return the day some days after today, where the company is."""
        return cls.company._sales_today() + timedelta(days=days)

    @classmethod
    def goods(cls, name, quantity=100, **values):
        """Create storable goods with some in stock."""
        product = cls.env["product.product"].create(
            {
                "name": name,
                "is_storable": True,
                "list_price": 100.0,
                "taxes_id": False,
                "invoice_policy": "order",
                **values,
            }
        )
        if quantity:
            cls.env["stock.quant"]._update_available_quantity(product, cls.stock, quantity)
        return product

    @classmethod
    def new_carrier(cls, name):
        freight = cls.env["product.product"].create({"name": "Freight", "type": "service"})
        return cls.env["delivery.carrier"].create({"name": name, "product_id": freight.id})

    def shipping_policy(self, requirement, **values):
        """Say what must be in before goods leave."""
        policy = self.env["sales.shipping.policy"].create(
            {"name": requirement, "requirement": requirement, "currency_id": self.company.currency_id.id, **values}
        )
        self.settle()
        return policy

    def sold(self, quantity=1, product=None, partner=None, user=None, **values):
        """Return a confirmed order for goods in stock."""
        line = {"product_id": (product or self.lathe).id, "product_uom_qty": quantity, "tax_ids": False}
        return self.confirmed(partner, user, order_line=[Command.create(line)], **values)

    def paid(self, order, amount=None):
        """Let the customer pay an order."""
        invoice = self.bill(order)
        self.pay(invoice, amount)
        return invoice

    def delivery(self, order):
        """Return the delivery of an order that is not done."""
        return order.picking_ids.filtered(lambda picking: picking.state not in ("done", "cancel"))

    def ship(self, picking, quantity=None, user=None):
        """Validate a delivery as the warehouse would."""
        picking = picking.with_user(user or self.worker)
        for move in picking.move_ids:
            move.quantity = move.product_uom_qty if quantity is None else quantity
        picking.move_ids.picked = True
        picking.with_context(skip_backorder=True).button_validate()
        self.settle()

    def transfer(self, kind, source, target, quantity=1, **values):
        """Return a transfer made by the warehouse, confirmed."""
        picking = self.env["stock.picking"].create(
            {
                "picking_type_id": kind.id,
                "location_id": source.id,
                "location_dest_id": target.id,
                "move_ids": [
                    Command.create(
                        {
                            "product_id": self.lathe.id,
                            "product_uom_qty": quantity,
                            "location_id": source.id,
                            "location_dest_id": target.id,
                        }
                    )
                ],
                **values,
            }
        )
        picking.action_confirm()
        return picking

    def lying(self, place, product=None):
        """Return how much of a product lies at a place."""
        mine = [("product_id", "=", (product or self.lathe).id), ("location_id", "child_of", place.id)]
        return sum(self.env["stock.quant"].sudo().search(mine).mapped("quantity"))

    def with_customers(self, product=None):
        """Return how much of a product is with customers."""
        return self.lying(self.customers, product)

    def assertHeld(self, step, product=None):
        """Check that a step is refused and that nothing has left."""
        before = self.with_customers(product)
        with self.assertRaises(UserError), self.cr.savepoint():
            step()
            self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(self.with_customers(product), before, "goods have left")
