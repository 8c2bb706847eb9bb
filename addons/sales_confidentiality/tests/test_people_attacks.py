# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo.addons.sales_policy.tests.attack import REFUSED
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import ConfidentialityCommon
from .people import PDF, PEN, AgreementCommon
from .test_inspection import InspectionCommon

SUSPENSION = "sales.confidentiality.suspension"
INCIDENT = "sales.confidentiality.incident"


@tagged("post_install", "-at_install")
class TestSigningAttacks(AgreementCommon):
    """Who signs is who was asked, whatever became of the contacts since (CON-3)."""

    def test_contact_of_a_partner_merged_into_a_colleague_signs_nothing(self):
        self.li.group_ids += self.env.ref("base.group_partner_manager")
        buyer = self.env["res.partner"].create(
            {"name": "Buyer", "parent_id": self.customer.id, "email": self.li.partner_id.email}
        )
        paper = self.ask(buyer, self.nda)
        values = {"partner_ids": [Command.set((buyer | self.li.partner_id).ids)]}
        wizard = self.env["base.partner.merge.automatic.wizard"].with_user(self.li)
        wizard.create({**values, "dst_partner_id": self.li.partner_id.id}).action_merge()
        self.assertRefused(AccessError, self.li, paper._name, "action_sign", paper.ids, "Buyer", PEN)
        self.li.partner_id.parent_id = self.customer
        self.assertRefused(AccessError, self.li, paper._name, "action_sign", paper.ids, "Buyer", PEN)
        self.assertFalse(paper._partners_bound(self.customer, self.company))

    def test_buyer_who_moved_to_another_company_does_not_bind_the_former_one(self):
        paper = self.ask(self.portal.partner_id, self.nda)
        self.portal.partner_id.parent_id = self.other_customer
        with self.assertRaises(AccessError):
            self.rpc_sign(paper, self.portal)
        self.rpc_sign(self.ask(self.portal.partner_id, self.nda), self.portal)
        self.assertEqual(paper._partners_bound(self.customer | self.other_customer, self.company), self.other_customer)

    def test_who_got_an_account_later_is_asked_anew(self):
        contact = self.env["res.partner"].create({"name": "Gao"})
        former = self.ask(contact)
        gao = self._user("gao", "Gao")
        gao.partner_id = contact
        self.assertRefused(AccessError, gao, former._name, "action_sign", former.ids, "Gao", PEN)
        self.company.confidentiality_agreement_needed = True
        self.clear(gao)
        self.rpc(self.officer, former._name, "action_renew", former.ids)
        asked = former.search([("user_id", "=", gao.id)])
        self.rpc(gao, asked._name, "action_sign", asked.ids, "Gao", PEN)
        self.assertEqual(self.cleared(gao), gao)

    def test_day_of_the_paper_is_a_day_where_the_company_is(self):
        self.company.resource_calendar_id.tz = "America/Los_Angeles"  # where it is Sunday evening
        paper = self.ask(self.customer, self.nda)
        for day in ("2026-05-02", "2026-05-04", "soon"):
            self.assertRefused(
                UserError, self.officer, paper._name, "action_record_paper", paper.ids, PDF, "x.pdf", day
            )
        step = self.rpc(self.officer, "sales.confidentiality.agreement.step", "default_get", ["date"])
        self.rpc(self.officer, paper._name, "action_record_paper", paper.ids, PDF, "x.pdf", step["date"])
        self.assertEqual(paper.state, "valid")

    def test_name_that_is_none_is_refused(self):
        asked = self.ask(self.li.partner_id)
        for name in (5, ["Li Wei"], False):
            self.assertRefused(UserError, self.li, asked._name, "action_sign", asked.ids, name, PEN)


