# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from datetime import timedelta

from odoo import Command, fields
from odoo.addons.sales_policy.tests.attack import REFUSED
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import GateCommon

MODEL = "sales.shipping.incident"


@tagged("post_install", "-at_install")
class TestIncident(GateCommon):
    """Delay, wrong goods, damage, loss: who answers for it bears the penalty, freight and loss (SHP-10)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.sales_penalty_mode = "payroll"
        cls.ma, cls.tang = cls.env["hr.employee"].create([{"name": "Ma", "user_id": cls.worker.id}, {"name": "Tang"}])
        cls.carrier = cls.new_carrier("Deppon")

    def shipped(self, **values):
        order = self.sold(**values)
        self.paid(order)
        picking = self.delivery(order)
        picking.carrier_id = self.carrier
        self.ship(picking)
        return picking

    def incident(self, user=None, picking=None, **values):
        return (
            self.env[MODEL]
            .with_user(user or self.li)
            .create({"kind": "wrong", "picking_id": (picking or self.shipped()).id, "facts": "Model 6140", **values})
        )

    def test_penalties_are_proposed_with_shares_of_loss_and_freight(self):
        incident = self.incident()
        self.assertEqual((incident.reporter_id, incident.carrier_id), (self.li, self.carrier))
        assessed = incident.with_user(self.manager)
        assessed.write({"employee_ids": [Command.set((self.ma | self.tang).ids)], "loss": 100.01, "freight": 50})
        assessed.action_propose_penalties()
        cases = self.env["sales.penalty"].search([("res_model", "=", MODEL), ("res_id", "=", incident.id)])
        self.assertEqual(cases.employee_id, self.ma | self.tang)
        self.assertEqual(cases.rule_id, self.env.ref("sales_policy.sales_penalty_rule_shipping_wrong"))
        self.assertAlmostEqual(sum(cases.mapped("loss")), 100.01)
        self.assertEqual(sum(cases.mapped("freight")), 50)
        self.assertEqual(set(cases.mapped("state")), {"proposed"})
        self.assertEqual(set(cases.mapped("proposer_id")), {self.manager})
        self.assertEqual((incident.state, incident.penalty_count), ("proposed", 2))
        with self.assertRaises(UserError):
            assessed.action_propose_penalties()
        assessed.action_settle()
        self.assertEqual(incident.settled_by_id, self.manager)

    def test_nobody_is_proposed_where_nobody_is_responsible(self):
        incident = self.incident().with_user(self.manager)
        with self.assertRaises(UserError):
            incident.action_propose_penalties()
        incident.write({"claim": 300, "recovered": 200})
        incident.action_settle()
        self.assertEqual(incident.state, "settled")

    def test_amounts_and_people_are_for_assessors(self):
        incident = self.incident(user=self.worker)
        for user in self.worker | self.stock_manager | self.li | self.clerk | self.he | self.employee | self.fu:
            for values in (
                {"loss": 1},
                {"freight": 1},
                {"employee_ids": [Command.set(self.tang.ids)]},
                {"state": "settled"},
                {"facts": "x"},
                {"kind": "delay"},
                {"reporter_id": self.clerk.id},
                {"company_id": 1},
                {"is_automatic": True},
            ):
                self.assertRefused(REFUSED, user, MODEL, "write", incident.ids, values)
            for method in ("action_propose_penalties", "action_settle", "unlink"):
                self.assertRefused(REFUSED, user, MODEL, method, incident.ids)
            values = {"kind": "wrong", "picking_id": incident.picking_id.id, "facts": "x", "loss": 5}
            self.assertRefused(REFUSED, user, MODEL, "create", [values])
        for values in ({"facts": "x"}, {"state": "settled"}, {"picking_id": self.shipped().id}, {"settled_by_id": 1}):
            self.assertRefused(REFUSED, self.manager, MODEL, "write", incident.ids, values)
        self.assertRefused(REFUSED, self.manager, MODEL, "unlink", incident.ids)
        with self.assertRaises(UserError):
            incident.sudo().unlink()

    def test_manager_does_not_assess_the_own_fault(self):
        employee = self.env["hr.employee"].create({"name": "Zhao Min", "user_id": self.manager.id})
        incident = self.incident()
        incident.sudo().employee_ids = [Command.set(employee.ids)]
        for values in ({"loss": 0}, {"employee_ids": [Command.clear()]}):
            self.assertRefused(AccessError, self.manager, MODEL, "write", incident.ids, values)
        self.assertRefused(AccessError, self.manager, MODEL, "action_settle", incident.ids)

    def test_incident_of_a_foreign_company_is_not_seen(self):
        incident = self.incident()
        branch = self.env["res.company"].create({"name": "Branch"})
        stranger = self._user("stranger", "Stranger", "sales_team.group_sale_manager,stock.group_stock_manager")
        stranger.write({"company_ids": [Command.set(branch.ids)], "company_id": branch.id})
        self.assertRefused(REFUSED, stranger, MODEL, "read", incident.ids, ["facts"])
        self.assertRefused(REFUSED, stranger, MODEL, "action_settle", incident.ids)
        values = {"kind": "wrong", "picking_id": incident.picking_id.id, "facts": "x"}
        self.assertRefused(REFUSED, stranger, MODEL, "create", [values])

    def find_delays(self):
        with self.enter_registry_test_mode():
            self.env.ref("sales_shipping_gate.ir_cron_shipping_delays").method_direct_trigger()

    def test_delay_is_found_once_and_only_where_goods_could_have_left(self):
        late, held = self.sold(), self.sold()
        self.paid(late)
        for order in late | held:
            self.delivery(order).action_assign()
            self.delivery(order).move_ids.date_deadline = fields.Datetime.now() - timedelta(days=2)
        on_time = self.sold()
        self.paid(on_time)
        self.settle()
        for _run in range(2):
            self.find_delays()
        found = self.env[MODEL].search([("order_id", "in", (late | held | on_time).ids)])
        self.assertEqual(found.order_id, late)
        self.assertEqual((len(found), found.kind, found.is_automatic), (1, "delay", True))
        self.assertIn("still here", found.facts)

    def test_delay_is_found_where_what_may_leave_is_judged_by_the_day(self):
        self.env["sales.shipping.policy"].create(
            {"name": "Credit", "requirement": "credit", "credit_limit": 150, "company_id": self.company.id}
        )
        order = self.sold()
        self.delivery(order).action_assign()
        self.delivery(order).move_ids.date_deadline = fields.Datetime.now() - timedelta(days=2)
        order._gate_sweep()
        self.find_delays()
        self.assertEqual(self.env[MODEL].search([("order_id", "=", order.id)]).kind, "delay")

    def test_carrier_that_serves_badly_is_warned_of_then_blocked(self):
        self.company.write({"shipping_carrier_warn": 90, "shipping_carrier_block": 60})
        pickings = [self.shipped() for _number in range(5)]
        self.assertEqual(self.carrier._shipping_standing(self.company)[self.carrier], (False, 100.0))
        self.incident(picking=pickings[0], kind="damage")
        self.assertEqual(self.carrier._shipping_standing(self.company)[self.carrier], ("warn", 80.0))
        self.incident(picking=pickings[1], kind="loss")
        self.incident(picking=pickings[2], kind="damage")
        self.carrier.invalidate_recordset()
        self.assertEqual((self.carrier.shipping_count, self.carrier.shipping_score), (5, 40.0))
        order = self.sold()
        self.paid(order)
        picking = self.delivery(order)
        picking.carrier_id = self.carrier
        self.assertHeld(lambda: self.ship(picking))
        self.assertIn("another carrier", picking.shipping_gate_reason)
        picking.carrier_id = self.carrier.copy({"name": "SF"})
        self.ship(picking)
        self.assertEqual(picking.state, "done")

    def test_score_card_costs_no_query_a_carrier(self):
        self.shipped()
        carriers = self.carrier
        for number in range(4):
            carriers |= self.carrier.copy({"name": f"Carrier {number}"})

        def cost(some):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            some.mapped("shipping_score")
            return self.cr.sql_log_count - before

        cost(carriers)
        self.assertEqual(cost(carriers), cost(self.carrier))
