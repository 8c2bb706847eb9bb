# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

import json

from odoo.addons.sales_confidentiality.shield.guard import forget
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .channel import PHONE, ChannelCommon


@tagged("post_install", "-at_install")
class TestNeedToKnow(ChannelCommon):
    """Whose records somebody without clearance sees all the same (CON-1)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.works, cls.office = cls.env["hr.department"].create([{"name": "Works"}, {"name": "Office"}])
        cls.li_employee, cls.wang_employee, cls.chen_employee = cls.env["hr.employee"].create(
            [
                {"name": user.name, "user_id": user.id, "department_id": department.id}
                for user, department in ((cls.li, cls.works), (cls.wang, cls.works), (cls.chen, cls.office))
            ]
        )

    def assertSees(self, user, is_seen, **context):
        """Check whether a user reads the phone of Li Wei's customer."""
        for times in range(2):
            answer = self.answer(user, "res.partner", "read", self.customer.ids, ["phone"], context=context)
            self.assertEqual(json.loads(answer)[0]["phone"] == PHONE, is_seen, (user.name, context, times))

    def test_team_sees_what_its_members_own(self):
        self.rule(["phone"], "mask", need_to_know="team")
        for user, is_seen in ((self.li, True), (self.wang, True), (self.leader, True), (self.chen, False)):
            self.assertSees(user, is_seen)

    def test_department_sees_what_its_people_own(self):
        self.rule(["phone"], "mask", need_to_know="department")
        for user, is_seen in ((self.li, True), (self.wang, True), (self.leader, False), (self.chen, False)):
            self.assertSees(user, is_seen)
        self.works.manager_id = self.chen_employee
        self.assertSees(self.chen, True)

    def test_who_has_left_the_team_sees_nothing_by_asking_for_archived_records(self):
        self.rule(["phone"], "mask", need_to_know="team")
        self.north.crm_team_member_ids.filtered(lambda member: member.user_id == self.wang).active = False
        for value in (False, None, True):
            forget(self.env)
            self.assertSees(self.wang, False, active_test=value)
        self.assertSees(self.li, True)

    def test_former_employee_of_the_department_sees_nothing_by_asking_for_archived_records(self):
        self.rule(["phone"], "mask", need_to_know="department")
        self.wang_employee.active = False
        for value in (False, None, True):
            forget(self.env)
            self.assertSees(self.wang, False, active_test=value)
        self.assertSees(self.li, True)

    def test_customer_does_not_become_a_colleague_to_be_seen(self):
        self.rule(["phone"], "mask")
        clerk = self._user("hua", "Hua", "hr.group_hr_user,base.group_partner_manager")
        values = {"name": "Ningbo", "work_contact_id": self.customer.id}
        self.assertRefused(AccessError, clerk, "hr.employee", "create", [values])
        employee = self.env["hr.employee"].create({"name": "Somebody"})
        for context in ({}, {"default_work_contact_id": self.customer.id}):
            answer = self.answer(clerk, "hr.employee", "create", [{"name": "Ningbo"}], context=context)
            self.assertEqual(answer is None, bool(context))
            self.assertRefused(
                AccessError, clerk, "hr.employee", "write", employee.ids, {**values, "name": "Ningbo"}, context=context
            )
        self.rpc(clerk, "ir.default", "set", "hr.employee", "work_contact_id", self.customer.id, user_id=True)
        self.assertRefused(AccessError, clerk, "hr.employee", "create", [{"name": "Ningbo"}])
        self.assertSees(clerk, False)
        self.rpc(clerk, "hr.employee", "write", employee.ids, {"work_contact_id": self.li.partner_id.id})
        self.clear(clerk)
        self.rpc(clerk, "hr.employee", "write", employee.ids, values)

    def test_path_names_the_people_who_see_a_record(self):
        self.rule(["phone"], "mask", need_to_know="path", owner_path="buyer_id", scope="all")
        self.assertSees(self.wang, False)
        self.customer.buyer_id = self.wang
        self.assertSees(self.wang, True)
        self.assertSees(self.leader, False)
