# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .approval_common import QUESTION, ApprovalCommon


@tagged("post_install", "-at_install")
class TestApproval(ApprovalCommon):
    """One question, one role, one answer, for exactly what was asked."""

    def announce(self):
        with self.enter_registry_test_mode():
            self.env.ref("sales_policy.ir_cron_sales_approval_announce").method_direct_trigger()
        self.env.invalidate_all()

    def test_general_manager_approves_and_requester_uses_it_once(self):
        favour = self.favour()
        approval = self.ask(favour)
        self.assertEqual((approval.state, approval.requester_id), ("pending", self.li))
        self.rpc(self.he, "sales.approval", "action_approve", approval.ids)
        self.assertEqual((approval.state, approval.decision_ids.user_id), ("approved", self.he))
        self.assertEqual(favour.heard, 1)
        self.use(favour)
        self.assertEqual(approval.state, "used")
        with self.assertRaisesRegex(UserError, "ask for it first"):
            self.use(favour)

    def test_nothing_is_done_without_approval(self):
        favour = self.favour()
        with self.assertRaisesRegex(UserError, "needs an approval: Favour"):
            self.use(favour)
        self.ask(favour)
        with self.assertRaisesRegex(UserError, "to be decided by He Ping, Lu Yun"):
            self.use(favour)

    def test_refusal_needs_a_reason_and_reaches_the_requester(self):
        favour = self.favour()
        approval = self.ask(favour)
        wizard = self.env["sales.approval.refusal"].with_user(self.he)
        wizard.create({"approval_ids": approval.ids, "note": "Too far away"}).action_apply()
        self.assertEqual((approval.state, approval.status_note), ("refused", "Too far away"))
        told = self.env["mail.notification"].search([("res_partner_id", "=", self.li.partner_id.id)], limit=1)
        self.assertIn("Too far away", told.mail_message_id.body)
        with self.assertRaisesRegex(UserError, "ask for it first"):
            self.use(favour)

    def test_change_of_a_line_lapses_request_and_approval(self):
        for decide in (False, True):
            favour = self.favour()
            approval = self.ask(favour)
            if decide:
                approval.with_user(self.he).action_approve()
            favour.line_ids[0].with_user(self.li).amount += 1
            self.env.flush_all()
            self.assertEqual((approval.state, approval.status_note), ("lapsed", "What was asked has changed."))
            favour.line_ids[0].amount -= 1
            self.env.flush_all()
            self.assertEqual(approval.state, "lapsed", "changing it back revives nothing")

    def test_swapping_amounts_between_lines_lapses_though_the_total_is_the_same(self):
        favour = self.favour()
        approval = self.ask(favour)
        favour.line_ids[0].amount, favour.line_ids[1].amount = 40, 60
        self.env.flush_all()
        self.assertEqual((favour.amount, approval.state), (100, "lapsed"))

    def test_added_and_removed_lines_lapse(self):
        for change in (
            lambda favour: favour.line_ids[0].unlink(),
            lambda favour: favour.write({"line_ids": [Command.create({"name": "third", "amount": 0})]}),
        ):
            favour = self.favour()
            approval = self.ask(favour)
            change(favour)
            self.env.flush_all()
            self.assertEqual(approval.state, "lapsed")

    def test_what_was_not_asked_for_may_change(self):
        favour = self.favour()
        approval = self.ask(favour)
        favour.note = "Call the driver"
        self.env.flush_all()
        self.assertEqual(approval.state, "pending")

    def test_change_behind_the_orm_is_found_when_the_approval_is_used(self):
        favour = self.favour()
        self.ask(favour).with_user(self.he).action_approve()
        self.env.flush_all()
        self.env.cr.execute("UPDATE sales_test_favour_line SET amount = 9000")
        self.env.invalidate_all()
        with self.assertRaisesRegex(UserError, "ask for it first"):
            self.use(favour)

    def test_deleted_subject_lapses(self):
        favour = self.favour()
        approval = self.ask(favour)
        favour.unlink()
        self.assertEqual(approval.state, "lapsed")

    def test_request_lapses_by_the_clock_with_all_jobs_stopped(self):
        favour = self.favour()
        approval = self.ask(favour)
        self.pass_days(3)
        self.assertEqual(approval.state, "pending", "until the end of the third day")
        self.pass_days(1)
        self.assertEqual((approval.state, approval.status), ("lapsed", "pending"))
        self.assertIn(approval, self.env["sales.approval"].search([("state", "=", "lapsed")]))
        self.assertNotIn(approval, self.env["sales.approval"].search([("state", "=", "pending")]))
        self.assertRefused(UserError, self.he, "sales.approval", "action_approve", approval.ids)
        self.ask(favour)

    def test_validity_counts_anew_from_the_decision(self):
        approval = self.ask(self.favour())
        self.pass_days(2)
        approval.with_user(self.he).action_approve()
        self.pass_days(3)
        self.assertEqual(approval.state, "approved")
        self.pass_days(1)
        self.assertEqual(approval.state, "lapsed")

    def test_shorter_limit_of_the_requester_holds_after_the_decision_too(self):
        limit = fields.Datetime.now() + timedelta(days=1)
        approval = self.ask(self.favour(), valid_until=limit)
        approval.with_user(self.he).action_approve()
        self.assertEqual(approval.valid_until, limit)

    def test_large_amount_needs_a_second_person(self):
        favour = self.favour(20000)
        approval = self.ask(favour)
        approval.with_user(self.he).action_approve()
        self.assertEqual((approval.state, favour.heard), ("pending", 0))
        self.assertRefused(UserError, self.he, "sales.approval", "action_approve", approval.ids)
        approval.with_user(self.lu).action_approve()
        self.assertEqual((approval.state, favour.heard), ("approved", 1))

    def test_second_person_can_still_refuse(self):
        approval = self.ask(self.favour(20000))
        approval.with_user(self.he).action_approve()
        approval.with_user(self.lu)._decide("refused", "No")
        self.assertEqual(approval.state, "refused")

    def test_amount_in_foreign_currency_finds_its_band(self):
        currency = self.env["res.currency"].create(
            {
                "name": "TST",
                "symbol": "T",
                "rate_ids": [Command.create({"name": "2026-01-01", "rate": 0.1, "company_id": self.company.id})],
            }
        )
        self.kind.currency_id = currency
        approval = self.ask(self.favour(99000.0))
        self.assertEqual(approval.persons_needed, 1)
        approval = self.ask(self.favour(100000.0))
        self.assertEqual(approval.persons_needed, 2)

    def test_own_company_comes_before_the_general_kind(self):
        own = self.kind.copy({"company_id": self.company.id, "name": "Ours", "sequence": 99})
        self.assertEqual(self.ask(self.favour()).kind_id, own)

    def test_question_that_nobody_decides_says_what_to_do(self):
        self.kind.active = False
        with self.assertRaisesRegex(UserError, "A policy officer names the deciders"):
            self.ask(self.favour())

    def test_same_question_is_not_asked_twice(self):
        favour = self.favour()
        self.ask(favour)
        with self.assertRaisesRegex(UserError, "asked by Li Wei"):
            self.ask(favour, by=self.wang)

    def test_request_without_reason_is_refused(self):
        with self.assertRaisesRegex(UserError, "give a reason"):
            self.favour().with_user(self.li)._approval_request(QUESTION, "  ")

    def test_withdrawn_request_cannot_be_approved(self):
        approval = self.ask(self.favour())
        self.rpc(self.li, "sales.approval", "action_withdraw", approval.ids)
        self.assertEqual(approval.state, "withdrawn")
        self.assertRefused(UserError, self.he, "sales.approval", "action_approve", approval.ids)

    def test_substitute_decides_in_the_name_of_the_absent(self):
        approval = self.ask(self.favour())
        self.assertFalse(approval.with_user(self.manager).has_access("read"))
        self.env["sales.approval.substitute"].with_user(self.he).create(
            {
                "absent_id": self.he.id,
                "user_id": self.manager.id,
                "date_from": fields.Datetime.now(),
                "date_to": fields.Datetime.now() + timedelta(days=1),
            }
        )
        self.env.invalidate_all()
        self.rpc(self.manager, "sales.approval", "action_approve", approval.ids)
        decision = approval.decision_ids
        self.assertEqual((decision.user_id, decision.on_behalf_of_id), (self.manager, self.he))

    def test_substitution_ends_by_the_clock(self):
        self.env["sales.approval.substitute"].create(
            {
                "absent_id": self.he.id,
                "user_id": self.manager.id,
                "date_from": fields.Datetime.now(),
                "date_to": fields.Datetime.now() + timedelta(days=1),
            }
        )
        approval = self.ask(self.favour())
        self.assertTrue(approval.with_user(self.manager).can_decide)
        self.pass_days(1)
        self.assertFalse(approval.with_user(self.manager).can_decide)

    def test_mixed_list_is_decided_where_possible_and_the_rest_is_named(self):
        mine = self.ask(self.favour(name="Mine"), by=self.he)
        changed = self.ask(self.favour(name="Changed"))
        self.env.flush_all()
        self.env.cr.execute("UPDATE sales_test_favour_line SET amount = 7 WHERE favour_id = %s", [changed.res_id])
        self.env.invalidate_all()
        good = self.ask(self.favour(name="Good")) | self.ask(self.favour(name="Better"))
        answer = self.rpc(self.he, "sales.approval", "action_approve", (mine | changed | good).ids)
        self.assertEqual(set(good.mapped("state")), {"approved"})
        self.assertEqual((mine.state, changed.state), ("pending", "lapsed"))
        message = answer["params"]["message"]
        for text in ("2 approved", "you asked for this yourself", "has changed since"):
            self.assertIn(text, message)

    def test_deciders_get_an_activity_that_goes_when_it_is_decided(self):
        approval = self.ask(self.favour())
        activities = self.env["mail.activity"].search([("res_model", "=", "sales.approval")])
        self.assertEqual(activities.filtered(lambda a: a.res_id == approval.id).user_id, self.he | self.lu)
        approval.with_user(self.he).action_approve()
        self.assertFalse(activities.exists().filtered(lambda a: a.res_id == approval.id))

    def test_each_step_shows_on_the_subject_in_one_line(self):
        favour = self.favour()
        approval = self.ask(favour)
        approval.with_user(self.he).action_approve()
        self.use(favour)
        lines = favour.message_ids.sorted("id").mapped("preview")
        for line, text in zip(
            lines[-3:], ("Approval asked: Favour", "Approved by He Ping", "Approval used"), strict=True
        ):
            self.assertIn(text, line)

    def test_reminder_before_the_end_comes_once_and_to_the_right_people(self):
        pending, approved = self.ask(self.favour()), self.ask(self.favour())
        approved.with_user(self.he).action_approve()
        Notification = self.env["mail.notification"]
        self.announce()
        self.assertFalse(pending.reminded)
        self.pass_days(2)
        before = Notification.search([])
        self.announce()
        self.announce()
        told = Notification.search([]) - before
        self.assertEqual(told.res_partner_id, (self.he | self.lu | self.li).partner_id)
        self.assertEqual(len(told), 3)

    def test_job_writes_down_what_the_clock_has_ended(self):
        approval = self.ask(self.favour())
        self.pass_days(5)
        self.announce()
        self.assertEqual(approval.status, "lapsed")
        self.assertFalse(
            self.env["mail.activity"].search([("res_model", "=", "sales.approval"), ("res_id", "=", approval.id)])
        )

    def test_desk_counts_what_is_mine_to_decide(self):
        self.ask(self.favour() | self.favour())
        self.ask(self.favour(), by=self.he)
        kind = self.kind
        self.assertEqual(kind.with_user(self.he).to_decide_count, 2)
        self.assertEqual(kind.with_user(self.lu).to_decide_count, 3)
        self.assertEqual((kind.with_user(self.li).to_decide_count, kind.with_user(self.li).requested_count), (0, 2))
        self.assertEqual(kind.with_user(self.he).expiring_count, 0)
        self.pass_days(2)
        self.assertEqual(kind.with_user(self.he).expiring_count, 2)

    def test_asked_text_tells_header_and_lines(self):
        approval = self.ask(self.favour())
        self.assertIn("Free transport", approval.asked)
        self.assertIn("first, second", approval.asked)

    def test_copy_of_a_subject_takes_no_approval_along(self):
        favour = self.favour()
        self.ask(favour).with_user(self.he).action_approve()
        self.assertFalse(favour.copy().approval_ids)

    def test_deciding_ten_takes_as_many_queries_as_deciding_two(self):
        counts = []
        for number in (2, 2, 10, 40):  # the first round warms up
            approvals = self.ask(self.env["sales.test.favour"].union(*(self.favour() for _n in range(number))))
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.cr.sql_log_count
            approvals.with_user(self.he).action_approve()
            self.env.flush_all()
            counts.append(self.cr.sql_log_count - start)
        self.assertEqual(len(set(counts[1:])), 1, counts)

    def test_list_of_many_takes_as_many_queries_as_of_few(self):
        counts = []
        for number in (2, 2, 30):
            approvals = self.ask(self.env["sales.test.favour"].union(*(self.favour() for _n in range(number))))
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.cr.sql_log_count
            approvals.with_user(self.he).read(["state", "can_decide", "decider_names", "is_expiring", "subject_name"])
            counts.append(self.cr.sql_log_count - start)
        self.assertEqual(len(set(counts[1:])), 1, counts)
