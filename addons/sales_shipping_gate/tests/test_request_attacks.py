# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from psycopg2.errors import CheckViolation

from odoo import Command
from odoo.addons.sales_policy.tests.attack import REFUSED
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .shipping import ShippingCommon

MODEL = "sales.shipping.request"
LINE = "sales.shipping.request.line"
STEP = "sales.shipping.request.step"


@tagged("post_install", "-at_install")
class TestRequestAttacks(ShippingCommon):
    """Everybody tries to ship without the second check (SHP-1, SHP-2)."""

    def setUp(self):
        super().setUp()
        self.order_paid = self.sold(5)
        self.paid(self.order_paid)
        self.asked = self.request(self.order_paid, quantities=[2])
        self.everybody = (
            self.li | self.wang | self.worker | self.stock_manager | self.manager | self.clerk | self.fu | self.he
        )
        self.env.flush_all()

    def assertStillHeld(self):
        self.settle()
        self.assertEqual(self.asked.state, "submitted")
        self.assertEqual(self.asked.line_ids.quantity, 2)
        self.assertHeld(lambda: self.ship(self.delivery(self.order_paid)))

    def test_requester_does_not_check_the_own_request(self):
        self.assertRefused(REFUSED, self.li, MODEL, "action_check", self.asked.ids)
        other = self.request(self.order_paid, user=self.clerk, quantities=[1])
        self.assertRefused(REFUSED, self.clerk, MODEL, "action_check", other.ids)
        draft = self.request(self.order_paid, user=self.clerk, quantities=[1], submit=False)
        draft.with_user(self.second_clerk).action_submit()
        for user in self.clerk | self.second_clerk:
            self.assertRefused(REFUSED, user, MODEL, "action_check", draft.ids)
        self.rpc(self.second_clerk, MODEL, "action_check", other.ids)
        self.assertEqual(other.state, "released")

    def test_clerk_does_not_check_the_own_sale(self):
        order = self.sold(user=self.clerk)
        request = self.request(order, user=self.second_clerk)
        self.assertRefused(REFUSED, self.clerk, MODEL, "action_check", request.ids)

    def test_only_a_clerk_checks_and_issues(self):
        for user in self.everybody - self.clerk:
            self.assertRefused(REFUSED, user, MODEL, "action_check", self.asked.ids)
            self.assertRefused(REFUSED, user, MODEL, "action_issue", self.asked.ids)
        self.assertRefused(REFUSED, self.clerk, MODEL, "action_issue", self.asked.ids)
        self.assertStillHeld()

    def test_stamps_are_not_written(self):
        forged = (
            {"state": "released"},
            {"requester_id": self.wang.id},
            {"clerk_id": self.clerk.id},
            {"target_date": "2030-01-01 00:00:00"},
            {"escalated_date": "2020-01-01 00:00:00"},
            {"name": "SR1"},
            {"company_id": 1},
            {"needed_date": "2030-01-01"},
            {"step_ids": [Command.create({"step": "released"})]},
            {"line_ids": [Command.update(self.asked.line_ids.id, {"quantity": 5})]},
            {"line_ids": [Command.clear()]},
        )
        for user in self.everybody:
            for values in forged:
                self.assertRefused(REFUSED, user, MODEL, "write", self.asked.ids, values)
            self.assertRefused(REFUSED, user, LINE, "write", self.asked.line_ids.ids, {"quantity": 5})
            self.assertRefused(REFUSED, user, LINE, "write", self.asked.line_ids.ids, {"delivered_before": 5})
            self.assertRefused(REFUSED, user, LINE, "unlink", self.asked.line_ids.ids)
            self.assertRefused(REFUSED, user, MODEL, "unlink", self.asked.ids)
            values = {"request_id": self.asked.id, "order_line_id": self.order_paid.order_line.id, "quantity": 3}
            self.assertRefused(REFUSED, user, LINE, "create", [values])
        self.assertStillHeld()

    def test_steps_are_neither_made_nor_edited(self):
        step = self.asked.sudo().step_ids
        row = {"request_id": self.asked.id, "step": "released", "user_id": self.clerk.id, "date": "2026-01-01"}
        row["company_id"] = self.company.id
        for user in self.everybody:
            self.assertRefused(REFUSED, user, STEP, "create", [row])
            self.assertRefused(REFUSED, user, STEP, "write", step.ids, {"user_id": self.clerk.id})
            self.assertRefused(REFUSED, user, STEP, "write", step.ids, {"date": "2026-01-01 00:00:00"})
            self.assertRefused(REFUSED, user, STEP, "unlink", step.ids)
        with self.assertRaises(REFUSED[1]):
            step.sudo().write({"date": "2026-01-01 00:00:00"})
        self.assertStillHeld()

    def test_draft_is_not_born_released(self):
        for values in (
            {"state": "released"},
            {"requester_id": self.wang.id},
            {"clerk_id": self.clerk.id},
            {"step_ids": [Command.create({"step": "released"})]},
            {"create_uid": self.wang.id},
        ):
            self.assertRefused(REFUSED, self.li, MODEL, "create", [{"order_id": self.order_paid.id, **values}])
        context = {"default_state": "released", "default_clerk_id": self.clerk.id, "default_delivered_before": 9}
        born = self.rpc(self.li, MODEL, "create", [{"order_id": self.order_paid.id}], context=context)
        draft = self.env[MODEL].browse(born)
        self.assertEqual(draft.state, "draft")
        self.assertFalse(draft.clerk_id)
        self.assertFalse(draft.line_ids.delivered_before)
        self.assertStillHeld()

    def test_requests_are_not_changed_through_the_order(self):
        for user in self.li | self.clerk | self.manager:
            for values in ({"state": "released"}, {"line_ids": [Command.clear()]}):
                command = [Command.update(self.asked.id, values)]
                self.assertRefused(
                    REFUSED, user, "sale.order", "write", self.order_paid.ids, {"shipping_request_ids": command}
                )
        self.assertStillHeld()

    def test_nobody_asks_for_the_order_of_a_colleague(self):
        for user in self.wang | self.worker | self.employee | self.stock_manager | self.fu:
            self.assertRefused(REFUSED, user, MODEL, "create", [{"order_id": self.order_paid.id}])
            self.assertRefused(REFUSED, user, MODEL, "_cancel", self.asked.ids, "x")
            wizard = {"request_ids": [Command.set(self.asked.ids)], "step": "cancel", "reason": "x"}
            with self.assertRaises(UserError), self.cr.savepoint():
                self.env["sales.shipping.request.reason"].with_user(user).create(wizard).action_apply()
            self.env.invalidate_all()
        self.assertStillHeld()

    def test_lines_of_another_order_are_refused(self):
        other = self.sold()
        values = {
            "order_id": self.order_paid.id,
            "line_ids": [Command.create({"order_line_id": other.order_line.id, "quantity": 1})],
        }
        self.assertRefused(REFUSED, self.li, MODEL, "create", [values])
        values["line_ids"] = [Command.create({"order_line_id": self.order_paid.order_line.id, "quantity": -1})]
        with self.assertRaises(CheckViolation), self.cr.savepoint(), mute_logger("odoo.sql_db"):
            self.rpc(self.li, MODEL, "create", [values])

    def test_line_lowered_to_a_smaller_unit_opens_nothing(self):
        draft = self.request(self.order_paid, quantities=[3], submit=False)
        for values in ({"uom_id": 1}, {"product_id": 1}, {"product_name": "x"}, {"delivered_before": 3}):
            self.assertRefused(REFUSED, self.li, LINE, "write", draft.line_ids.ids, values)

    def test_foreign_company_is_neither_seen_nor_checked(self):
        branch = self.env["res.company"].create({"name": "Branch"})
        stranger = self._user("stranger", "Stranger", "sales_policy.group_sales_clerk,sales_team.group_sale_manager")
        stranger.write({"company_ids": [Command.set(branch.ids)], "company_id": branch.id})
        for method in ("action_check", "action_issue", "action_close", "action_submit", "action_start"):
            self.assertRefused(REFUSED, stranger, MODEL, method, self.asked.ids)
        self.assertRefused(REFUSED, stranger, MODEL, "read", self.asked.ids, ["name"])
        self.assertRefused(REFUSED, stranger, STEP, "read", self.asked.sudo().step_ids.ids, ["step"])
        self.assertRefused(REFUSED, stranger, MODEL, "create", [{"order_id": self.order_paid.id}])
        self.assertStillHeld()

    def test_private_steps_are_no_calls(self):
        for user in self.everybody:
            for method, arguments in (
                ("_take", ("released",)),
                ("_issue_paid", ()),
                ("_cancel", ("x",)),
                ("_refuse", ("x",)),
                ("_follow_goods", ()),
            ):
                self.assertRefused(REFUSED, user, MODEL, method, self.asked.ids, *arguments)
            self.assertRefused(REFUSED, user, STEP, "_stamp", self.asked.ids, "released")
        self.assertStillHeld()

    def test_switching_requests_off_is_for_administrators(self):
        for user in self.everybody:
            self.assertRefused(
                REFUSED, user, "res.company", "write", self.company.ids, {"shipping_request_required": False}
            )
        self.assertStillHeld()
