# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from psycopg2.errors import ForeignKeyViolation

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .by_hand import ByHandCommon


@tagged("post_install", "-at_install")
class TestGateAttacksOnPolicies(ByHandCommon):
    """What a policy looks at is not changed by whoever keeps the catalogue or the address book (SHP-3)."""

    people = {
        "keeper": ("tao.products", "Tao", "base.group_user,product.group_product_manager"),
        "clerk_of_addresses": ("ren.addresses", "Ren", "base.group_user,base.group_partner_manager"),
        "adviser": ("wu.books", "Wu", "account.group_account_manager"),
    }

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.samples = cls.env["product.category"].create({"name": "Samples"})
        cls.machines = cls.env["product.category"].create({"name": "Machines"})
        cls.lathe.categ_id = cls.machines

    def test_goods_that_were_ordered_do_not_become_samples(self):
        self.shipping_policy("none", product_category_ids=self.samples.ids)
        order = self.sold()
        templates, into = self.lathe.product_tmpl_id, {"categ_id": self.samples.id}
        for model, records in (("product.template", templates), ("product.product", self.lathe)):
            self.assertRefused(AccessError, self.keeper, model, "write", records.ids, into)
        self.assertHeld(lambda: self.ship(self.delivery(order)))
        self.he.group_ids += self.env.ref("product.group_product_manager")
        self.rpc(self.he, "product.template", "write", templates.ids, into)
        self.ship(self.delivery(order))
        self.assertEqual(self.with_customers(), 1)

    def test_category_is_not_put_below_one_that_a_policy_names(self):
        self.shipping_policy("none", product_category_ids=self.samples.ids)
        below = {"parent_id": self.samples.id}
        self.assertRefused(AccessError, self.keeper, "product.category", "write", self.machines.ids, below)
        self.assertFalse(self.machines.parent_id)

    def test_goods_do_not_become_a_service_so_that_only_samples_are_left(self):
        self.shipping_policy("none", product_category_ids=self.samples.ids)
        sample = self.goods("Sample", categ_id=self.samples.id)
        vice = self.goods("Vice", is_storable=False, quantity=0)
        lines = [{"product_id": product.id, "product_uom_qty": 1, "tax_ids": False} for product in sample | vice]
        self.confirmed(order_line=[Command.create(line) for line in lines])
        template = vice.product_tmpl_id
        self.assertRefused(AccessError, self.keeper, "product.template", "write", template.ids, {"type": "service"})

    def test_keeper_of_the_catalogue_goes_on_sorting(self):
        self.shipping_policy("none", product_category_ids=self.samples.ids)
        self.sold()
        other = self.env["product.category"].create({"name": "Turning"})
        self.rpc(self.keeper, "product.template", "write", self.lathe.product_tmpl_id.ids, {"categ_id": other.id})
        self.rpc(self.keeper, "product.category", "write", self.machines.ids, {"parent_id": other.id})
        new = self.goods("New", quantity=0)
        self.rpc(self.keeper, "product.template", "write", new.product_tmpl_id.ids, {"categ_id": self.samples.id})
        self.assertEqual((self.lathe.categ_id, new.categ_id), (other, self.samples))

    def test_what_a_policy_names_is_not_deleted(self):
        named = [
            (self.keeper, self.samples, "product_category_ids"),
            (self.manager, self.env["crm.team"].create({"name": "Export"}), "team_ids"),
            (self.adviser, self.env["account.payment.term"].create({"name": "30 days"}), "payment_term_ids"),
            (self.clerk_of_addresses, self.env["res.partner"].create({"name": "Sister"}), "partner_ids"),
        ]
        for user, record, field in named:
            with self.subTest(field=field):
                policy = self.shipping_policy("none", **{field: record.ids})
                with mute_logger("odoo.sql_db"):
                    self.assertRefused(ForeignKeyViolation, user, record._name, "unlink", record.ids)
                self.assertEqual(policy[field], record)
                policy.active = False
