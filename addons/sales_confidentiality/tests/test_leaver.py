# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo.addons.sales_policy.tests.attack import REFUSED, HarmlessCommon
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from .people import AgreementCommon


class LeaverCommon(AgreementCommon):
    """Li Wei leaves. He is cleared, owns a customer, and has a laptop. Ma works in HR."""

    people = {"hr": ("ma", "Ma", "hr.group_hr_user")}

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.employee = cls.env["hr.employee"].create({"name": "Li Wei", "user_id": cls.li.id})
        cls.company.confidentiality_leaver_check = "refuse"

    def start(self):
        """Start from the employee as HR would."""
        action = self.employee.with_user(self.hr).action_confidentiality_leaver()
        return self.env["sales.confidentiality.leaver"].with_user(self.hr).browse(action["res_id"])

    def archive(self):
        self.env.invalidate_all()
        with self.cr.savepoint():
            self.li.with_user(self.env.ref("base.user_admin")).action_archive()


@tagged("post_install", "-at_install")
class TestLeaver(LeaverCommon):
    def test_person_leaves_when_everything_is_handed_back(self):
        self.clear(self.li)
        self.register(self.customer, self.li)
        leaver = self.start()
        self.assertEqual(self.start(), leaver)
        self.assertEqual(leaver.outstanding.count("\n"), 4)
        with self.assertRaisesRegex(UserError, "Laptop"):
            self.archive()
        leaver.action_revoke()
        self.assertFalse(self.cleared(self.li))
        leaver.item_ids.action_received()
        self.transfer("leaver", self.wang, from_user_id=self.li.id)
        with self.assertRaisesRegex(UserError, "Deletion"):
            self.archive()
        leaver.action_ask_deletion()
        agreement = self.env["sales.confidentiality.agreement"].search([("kind", "=", "deletion")])
        with self.assertRaisesRegex(UserError, "Deletion"):
            self.archive()
        self.rpc_sign(agreement, self.li)
        self.env.invalidate_all()
        self.assertEqual((leaver.state, leaver.outstanding), ("done", ""))
        self.archive()
        self.assertFalse(self.li.active)

    def test_people_who_hold_nothing_leave_at_once(self):
        self.archive()
        self.assertFalse(self.li.active)

    def test_archiving_the_employee_is_refused_too(self):
        self.clear(self.li)
        with self.assertRaisesRegex(UserError, "clearances"):
            self.employee.with_user(self.hr).with_context(no_wizard=True).action_archive()

    def test_departure_form_is_refused_too(self):
        self.hr.group_ids |= self.env.ref("hr.group_hr_manager")
        self.clear(self.li)
        wizard = (
            self.env["hr.departure.wizard"]
            .with_user(self.hr)
            .with_context(employee_termination=True, active_ids=self.employee.ids)
            .create({"employee_ids": self.employee.ids, "set_date_end": False})
        )
        with self.assertRaisesRegex(UserError, "clearances"):
            wizard.action_register_departure()

    def test_warning_lets_the_person_go_and_tells_the_officers(self):
        self.company.confidentiality_leaver_check = "warn"
        self.clear(self.li)
        self.archive()
        leaver = self.env["sales.confidentiality.leaver"].search([("user_id", "=", self.li.id)])
        self.assertEqual(leaver.state, "open")
        told = self.env["mail.notification"].search([("mail_message_id.model", "=", leaver._name)])
        self.assertIn(self.officer.partner_id, told.res_partner_id)

    def test_nothing_is_checked_until_it_is_switched_on(self):
        self.company.confidentiality_leaver_check = "no"
        self.clear(self.li)
        self.archive()
        self.assertFalse(self.li.active)

    def test_confirmation_of_a_former_time_does_not_count(self):
        self.clear(self.li)
        leaver = self.start()
        leaver.action_revoke()
        leaver.item_ids.action_received()
        leaver.action_ask_deletion()
        self.rpc_sign(self.env["sales.confidentiality.agreement"].search([("kind", "=", "deletion")]), self.li)
        self.pass_days(30)
        self.clear(self.li, date_from="2026-06-01 00:00:00").with_user(self.officer).action_revoke()
        self.assertIn("Deletion", leaver.outstanding)

    def test_who_was_cleared_through_a_group_confirms_deletion_too(self):
        self.assertFalse(self.start()._outstanding(self.wang))
        self.clear(self.env.ref("sales_team.group_sale_salesman"))
        self.assertIn("Deletion", " ".join(self.start()._outstanding(self.wang)[self.wang]))

    def test_confirmation_is_asked_with_the_text_there_is(self):
        text = self.env.ref("sales_confidentiality.sales_confidentiality_agreement_template_deletion")
        other = text.copy({"name": "Nothing kept"})
        text.unlink()
        leaver = self.start()
        leaver.action_ask_deletion()
        asked = self.env["sales.confidentiality.agreement"].search([("kind", "=", "deletion")])
        self.assertEqual((asked.template_id, asked.user_id), (other, self.li))
        other.active = False
        with self.assertRaisesRegex(UserError, "no text"):
            leaver.action_ask_deletion()

    def test_many_people_cost_as_many_queries_as_one(self):
        Leaver = self.env["sales.confidentiality.leaver"]
        people = self.li | self.wang | self.chen | self.leader
        for user in people:
            self.clear(user)
        for _time in range(2):
            Leaver._outstanding(people)
            one = self.queries(lambda: Leaver._outstanding(self.li))
        self.assertLessEqual(self.queries(lambda: Leaver._outstanding(people)), one)


