# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

import base64

from odoo import Command
from odoo.addons.sales_policy.tests.attack import REFUSED
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import PHOTO, ComplaintCommon

FORGED = {
    "state": "closed",
    "round": 7,
    "grounds": "justified",
    "decision": "I say so",
    "decider_id": 1,
    "decided_date": "2026-01-01 00:00:00",
    "closed_date": "2026-01-01 00:00:00",
    "confirmed_date": "2026-01-01 00:00:00",
    "follow_up_date": "2026-01-01",
    "waiting_since": "2026-01-01 00:00:00",
    "registrar_id": 1,
    "salesperson_id": 1,
    "sales_team_id": False,
    "kind": "service",
    "name": "CMP/0",
    "access_token": "known",
    "total_cost": 0,
    "rating_last_value": 5,
    "commercial_partner_id": 1,
    "date": "2020-01-01 00:00:00",
    "company_id": 1,
}


@tagged("post_install", "-at_install")
class TestComplaintAttacks(ComplaintCommon):
    """What people try on complaints by RPC, under every role."""

    def facts(self, records):
        self.env.flush_all()
        self.env.invalidate_all()
        names = [name for name, field in records._fields.items() if field.store and field.type != "binary"]
        return records.sudo().read(sorted(set(names) - {"write_date", "write_uid"}), load=False)

    def test_nobody_writes_what_the_server_fills_in(self):
        complaint = self.proposed()
        before = self.facts(complaint)
        for user in self.everybody:
            for name, value in FORGED.items():
                self.assertRefused(REFUSED, user, "sales.complaint", "write", complaint.ids, {name: value})
            self.assertRefused(
                REFUSED, user, "sales.complaint", "web_save", complaint.ids, {"findings": "x", "state": "closed"}, {}
            )
            self.assertRefused(REFUSED, user, "sales.complaint", "copy", complaint.ids)
            self.assertRefused(REFUSED, user, "sales.complaint", "unlink", complaint.ids)
        self.assertEqual(self.facts(complaint), before)

    def test_nobody_registers_a_settled_complaint(self):
        vals = {"subject": "x", "type_id": self.quality.id, "partner_id": self.customer.id}
        for name, value in FORGED.items():
            if name not in ("date", "company_id"):
                self.assertRefused(REFUSED, self.bao, "sales.complaint", "create", [{**vals, name: value}])
        for name in ("step_ids", "reply_ids", "deadline_ids", "evidence_ids", "round_ids", "disposition_ids"):
            self.assertRefused(REFUSED, self.bao, "sales.complaint", "create", [{**vals, name: [Command.create({})]}])
        defaults = {f"default_{name}": value for name, value in FORGED.items()}
        [new] = self.rpc(self.li, "sales.complaint", "create", [vals], context=defaults)
        complaint = self.env["sales.complaint"].browse(new)
        self.assertEqual(
            (complaint.state, complaint.round, complaint.registrar_id, complaint.decider_id.id, complaint.kind),
            ("registered", 1, self.li, False, "quality"),
        )
        self.assertNotEqual(complaint.access_token, "known")

    def test_receipt_is_never_in_the_future(self):
        vals = {"subject": "x", "type_id": self.service.id, "date": "2099-01-01 00:00:00"}
        [new] = self.rpc(self.li, "sales.complaint", "create", [vals])
        self.assertEqual(self.env["sales.complaint"].browse(new).date, self.frozen())

    def test_salesperson_does_not_settle_the_own_case(self):
        complaint = self.proposed()
        for method in ("action_decide", "action_reconsider", "action_close", "action_execute", "action_withdraw"):
            self.assertRefused(REFUSED, self.li, "sales.complaint", method, complaint.ids)
        for step in ("withdraw", "reopen", "ask"):
            wizard = (
                self.env["sales.complaint.reason"]
                .with_user(self.li)
                .create({"complaint_ids": [Command.set(complaint.ids)], "step": step, "reason": "x"})
            )
            self.assertRefused(REFUSED, self.li, "sales.complaint.reason", "action_apply", wizard.ids)
        for values in ({"type_id": self.service.id}, {"severity": "grave"}, {"user_id": self.li.id}):
            self.assertRefused(REFUSED, self.li, "sales.complaint", "write", complaint.ids, values)
        self.assertEqual(complaint.state, "proposal")

    def test_salesperson_who_handles_it_does_not_choose_who_decides(self):
        complaint = self.register(by=self.li)
        complaint.sudo().user_id = self.li
        self.rpc(self.li, "sales.complaint", "write", complaint.ids, {"severity": "serious"})
        self.rpc(self.li, "sales.complaint", "action_acknowledge", complaint.ids)
        self.assertRefused(REFUSED, self.li, "sales.complaint", "write", complaint.ids, {"type_id": self.service.id})
        blamed = {"complaint_id": complaint.id, "department_id": self.quality_department.id, "share": 100}
        self.assertRefused(REFUSED, self.li, "sales.complaint.liability", "create", [blamed])

    def test_nobody_turns_quality_into_service_to_decide_it(self):
        complaint = self.proposed()
        for user in (self.bao, self.kang, self.li, self.leader):
            self.assertRefused(REFUSED, user, "sales.complaint", "write", complaint.ids, {"type_id": self.service.id})
        self.rpc(self.judge, "sales.complaint", "write", complaint.ids, {"type_id": self.service.id})
        self.assertRefused(REFUSED, self.judge, "sales.complaint", "write", complaint.ids, {"type_id": self.quality.id})
        self.decide(complaint, by=self.bao)
        self.assertEqual(complaint.decider_id, self.bao)

    def test_private_steps_cannot_be_called(self):
        complaint = self.proposed()
        for method in ("_decide", "_go", "_withdraw", "_reopen", "_confirm_by_customer", "_rate_by_customer", "_meet"):
            self.assertRefused(AccessError, self.bao, "sales.complaint", method, complaint.ids)

    def test_buttons_check_the_state_whatever_the_screen_shows(self):
        complaint = self.register()
        for method in ("action_investigate", "action_propose", "action_execute", "action_close", "action_reply"):
            self.assertRefused(REFUSED, self.bao, "sales.complaint", method, complaint.ids)
        self.assertRefused(REFUSED, self.judge, "sales.complaint", "action_decide", complaint.ids)

    def test_evidence_stays_as_it_was_received(self):
        complaint = self.register()
        photo = self.photo(complaint)
        file = self.env["ir.attachment"].search(
            [("res_model", "=", "sales.complaint.evidence"), ("res_id", "=", photo.id), ("res_field", "=", "file")]
        )
        other = base64.b64encode(b"another")
        before = self.facts(photo)
        for user in self.everybody | self.env.ref("base.user_admin"):
            for values in ({"note": "x"}, {"file": other}, {"source": "customer"}, {"complaint_id": False}):
                self.assertRefused(REFUSED, user, "sales.complaint.evidence", "write", photo.ids, values)
            self.assertRefused(REFUSED, user, "sales.complaint.evidence", "unlink", photo.ids)
            self.assertRefused(REFUSED, user, "ir.attachment", "write", file.ids, {"datas": other})
            self.assertRefused(REFUSED, user, "ir.attachment", "unlink", file.ids)
        with self.assertRaises(UserError), self.cr.savepoint():
            photo.sudo().unlink()
        self.assertEqual(self.facts(photo), before)
        self.assertEqual(photo.file, base64.b64encode(PHOTO))

    def test_evidence_is_stamped_by_the_server(self):
        complaint = self.register()
        values = {"complaint_id": complaint.id, "name": "x.png", "file": base64.b64encode(PHOTO)}
        for name, value in (("source", "customer"), ("date", "2020-01-01"), ("mimetype", "x"), ("user_id", 1)):
            self.assertRefused(REFUSED, self.bao, "sales.complaint.evidence", "create", [{**values, name: value}])
        self.assertRefused(REFUSED, self.ren, "sales.complaint.evidence", "create", [values])
        html = base64.b64encode(b"<html><script>alert(1)</script></html>")
        [page] = self.rpc(
            self.bao, "sales.complaint.evidence", "create", [{**values, "name": "photo.png", "file": html}]
        )
        page = self.env["sales.complaint.evidence"].browse(page)
        self.assertFalse(page.is_picture, "what a file is follows from its content, not from its name")

    def test_proof_that_the_customer_was_told_is_stamped_and_stays(self):
        complaint = self.decided()
        values = {"complaint_id": complaint.id, "contact": "Ms Xu", "text": "Settled"}
        for user in (self.li, self.leader, self.ren, self.accountant, self.portal):
            self.assertRefused(REFUSED, user, "sales.complaint.reply", "create", [values])
        for name, value in (("user_id", self.li.id), ("date", "2026-01-01"), ("round", 3)):
            self.assertRefused(REFUSED, self.bao, "sales.complaint.reply", "create", [{**values, name: value}])
        self.assertRefused(REFUSED, self.bao, "sales.complaint.reply", "create", [{**values, "text": " "}])
        reply = self.tell(complaint)
        for user in self.everybody:
            self.assertRefused(REFUSED, user, "sales.complaint.reply", "write", reply.ids, {"text": "x"})
            self.assertRefused(REFUSED, user, "sales.complaint.reply", "unlink", reply.ids)
        undecided = self.register()
        self.assertRefused(
            REFUSED, self.bao, "sales.complaint.reply", "create", [{**values, "complaint_id": undecided.id}]
        )

    def test_nobody_touches_deadlines_trail_and_earlier_rounds(self):
        complaint = self.decided()
        self.tell(complaint)
        self.reason(complaint, self.bao, "reopen")
        for records in (complaint.sudo().deadline_ids, complaint.sudo().step_ids, complaint.sudo().round_ids):
            field = {"sales.complaint.step": "note", "sales.complaint.round": "decision"}.get(records._name, "target")
            for user in self.everybody:
                self.assertRefused(REFUSED, user, records._name, "write", records.ids, {field: "2030-01-01"})
                self.assertRefused(REFUSED, user, records._name, "unlink", records.ids)
                self.assertRefused(REFUSED, user, records._name, "create", [{"complaint_id": complaint.id, "round": 2}])

    def test_dispositions_are_decided_and_carried_out_by_the_server(self):
        order = self.delivered()
        complaint = self.investigated(order)
        mine = self.dispose(complaint, "replacement")
        done = order.picking_ids
        for name, value in (
            ("state", "done"),
            ("decided_date", "2026-01-01"),
            ("done_date", "2026-01-01"),
            ("executor_id", 1),
            ("picking_ids", [Command.set(done.ids)]),
            ("credit_note_ids", [Command.clear()]),
            ("company_amount", 0),
            ("round", 0),
        ):
            for user in (self.bao, self.li, self.judge, self.leader):
                self.assertRefused(REFUSED, user, "sales.complaint.disposition", "write", mine.ids, {name: value})
            values = {"complaint_id": complaint.id, "kind": "nothing", name: value}
            self.assertRefused(REFUSED, self.bao, "sales.complaint.disposition", "create", [values])
            [new] = self.rpc(
                self.bao,
                "sales.complaint.disposition",
                "create",
                [{"complaint_id": complaint.id, "kind": "visit"}],
                context={f"default_{name}": value},
            )
            new = self.env["sales.complaint.disposition"].browse(new)
            self.assertEqual((new.state, new.executor_id.id, new.picking_ids.ids), ("proposed", False, []))
        for user in (self.worker, self.accountant):
            self.assertRefused(
                REFUSED, user, "stock.picking", "write", done.ids, {"sales_disposition_ids": [Command.set(mine.ids)]}
            )
        self.assertRefused(REFUSED, self.bao, "sales.complaint.disposition", "action_execute", mine.ids)

    def test_what_is_decided_is_not_changed(self):
        complaint = self.decided(kinds=({"kind": "compensation", "amount": 100},))
        money = complaint.disposition_ids
        for user in self.everybody:
            self.assertRefused(REFUSED, user, money._name, "write", money.ids, {"amount": 400})
            self.assertRefused(REFUSED, user, money._name, "unlink", money.ids)
            self.assertRefused(
                REFUSED, user, money._name, "create", [{"complaint_id": complaint.id, "kind": "refund", "amount": 5}]
            )
            line = complaint.line_ids
            self.assertRefused(REFUSED, user, line._name, "write", line.ids, {"price_unit": 9})
            self.assertRefused(REFUSED, user, line._name, "unlink", line.ids)
            self.assertRefused(
                REFUSED,
                user,
                "sales.complaint",
                "write",
                complaint.ids,
                {"disposition_ids": [Command.update(money.id, {"amount": 400})]},
            )

    def test_refund_is_the_price_paid(self):
        complaint = self.investigated(self.delivered(bill=True))
        self.dispose(complaint, "refund", quantity=1)
        line = complaint.line_ids
        self.assertRefused(REFUSED, self.leader, line._name, "write", line.ids, {"price_unit": 9000})
        self.assertRefused(REFUSED, self.bao, line._name, "write", line.ids, {"price_unit": 9000})
        self.assertEqual(line.price_unit, 100)

    def test_others_see_nothing(self):
        complaint = self.decided(by=self.kang)
        self.assertEqual(self.rpc(self.wang, "sales.complaint", "search_count", []), 0)
        self.assertEqual(self.rpc(self.chen, "sales.complaint.disposition", "search_count", []), 0)
        for user in (self.wang, self.chen, self.worker, self.accountant):
            self.assertRefused(AccessError, user, "sales.complaint", "read", complaint.ids, ["subject"])
            self.assertRefused(AccessError, user, "sales.complaint.line", "read", complaint.line_ids.ids, ["name"])
        for model in ("sales.complaint", "sales.complaint.line", "sales.complaint.liability", "sales.complaint.step"):
            for method in ("search_read", "search_count"):
                self.assertRefused(AccessError, self.portal, model, method, [])

    def test_judge_sees_quality_only(self):
        self.register(kind=self.service)
        quality = self.register()
        found = self.rpc(self.judge, "sales.complaint", "search", [])
        self.assertEqual(found, quality.ids)

    def test_companies_are_apart(self):
        complaint = self.register()
        other = self.env["res.company"].create({"name": "Second Works"})
        foreign = (
            self.env["res.users"]
            .with_context(no_reset_password=True)
            .create(
                {
                    "name": "Foreign",
                    "login": "foreign",
                    "company_id": other.id,
                    "company_ids": [Command.set(other.ids)],
                    "group_ids": [Command.set([self.env.ref("sales_complaints.group_complaint_manager").id])],
                }
            )
        )
        with mute_logger("odoo.addons.base.models.ir_rule"):
            self.assertRefused(REFUSED, foreign, "sales.complaint", "read", complaint.ids, ["subject"])
            self.assertRefused(REFUSED, foreign, "sales.complaint", "action_acknowledge", complaint.ids)

    def test_goods_are_not_moved_to_another_complaint(self):
        first, second = self.register(), self.register()
        foreign = self.register(by=self.kang)
        self.assertRefused(
            REFUSED, self.li, "sales.complaint.line", "write", first.line_ids.ids, {"complaint_id": foreign.id}
        )
        self.assertRefused(
            REFUSED,
            self.bao,
            "sales.complaint.disposition",
            "create",
            [{"complaint_id": first.id, "line_id": second.line_ids.id, "kind": "nothing", "quantity": 1}],
        )

    def test_cases_are_proposed_from_the_complaint(self):
        complaint = self.decided()
        person = self.blame(complaint, self.wang)
        for values in ({"penalty_id": 1}, {"complaint_id": False}, {"company_id": 1}):
            self.assertRefused(REFUSED, self.bao, person._name, "write", person.ids, values)
        for user in (self.li, self.wang, self.kang, self.leader, self.ren):
            self.assertRefused(REFUSED, user, "sales.complaint", "action_propose_penalties", complaint.ids)
        self.rpc(self.judge, "sales.complaint", "action_propose_penalties", complaint.ids)
        case = person.sudo().penalty_id
        self.assertEqual((case.employee_id, case.state), (self.employees[self.wang], "proposed"))
        self.assertEqual((case.rule_id, case.res_id), (self.quality.rule_minor_id, complaint.id))
        self.assertRefused(REFUSED, self.bao, person._name, "unlink", person.ids)
        self.assertRefused(REFUSED, self.judge, "sales.complaint", "action_propose_penalties", complaint.ids)

    def test_owner_of_an_action_does_not_judge_its_effect(self):
        complaint = self.investigated()
        [new] = self.rpc(
            self.bao,
            "sales.complaint.measure",
            "create",
            [{"complaint_id": complaint.id, "name": "Gauge", "user_id": self.ren.id, "date_deadline": "2026-05-08"}],
        )
        measure = self.env["sales.complaint.measure"].browse(new)
        for values in ({"done_date": "2026-05-04"}, {"effect": "effective"}, {"checker_id": 1}):
            self.assertRefused(REFUSED, self.bao, measure._name, "write", measure.ids, values)
        self.assertRefused(REFUSED, self.bao, measure._name, "action_done", measure.ids)
        self.assertRefused(REFUSED, self.bao, measure._name, "action_effective", measure.ids)
        self.rpc(self.ren, measure._name, "action_done", measure.ids)
        self.assertRefused(REFUSED, self.ren, measure._name, "action_effective", measure.ids)
        self.rpc(self.bao, measure._name, "action_effective", measure.ids)
        self.assertEqual((measure.state, measure.checker_id), ("checked", self.bao))