@tagged("post_install", "-at_install")
class TestOfficerAttacks(ConfidentialityCommon):
    """An officer who is also concerned: by a suspension, by a leak, by the order of levels (CON-2, CON-9)."""

    def suspend(self, user, **values):
        return self.env[SUSPENSION].with_user(self.deputy).create({"user_id": user.id, "reason": "Leak", **values})

    def report(self):
        self.env["sales.confidentiality.report"].with_user(self.wang).create({"what": "A list"}).action_report()
        return self.env[INCIDENT].search([], limit=1)

    def test_nobody_takes_back_the_own_suspension_before_it_begins(self):
        planned = self.suspend(self.officer, date_from="2026-05-10 00:00:00")
        for method in ("unlink", "action_lift"):
            self.assertRefused(AccessError, self.officer, SUSPENSION, method, planned.ids)
        self.rpc(self.deputy, SUSPENSION, "action_lift", planned.ids)
        self.assertEqual(planned.date_to, planned.date_from)

    def test_suspensions_are_not_back_dated_nor_prolonged_afterwards(self):
        former = self.suspend(self.li, date_from="2020-01-01 00:00:00")
        self.assertEqual(former.date_from.year, 2026)
        self.rpc(self.deputy, SUSPENSION, "write", former.ids, {"date_to": "2020-01-01 00:00:00"})
        self.assertEqual(former.date_to, former.date_from)
        self.pass_days(1)
        for until in (False, "2026-06-01 00:00:00"):
            self.assertRefused(UserError, self.deputy, SUSPENSION, "write", former.ids, {"date_to": until})
        running = self.suspend(self.li)
        self.rpc(self.deputy, SUSPENSION, "write", running.ids, {"date_to": "2026-06-01 00:00:00"})
        self.assertEqual(running.date_to.month, 6)

    def test_temporary_grant_sleeps_with_the_clearances(self):
        field = self.env["ir.model.fields"]._get("res.partner", "phone")
        rule = self.env["sales.confidentiality.rule"].create(
            {
                "name": "Phone",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "field_ids": [Command.set(field.ids)],
                "category_id": self.customer_data.id,
                "level_id": self.secret.id,
                "mode": "hide",
                "need_to_know": "none",
                "scope": "customers",
            }
        )
        self.addCleanup(rule._unregister_hook)
        values = {"rule_id": rule.id, "record_ids": str(self.customer.id), "reason": "A call"}
        grant = self.env["sales.confidentiality.grant"].with_user(self.wang).create(values)
        grant.sudo().write({"date_from": "2026-05-04 01:00:00", "date_to": "2026-05-05 01:00:00"})

        def phone():
            self.env.invalidate_all()
            return self.rpc(self.wang, "res.partner", "read", self.customer.ids, ["phone"])[0]["phone"]

        self.assertTrue(phone())
        suspension = self.suspend(self.wang)
        self.assertFalse(phone())
        self.rpc(self.officer, SUSPENSION, "action_lift", suspension.ids)
        self.assertTrue(phone())

    def test_officer_who_is_named_is_told_nothing_more(self):
        incident = self.report()
        comment = {"message_type": "comment", "subtype_xmlid": "mail.mt_comment"}
        for officer in (self.deputy, self.officer):
            self.rpc(officer, INCIDENT, "message_post", incident.ids, body="I look", **comment)
        self.rpc(self.officer, INCIDENT, "write", incident.ids, {"concerned_user_ids": [Command.link(self.deputy.id)]})
        self.rpc(self.officer, INCIDENT, "message_post", incident.ids, body="It was Tao", **comment)
        [last] = self.env["mail.message"].search([("model", "=", INCIDENT), ("body", "ilike", "It was")])
        self.assertFalse(last.notified_partner_ids)
        self.assertRefused(AccessError, self.deputy, "mail.message", "read", last.ids, ["body"])
        self.assertEqual(incident.message_partner_ids, self.officer.partner_id)

    def test_what_was_found_before_can_be_read_after_it_was_changed(self):
        self.env = self.env(context={**self.env.context, "tracking_disable": False})
        incident = self.report().with_env(self.env).with_user(self.officer)
        for values in ({"findings": "Li Wei sent it", "concerned_user_ids": [Command.set(self.li.ids)]},):
            incident.write(values)
            self.cr.flush()
        incident.write({"findings": "Nobody", "concerned_user_ids": [Command.clear()]})
        self.cr.flush()
        changes = incident.sudo().message_ids.tracking_value_ids
        self.assertIn("Li Wei sent it", changes.mapped("old_value_text"))
        self.assertIn("Li Wei", changes.mapped("old_value_char"))

    def test_leak_reported_in_a_company_without_officers_is_read_all_the_same(self):
        branch = self.env["res.company"].create({"name": "Branch"})
        self.wang.write({"company_ids": [Command.link(branch.id)], "company_id": branch.id})
        incident = self.report()
        self.assertEqual(incident.company_id, self.company)
        self.rpc(self.officer, INCIDENT, "action_begin", incident.ids)

    def test_nobody_is_cleared_by_another_order_of_levels(self):
        level = "sales.confidentiality.level"
        self.clear(self.officer, by=self.deputy)
        for values in ({"sequence": 9999}, {"sequence": self.secret.sequence + 1}):
            self.assertRefused(UserError, self.officer, level, "write", self.confidential.ids, values)
        self.rpc(self.officer, level, "write", self.confidential.ids, {"name": "Close", "sequence": 20})
        self.rpc(self.officer, level, "create", [{"name": "Board", "code": "board", "sequence": 40}])
        self.assertFalse(self.cleared(self.officer, level=self.secret))

    def test_nobody_keeps_the_clearance_of_the_own_group(self):
        members = (self.officer | self.li).ids
        group = self.env["res.groups"].create({"name": "Key accounts", "user_ids": [Command.set(members)]})
        clearance = self.clear(group, by=self.deputy)
        values = {"clearance_id": clearance.id, "decision": "keep", "reason": "Needed"}
        self.assertRefused(AccessError, self.officer, "sales.confidentiality.review", "create", [values])
        self.rpc(self.deputy, "sales.confidentiality.review", "create", [values])