@tagged("post_install", "-at_install")
class TestLeaverAttacks(LeaverCommon, HarmlessCommon):
    def test_leavers_do_not_look_after_themselves(self):
        self.li.group_ids |= self.env.ref("hr.group_hr_user")
        self.clear(self.li)
        leaver = self.start()
        model, items = leaver._name, leaver.item_ids
        self.assertRefused(AccessError, self.li, model, "action_revoke", leaver.ids)
        self.assertRefused(AccessError, self.li, model, "action_ask_deletion", leaver.ids)
        self.assertRefused(AccessError, self.li, items._name, "action_received", items.ids)
        self.assertRefused(REFUSED, self.li, items._name, "unlink", items.ids)
        self.assertRefused(REFUSED, self.li, items._name, "write", items.ids, {"name": "Nothing"})
        self.assertRefused(REFUSED, self.hr, model, "create", [{"user_id": self.hr.id}])

    def test_access_of_people_elsewhere_is_not_ended_here(self):
        branch = self.env["res.company"].create({"name": "Branch"})
        self.hr.write({"company_ids": [Command.set(branch.ids)], "company_id": branch.id})
        model = "sales.confidentiality.leaver"
        for user in (self.wang, self.portal, self.env["res.users"]):
            self.assertRefused(UserError, self.hr, model, "create", [{"user_id": user.id}])
        self.wang.company_ids += branch
        self.env["hr.employee"].create({"name": "Chen Jie", "user_id": self.chen.id, "company_id": branch.id})
        for user in self.wang | self.chen:
            self.rpc(self.hr, model, "create", [{"user_id": user.id}])

    def test_nobody_forges_what_came_back(self):
        leaver = self.start()
        items = leaver.item_ids
        for user in (self.hr, self.officer, self.env.ref("base.user_admin")):
            values = {"returned_date": "2026-05-04 02:00:00"}
            self.assertRefused(REFUSED, user, items._name, "write", items.ids, values)
            self.assertRefused(REFUSED, user, leaver._name, "write", leaver.ids, {"user_id": self.wang.id})
            self.assertRefused(REFUSED, user, leaver._name, "unlink", leaver.ids)
        item = self.rpc(self.hr, items._name, "create", [{"leaver_id": leaver.id, "name": "Phone", **values}])
        self.assertFalse(items.browse(item).returned_date)
        items.action_received()
        self.assertRefused(UserError, self.hr, items._name, "unlink", items.ids)

    def test_strangers_move_nothing(self):
        leaver = self.start()
        self.assertHarmless(
            self.wang | self.manager | self.portal, leaver.sudo(), leaver.item_ids.sudo(), self.employee
        )


@tagged("post_install", "-at_install")
class TestLeaverSessions(LeaverCommon, HttpCase):
    def freeze(self):
        """Leave the clock running: sessions live by it."""

    def test_sessions_end_with_access_and_with_the_account(self):
        for end in (lambda: self.start().action_revoke(), lambda: self.li.sudo().write({"active": False})):
            self.company.confidentiality_leaver_check = "no"
            self.authenticate("li.wei", "li.wei".ljust(8, "x"))
            self.assertNotIn("/web/login", self.url_open("/odoo").url)
            self.env["res.device.log"].sudo().create(
                {
                    "session_identifier": self.session.sid[:42],
                    "user_id": self.li.id,
                    "first_activity": "2026-01-01 00:00:00",
                    "last_activity": "2026-01-01 00:00:00",
                }
            )
            self.env.flush_all()
            end()
            self.env.flush_all()
            self.assertIn("/web/login", self.url_open("/odoo").url)
