# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .channel import PHONE, REFUSED, ChannelCommon


class WriteChannels:
    """Writing, copying, importing, defaults and onchanges: what comes back, and what must not be lost."""

    mode = None

    def setUp(self):
        super().setUp()
        self.phone_rule = self.rule(["phone"], self.mode)

    def assertUnchanged(self):
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(self.customer.phone, PHONE)

    def test_what_somebody_may_not_see_they_do_not_overwrite(self):
        for user in (self.wang, self.leader, self.accountant):
            self.assertRefused(REFUSED, user, "res.partner", "write", self.customer.ids, {"phone": "1"})
            self.assertRefused(REFUSED, user, "res.partner", "write", self.customer.ids, {"phone": False})
        self.assertUnchanged()

    def test_a_mask_that_comes_back_changes_nothing(self):
        self.leader.group_ids += self.env.ref("base.group_partner_manager")
        saved = self.rpc(
            self.leader,
            "res.partner",
            "web_save",
            self.customer.ids,
            {"phone": "+86****78", "comment": "Nice"},
            {"phone": {}, "comment": {}},
        )
        self.assertNotIn("1234", str(saved))
        self.assertUnchanged()
        self.assertIn("Nice", self.customer.comment)

    def test_a_mask_is_refused_from_whoever_would_save_it(self):
        self.clear(self.manager)
        with self.assertRaises(UserError):
            self.rpc(self.manager, "res.partner", "write", self.customer.ids, {"phone": "+86****78"})
        with self.assertRaises(UserError):
            self.customer.sudo().phone = "+86****78"
        with self.assertRaises(UserError):
            self.env["res.partner"].create({"name": "Copy", "phone": "+86****78"})
        self.assertUnchanged()

    def test_an_exported_list_with_masks_is_not_imported_over_the_real_values(self):
        self.env["ir.model.data"].create(
            {"module": "test", "name": "ningbo", "model": "res.partner", "res_id": self.customer.id}
        )
        self.clear(self.manager)
        result = self.rpc(
            self.manager, "res.partner", "load", ["id", "name", "phone"], [["test.ningbo", "Ningbo", "+86****78"]]
        )
        self.assertFalse(result["ids"])
        self.assertUnchanged()
        self.leader.group_ids += self.env.ref("base.group_partner_manager")
        self.answer(self.leader, "res.partner", "load", ["id", "name", "phone"], [["test.ningbo", "Ningbo", "+86 1 2"]])
        self.assertUnchanged()

    def test_the_owner_writes(self):
        self.li.group_ids += self.env.ref("base.group_partner_manager")
        self.rpc(self.li, "res.partner", "write", self.customer.ids, {"phone": "+86 138 9999 0000"})
        self.assertEqual(self.customer.phone, "+86 138 9999 0000")

    def test_whoever_enters_a_new_customer_enters_its_phone(self):
        self.wang.group_ids += self.env.ref("base.group_partner_manager")
        made = self.rpc(
            self.wang,
            "res.partner",
            "web_save",
            [],
            {"name": "New", "phone": "+86 137 1", "user_id": self.wang.id},
            {"phone": {}},
        )
        self.assertEqual(self.env["res.partner"].browse(made[0]["id"]).phone, "+86 137 1")
        self.assertEqual(made[0]["phone"], "+86 137 1")

    def test_copies_do_not_contain_it(self):
        self.wang.group_ids += self.env.ref("base.group_partner_manager")
        self.assertNothing("res.partner", "copy_data", self.customer.ids)
        for values in ({}, {"user_id": self.wang.id}):
            copied = self.rpc(self.wang, "res.partner", "copy", self.customer.ids, values)
            self.assertFalse(self.env["res.partner"].browse(copied).phone)

    def test_defaults_do_not_contain_it(self):
        self.env["ir.default"].set("res.partner", "phone", PHONE)
        self.assertNothing("res.partner", "default_get", ["name", "phone"])
        self.assertNothing("res.partner", "onchange", [], {}, [], {"name": {}, "phone": {}})

    def test_onchanges_do_not_contain_it(self):
        spec = {"phone": {}, "email_from": {}, "partner_id": {"fields": {"phone": {}, "display_name": {}}}}
        values = {"partner_id": self.customer.id, "user_id": self.wang.id}
        self.assertNothing("crm.lead", "onchange", [], values, ["partner_id"], spec)
        order_spec = {"partner_id": {"fields": {"phone": {}, "phone_sanitized": {}}}}
        self.assertNothing("sale.order", "onchange", [], {"partner_id": self.customer.id}, ["partner_id"], order_spec)
        own = self.env["crm.lead"].create({"name": "Mine", "user_id": self.wang.id})
        self.assertNothing("crm.lead", "onchange", own.ids, values, ["partner_id"], spec, users=[self.wang])
        contact_spec = {"phone": {}, "name": {}}
        self.assertNothing(
            "res.partner", "onchange", self.customer.ids, {"name": "X"}, ["name"], contact_spec, users=[self.wang]
        )

    def test_costs_that_are_shown_but_closed_for_changes(self):
        rule = self.rule(["standard_price"], "readonly", "product.product")
        self.manager.group_ids += self.env.ref("product.group_product_manager")
        self.assertTells("4242.42", self.manager, "product.product", "read", self.product.ids, ["standard_price"])
        self.assertRefused(
            AccessError, self.manager, "product.product", "write", self.product.ids, {"standard_price": 1}
        )
        self.assertRefused(AccessError, self.manager, "product.product", "create", {"name": "New", "standard_price": 1})
        self.assertRefused(
            AccessError,
            self.manager,
            "product.template",
            "write",
            self.product.product_tmpl_id.ids,
            {"standard_price": 1},
        )
        self.assertEqual(self.product.standard_price, 4242.42)
        self.clear(self.manager, self.product_data)
        self.rpc(self.manager, "product.product", "write", self.product.ids, {"standard_price": 1})
        self.assertEqual(rule.mode, "readonly")


@tagged("post_install", "-at_install")
class TestWriteHidden(WriteChannels, ChannelCommon):
    mode = "hide"


@tagged("post_install", "-at_install")
class TestWriteMasked(WriteChannels, ChannelCommon):
    mode = "mask"