@tagged("post_install", "-at_install")
class TestInspectionEvidence(InspectionCommon):
    """What an inspector has found stays, whoever does not like it (CON-10)."""

    def test_officer_neither_rewrites_nor_removes_what_the_inspector_found(self):
        inspection = self.plan()
        line = inspection.line_ids[0]
        found = {"result": "finding", "finding": "Price list at the printer"}
        self.rpc(self.leader, line._name, "write", line.ids, found)
        self.assertRefused(REFUSED, self.officer, line._name, "write", line.ids, {"result": "fine"})
        self.assertRefused(REFUSED, self.officer, line._name, "unlink", line.ids)
        self.assertRefused(REFUSED, self.officer, inspection._name, "unlink", inspection.ids)
        added = {"inspection_id": inspection.id, "name": "Shelves"}
        self.assertRefused(REFUSED, self.officer, line._name, "create", [{**added, "result": "fine"}])
        [added] = self.rpc(self.officer, line._name, "create", [added])
        self.rpc(self.officer, line._name, "unlink", added)
        self.rpc(self.officer, inspection._name, "unlink", self.plan().ids)

    def test_inspection_is_not_born_finished(self):
        values = {"department_id": self.department.id, "inspector_id": self.officer.id, "planned_date": "2026-01-01"}
        forged = {"default_done_date": "2026-01-02 00:00:00", "default_done_by": self.leader.id}
        for result in (False, "fine"):
            context = {**forged, "default_result": result}
            [born] = self.rpc(self.officer, "sales.confidentiality.inspection", "create", [values], context=context)
            inspection = self.env["sales.confidentiality.inspection"].browse(born)
            self.assertEqual((inspection.state, any(inspection.line_ids.mapped("result"))), ("late", False))

    def test_it_is_due_on_the_day_of_the_company(self):
        self.frozen.move_to("2026-05-04 17:00:00")  # Tuesday in Shanghai
        self.assertEqual(self.plan(planned_date="2026-05-04").state, "late")
        due = self.plan(planned_date="2026-05-05")
        with self.enter_registry_test_mode():
            self.env.ref(
                "sales_confidentiality.ir_cron_sales_confidentiality_inspection_remind"
            ).method_direct_trigger()
        self.env.invalidate_all()
        self.assertTrue(due.reminded_date)
