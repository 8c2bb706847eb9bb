# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from .approval_common import QUESTION, ApprovalCommon

REFUSED = (AccessError, UserError, ValidationError)


@tagged("post_install", "-at_install")
class TestApprovalAttacks(ApprovalCommon):
    """Everybody tries to get a yes that nobody gave."""

    def setUp(self):
        super().setUp()
        self.subject = self.favour()
        self.approval = self.ask(self.subject)
        self.everybody = self.li | self.wang | self.manager | self.officer | self.accountant | self.clerk | self.portal
        self.env.flush_all()

    def assertStillPending(self):
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual((self.approval.state, self.approval.decision_ids.ids), ("pending", []))
        with self.assertRaises(UserError):
            self.subject.with_user(self.li)._approval_check(QUESTION)

    def test_only_the_role_decides(self):
        for user in self.everybody:
            self.assertRefused(REFUSED, user, "sales.approval", "action_approve", self.approval.ids)
            self.assertRefused(
                REFUSED, user, "sales.approval", "action_approve", self.approval.ids, context={"uid": self.he.id}
            )
        self.assertStillPending()

    def test_refusal_wizard_is_no_side_door(self):
        for user in self.everybody - self.portal:
            with self.assertRaises(UserError), self.cr.savepoint():
                wizard = self.env["sales.approval.refusal"].with_user(user)
                wizard.create({"approval_ids": self.approval.ids, "note": "No"}).action_apply()
            self.env.invalidate_all()
        self.assertStillPending()

    def test_nobody_writes_creates_or_deletes(self):
        forged = {
            "kind_id": self.kind.id,
            "usage": QUESTION,
            "band_id": self.kind.band_ids[0].id,
            "persons_needed": 1,
            "res_model": self.subject._name,
            "res_id": self.subject.id,
            "subject_name": "x",
            "company_id": self.company.id,
            "currency_id": self.company.currency_id.id,
            "requester_id": self.wang.id,
            "request_date": fields.Datetime.now(),
            "reason": "x",
            "fingerprint": "x",
            "valid_until": fields.Datetime.now(),
            "remind_date": fields.Datetime.now(),
            "status": "approved",
            "status_date": fields.Datetime.now(),
        }
        decision = {"approval_id": self.approval.id, "user_id": self.he.id, "verdict": "approved"}
        for user in self.everybody | self.he:
            for values in ({"status": "approved"}, {"state": "approved"}, {"amount": 1}, {"valid_until": "2030-01-01"}):
                self.assertRefused(REFUSED, user, "sales.approval", "write", self.approval.ids, values)
            self.assertRefused(REFUSED, user, "sales.approval", "create", [forged])
            self.assertRefused(REFUSED, user, "sales.approval", "unlink", self.approval.ids)
            self.assertRefused(REFUSED, user, "sales.approval", "copy", self.approval.ids)
            self.assertRefused(REFUSED, user, "sales.approval.decision", "create", [decision])
        self.assertStillPending()

    def test_private_steps_cannot_be_called(self):
        for method in ("_decide", "_settle", "_close", "_evidence_write", "_lock", "_cron_announce", "_lapse_changed"):
            self.assertRefused(REFUSED, self.he, "sales.approval", method, self.approval.ids)
        for method in ("_approval_use", "_approval_request", "_approval_decided"):
            self.assertRefused(REFUSED, self.li, self.subject._name, method, self.subject.ids)
        self.assertStillPending()

    def test_subject_takes_no_approval_through_its_own_fields(self):
        for values in (
            {"approval_ids": [Command.update(self.approval.id, {"status": "approved"})]},
            {"approval_ids": [Command.delete(self.approval.id)]},
            {"approval_touch": False},
        ):
            self.assertRefused(REFUSED, self.li, self.subject._name, "write", self.subject.ids, values)
        self.rpc(self.li, self.subject._name, "write", self.subject.ids, {"approval_state": "approved"})
        self.assertStillPending()

    def test_nobody_decides_their_own_request(self):
        own = self.ask(self.favour(), by=self.he)
        self.assertRefused(UserError, self.he, "sales.approval", "action_approve", own.ids)
        self.assertEqual(own.state, "pending")

    def test_substitute_does_not_decide_the_request_of_the_absent(self):
        own = self.ask(self.favour(), by=self.he)
        self.stand_in(self.he, self.manager)
        self.assertRefused(REFUSED, self.manager, "sales.approval", "action_approve", own.ids)
        self.assertEqual(own.state, "pending")

    def test_substitute_and_absent_are_not_two_people(self):
        large = self.ask(self.favour(20000))
        self.stand_in(self.he, self.manager)
        large.with_user(self.manager).action_approve()
        self.assertRefused(UserError, self.he, "sales.approval", "action_approve", large.ids)
        self.assertEqual(large.state, "pending")

    def test_who_profits_does_not_decide_unless_the_kind_says_so(self):
        profitable = self.ask(self.favour(profiteer_id=self.he.id))
        self.assertRefused(UserError, self.he, "sales.approval", "action_approve", profitable.ids)
        self.stand_in(self.he, self.manager)
        self.assertRefused(REFUSED, self.manager, "sales.approval", "action_approve", profitable.ids)
        self.kind.exclude_profiteers = False
        self.rpc(self.he, "sales.approval", "action_approve", profitable.ids)
        self.assertEqual(profitable.state, "approved")

    def test_nobody_appoints_themselves(self):
        period = {"date_from": fields.Datetime.now(), "date_to": fields.Datetime.now() + timedelta(days=9)}
        for user in (self.wang, self.manager, self.officer):
            values = {"absent_id": self.he.id, "user_id": user.id, **period}
            self.assertRefused(REFUSED, user, "sales.approval.substitute", "create", [values])
        own = self.env["sales.approval.substitute"].create({"absent_id": self.he.id, "user_id": self.lu.id, **period})
        for user in (self.wang, self.officer):
            self.assertRefused(REFUSED, user, "sales.approval.substitute", "write", own.ids, {"user_id": user.id})
        harmless = self.env["sales.approval.substitute"].with_user(self.wang)
        harmless = harmless.create({"absent_id": self.wang.id, "user_id": self.li.id, **period})
        self.assertRefused(
            REFUSED, self.wang, "sales.approval.substitute", "write", harmless.ids, {"absent_id": self.he.id}
        )
        for values in (
            {"user_ids": [Command.link(self.officer.id)]},
            {"group_ids": [Command.link(self.ref("base.group_user"))]},
        ):
            self.assertRefused(REFUSED, self.officer, "sales.approval.band", "write", self.kind.band_ids.ids, values)
        for user in (self.wang, self.manager, self.he):
            self.assertRefused(
                REFUSED, user, "sales.approval.band", "write", self.kind.band_ids.ids, {"user_ids": [user.id]}
            )
            self.assertRefused(REFUSED, user, "sales.approval.kind", "write", self.kind.ids, {"validity_days": 900})

    def test_role_counts_at_the_moment_of_deciding(self):
        self.he.group_ids -= self._general_managers()
        self.assertRefused(REFUSED, self.he, "sales.approval", "action_approve", self.approval.ids)
        self.assertStillPending()

    def test_archived_kind_decides_nothing_for_whoever_asks_for_archived_records(self):
        band = {"amount_from": 0, "persons_needed": 1, "user_ids": [Command.link(self.wang.id)]}
        former = self.kind.copy({"name": "Of former times", "sequence": -1, "band_ids": [Command.create(band)]})
        former.active = False
        approval = self.ask(self.favour().with_context(active_test=False))
        self.assertEqual(approval.kind_id, self.kind)

    def test_archived_decider_decides_nothing(self):
        self.he.active = False
        with self.assertRaises(UserError), self.cr.savepoint():
            self.approval.with_user(self.he).action_approve()
        self.env.invalidate_all()
        self.assertStillPending()

    def test_general_manager_of_another_company_decides_nothing(self):
        other = self.env["res.company"].create({"name": "Suzhou branch"})
        stranger = new_test_user(
            self.env,
            "stranger",
            groups="sales_policy.group_general_manager",
            company_id=other.id,
            company_ids=[other.id],
        )
        self.assertRefused(REFUSED, stranger, "sales.approval", "action_approve", self.approval.ids)
        self.assertFalse(self.env["sales.approval"].with_user(stranger).search([]))
        self.assertNotIn("stranger", self.approval.decider_names)
        self.assertStillPending()

    def test_decided_twice_is_refused_and_names_who_decided(self):
        self.approval.with_user(self.he).action_approve()
        with self.assertRaisesRegex(UserError, "approved since .* .He Ping."):
            self.approval.with_user(self.lu).action_approve()
        with self.assertRaises(UserError):
            self.approval.with_user(self.lu)._decide("refused", "Too late")
        self.assertEqual(len(self.approval.decision_ids), 1)

    def test_approval_of_one_subject_does_not_serve_another(self):
        self.approval.with_user(self.he).action_approve()
        with self.assertRaises(UserError):
            self.use(self.favour())
        self.assertEqual(self.approval.state, "approved")

    def test_approval_does_not_serve_another_question(self):
        self.approval.with_user(self.he).action_approve()
        with self.assertRaises(UserError):
            self.subject.with_user(self.li)._approval_use("penalty")

    def test_others_do_not_learn_of_a_request(self):
        for user in self.wang | self.manager | self.clerk | self.accountant:
            Approval = self.env["sales.approval"].with_user(user)
            self.assertFalse(Approval.search([]) & self.approval)
            self.assertFalse(Approval.name_search("Free"))
            self.assertRefused(AccessError, user, "sales.approval", "read", self.approval.ids, ["reason"])
            self.assertRefused(REFUSED, user, "sales.approval", "export_data", self.approval.ids, ["reason"])
        self.assertTrue(self.approval.with_user(self.li).has_access("read"))
        self.assertTrue(self.approval.with_user(self.officer).has_access("read"))

    def test_fingerprint_cannot_be_read(self):
        for user in self.li | self.he | self.officer:
            self.assertRefused(REFUSED, user, "sales.approval", "read", self.approval.ids, ["fingerprint"])

    def test_substitute_of_somebody_of_another_company_decides_nothing(self):
        branch = self.env["res.company"].create({"name": "Suzhou branch"})
        stranger = new_test_user(
            self.env,
            "stranger",
            groups="sales_policy.group_general_manager",
            company_id=branch.id,
            company_ids=[Command.set(branch.ids)],
        )
        self.stand_in(stranger, self.clerk)
        self.assertRefused(REFUSED, self.clerk, "sales.approval", "action_approve", self.approval.ids)
        self.assertFalse(self.approval.with_user(self.clerk).has_access("read"))
        mine = [("is_decider", "=", True)]
        self.assertFalse(self.env["sales.approval"].with_user(self.clerk).search(mine) & self.approval)
        self.assertFalse(self.approval.with_user(self.clerk).sudo().is_decider)
        self.assertNotIn(self.clerk, self.approval._deciders()[self.approval.sudo()])
        self.assertStillPending()
        self.stand_in(self.he, self.clerk)
        self.assertIn(self.approval, self.env["sales.approval"].with_user(self.clerk).search(mine))
        self.assertIn(self.clerk, self.approval._deciders()[self.approval.sudo()])
        self.rpc(self.clerk, "sales.approval", "action_approve", self.approval.ids)
        self.assertEqual(self.approval.decision_ids.on_behalf_of_id, self.he)

    def stand_in(self, absent, substitute):
        return self.env["sales.approval.substitute"].create(
            {
                "absent_id": absent.id,
                "user_id": substitute.id,
                "date_from": fields.Datetime.now(),
                "date_to": fields.Datetime.now() + timedelta(days=1),
            }
        )
