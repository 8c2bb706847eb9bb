# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo.addons.sales_policy.tests.attack import REFUSED
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .people import AgreementCommon


class InspectionCommon(AgreementCommon):
    """Sun Li manages the sales department, in which Li Wei works; she inspects it every three months."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.head = cls.env["hr.employee"].create({"name": "Sun Li", "user_id": cls.leader.id})
        cls.department = cls.env["hr.department"].create({"name": "Sales", "manager_id": cls.head.id})
        cls.employee = cls.env["hr.employee"].create(
            {"name": "Li Wei", "user_id": cls.li.id, "department_id": cls.department.id}
        )

    def plan(self, **values):
        return (
            self.env["sales.confidentiality.inspection"]
            .with_user(self.officer)
            .create(
                {
                    "department_id": self.department.id,
                    "inspector_id": self.leader.id,
                    "planned_date": "2026-05-04",
                    **values,
                }
            )
        )

    def inspect(self, inspection, finding="Price list at the printer"):
        """Look at every point as the inspector; the first one is a finding."""
        lines = inspection.line_ids.with_user(self.leader)
        lines.write({"result": "fine"})
        if finding:
            lines[0].write({"result": "finding", "finding": finding, "due_date": "2026-05-10"})
        inspection.with_user(self.leader).action_done()


@tagged("post_install", "-at_install")
class TestInspection(InspectionCommon):
    def test_inspection_is_planned_carried_out_and_corrected_and_the_next_one_planned(self):
        inspection = self.plan()
        self.assertEqual((inspection.state, len(inspection.line_ids)), ("planned", 5))
        with self.assertRaisesRegex(UserError, "each point"):
            inspection.with_user(self.leader).action_done()
        self.inspect(inspection)
        self.assertEqual(inspection.state, "found")
        following = inspection.search([("done_date", "=", False), ("department_id", "=", self.department.id)])
        self.assertEqual(str(following.planned_date), "2026-08-04")
        inspection.line_ids[0].with_user(self.leader).action_corrected()
        self.assertEqual(inspection.state, "done")

    def test_inspection_that_was_not_carried_out_shows_and_is_announced_once(self):
        inspection = self.plan()
        self.pass_days(1)
        self.assertEqual(inspection.state, "late")
        cron = self.env.ref("sales_confidentiality.ir_cron_sales_confidentiality_inspection_remind")
        for _time in range(2):
            with self.enter_registry_test_mode():
                cron.method_direct_trigger()
        self.env.invalidate_all()
        told = self.env["mail.notification"].search([("mail_message_id.model", "=", inspection._name)])
        self.assertEqual(told.res_partner_id, self.leader.partner_id)
        self.assertEqual(len(told), 1)

    def test_file_of_the_department_tells_everything_on_one_page(self):
        self.clear(self.li)
        self.signed(self.li)
        self.inspect(self.plan())
        report = self.env["ir.actions.report"].with_user(self.officer)
        html, _kind = report._render_qweb_html("sales_confidentiality.department_file", self.department.ids)
        for text in ("Li Wei", "Letter of Commitment", "Customers", "Price list at the printer", "not corrected"):
            self.assertIn(text, html.decode())


@tagged("post_install", "-at_install")
class TestInspectionAttacks(InspectionCommon):
    def test_nobody_but_officers_prints_the_file(self):
        for user in (self.li, self.leader, self.manager, self.env.ref("base.user_demo", False) or self.clerk):
            report = self.env["ir.actions.report"].with_user(user)
            for env_report in (report, report.sudo()):
                with self.assertRaises(AccessError):
                    env_report._render_qweb_html("sales_confidentiality.department_file", self.department.ids)

    def test_finished_inspection_stays_as_it_is(self):
        inspection = self.plan()
        self.inspect(inspection)
        line = inspection.line_ids[0]
        for user in (self.leader, self.officer, self.env.ref("base.user_admin")):
            self.assertRefused(REFUSED, user, line._name, "write", line.ids, {"result": "fine"})
            self.assertRefused(REFUSED, user, line._name, "write", line.ids, {"corrected_date": "2026-05-04 02:00:00"})
            self.assertRefused(REFUSED, user, line._name, "unlink", line.ids)
            self.assertRefused(REFUSED, user, inspection._name, "unlink", inspection.ids)
            self.assertRefused(REFUSED, user, inspection._name, "write", inspection.ids, {"done_date": False})

    def test_only_the_inspector_enters_and_only_officers_plan(self):
        inspection = self.plan()
        line = inspection.line_ids[0]
        for user in (self.li, self.manager):
            self.assertRefused(REFUSED, user, line._name, "write", line.ids, {"result": "fine"})
            self.assertRefused(REFUSED, user, line._name, "action_corrected", line.ids)
            self.assertRefused(REFUSED, user, inspection._name, "action_done", inspection.ids)
        self.assertRefused(REFUSED, self.officer, inspection._name, "action_done", inspection.ids)
        for values in ({"inspector_id": self.li.id}, {"planned_date": "2027-01-01"}):
            self.assertRefused(AccessError, self.leader, inspection._name, "write", inspection.ids, values)
        values = {"department_id": self.department.id, "inspector_id": self.leader.id}
        self.assertRefused(AccessError, self.leader, inspection._name, "create", [values])
        done = self.plan(planned_date="2026-05-04")
        self.assertFalse(
            self.env[done._name]
            .with_user(self.officer)
            .create([{**values, "done_date": "2026-05-04 02:00:00"}])
            .done_date
        )
