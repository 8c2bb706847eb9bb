# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

import json

from odoo import Command
from odoo.tests import tagged

from .channel import PHONE, ChannelCommon


@tagged("-at_install", "post_install")
class TestEverywhere(ChannelCommon):
    """After a customer was met, sold to, delivered and invoiced: every field of every model, as a client reads it."""

    def setUp(self):
        super().setUp()
        self.env = self.env(context={**self.env.context, "tracking_disable": False})
        for field_name in ("phone", "email", "vat"):
            self.rule([field_name], "mask")
        self.rule(["standard_price"], "hide", "product.product")
        self.clerk.group_ids += self.env.ref("stock.group_stock_manager")
        self.accountant.group_ids += self.env.ref("account.group_account_manager")
        self.customer.phone = "+86 138 0000 0000"
        self.customer.phone = PHONE
        self.product.type = "consu"
        order = self.env["sale.order"].create(
            {
                "partner_id": self.customer.id,
                "user_id": self.li.id,
                "order_line": [Command.create({"product_id": self.product.id, "product_uom_qty": 2})],
            }
        )
        order.action_confirm()
        order.picking_ids.move_ids.write({"quantity": 2, "picked": True})
        order.picking_ids.button_validate()
        order._create_invoices().action_post()
        self.env["crm.lead"].create({"name": "Valves", "type": "opportunity", "partner_id": self.customer.id})
        self.env["calendar.event"].with_user(self.li).create(
            {
                "name": "Visit",
                "start": "2026-05-05 02:00:00",
                "stop": "2026-05-05 03:00:00",
                "partner_ids": [Command.set((self.li.partner_id | self.customer).ids)],
            }
        )

    def assertReads(self, user, name, ids, names):
        """Check what a user may read of some fields; where one of them refuses, the others are still to be read."""
        answer = self.answer(user, name, "read", ids, names)
        self.assertSecret(answer, user, name)
        if answer is None and len(names) > 1:
            half = len(names) // 2
            for some in (names[:half], names[half:]):
                self.assertReads(user, name, ids, some)

    def assertReadsNothing(self, user):
        """Check everything that a user may read of the latest records of each model; return how many models."""
        checked = 0
        for name in sorted(self.env.registry):
            model = self.env[name].with_user(user)
            if model._abstract or model._transient or not model.has_access("read"):
                continue
            ids = json.loads(self.answer(user, name, "search", [], limit=10, order="id desc") or "[]")
            names = [field for field in model.fields_get(attributes=[]) if model._fields[field].type != "binary"]
            self.assertReads(user, name, ids, names)
            checked += 1
        return checked

    def test_no_field_tells_those_who_sell_all(self):
        self.assertGreater(self.assertReadsNothing(self.leader), 80)

    def test_no_field_tells_those_who_keep_the_stock(self):
        self.assertGreater(self.assertReadsNothing(self.clerk), 80)

    def test_no_field_tells_those_who_keep_the_books(self):
        self.assertGreater(self.assertReadsNothing(self.accountant), 80)
