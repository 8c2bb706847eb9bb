# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from .common import SalesPolicyCommon

FACTS = "The lathe for Ningbo left two days late; the forwarder was booked too late."


class PenaltyCommon(SalesPolicyCommon):
    """The sales office of the other tests, with departments and the roles that penalties take.

    Gao, general manager;  Qian, HR;  Feng, policy officer;  Pan, accountant
    Sales (Zhao Min)
    |-- North (Sun Li): Li Wei, Wang Fang
    |-- South (nobody): Chen Jie;  Old Ma, who has no login
    """

    people = {
        "general": ("gao", "Gao", "sales_policy.group_general_manager"),
        "hr": ("qian", "Qian", "hr.group_hr_user"),
        "officer": ("feng", "Feng", "sales_policy.group_policy_officer"),
    }

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.everybody = (
            cls.li | cls.wang | cls.chen | cls.leader | cls.manager | cls.accountant | cls.clerk | cls.portal
        ) | (cls.general | cls.hr | cls.officer)
        Employee = cls.env["hr.employee"].with_context(tracking_disable=True)
        people = cls.manager | cls.leader | cls.li | cls.wang | cls.chen | cls.general | cls.hr
        cls.employees = {
            user: Employee.create({"name": user.name, "user_id": user.id, "company_id": cls.company.id})
            for user in people
        }
        cls.ma = Employee.create({"name": "Old Ma", "company_id": cls.company.id})
        Department = cls.env["hr.department"]
        cls.sales = Department.create({"name": "Sales", "manager_id": cls.employees[cls.manager].id})
        cls.dept_north = Department.create(
            {"name": "North", "parent_id": cls.sales.id, "manager_id": cls.employees[cls.leader].id}
        )
        cls.dept_south = Department.create({"name": "South", "parent_id": cls.sales.id})
        for user, department in (
            (cls.manager, cls.sales),
            (cls.leader, cls.dept_north),
            (cls.li, cls.dept_north),
            (cls.wang, cls.dept_north),
            (cls.chen, cls.dept_south),
        ):
            cls.employees[user].department_id = department
        cls.ma.department_id = cls.dept_south
        cls.rule = cls.env.ref("sales_policy.sales_penalty_rule_shipping_late")
        cls.joint_rule = cls.env.ref("sales_policy.sales_penalty_rule_complaint_quality_serious")
        cls.merit_rule = cls.env.ref("sales_policy.sales_penalty_rule_merit_result")

    def keep_books(self):
        """Let the company put fines in its books."""
        Account = self.env["account.account"]
        names = {
            "sales_penalty_receivable_account_id": ("pen1", "Employees", "asset_current", True),
            "sales_penalty_income_account_id": ("pen2", "Fines", "income_other", False),
            "sales_penalty_recharge_account_id": ("pen3", "Recharged", "income_other", False),
            "sales_penalty_bonus_account_id": ("pen4", "Bonuses", "expense", False),
        }
        self.company.write(
            {
                "sales_penalty_mode": "books",
                "sales_penalty_journal_id": self.env["account.journal"]
                .create({"name": "Penalties", "code": "PENX", "type": "general", "company_id": self.company.id})
                .id,
                **{
                    name: Account.create({"code": code, "name": label, "account_type": kind, "reconcile": reconcile}).id
                    for name, (code, label, kind, reconcile) in names.items()
                },
            }
        )

    def draft(self, user=None, by=None, rule=None, **values):
        """Draft a case about a colleague, as a user would."""
        person = values.pop("employee", None) or self.employees[user or self.li]
        return (
            self.env["sales.penalty"]
            .with_user(by or self.manager)
            .create({"employee_id": person.id, "rule_id": (rule or self.rule).id, "facts": FACTS, **values})
        )

    def proposed(self, *args, **values):
        case = self.draft(*args, **values)
        case.action_propose()
        return case

    def heard(self, *args, **values):
        """Return a case whose hearing is open."""
        case = self.proposed(*args, **values)
        case.with_user(self.hr).action_open_hearing()
        return case

    def asked(self, *args, **values):
        """Return a case that the general manager can decide: nobody answered in time."""
        case = self.heard(*args, **values)
        self.pass_days(10)
        case.action_request_decision()
        return case

    def effective(self, *args, **values):
        """Return a decided case."""
        case = self.asked(*args, **values)
        self.decide(case)
        return case

    def approvals(self, cases):
        return self.env["sales.approval"].search(
            [("res_model", "=", "sales.penalty"), ("res_id", "in", cases.ids), ("state", "=", "pending")]
        )

    def decide(self, cases, by=None, verdict="approved"):
        """Approve or refuse as the general manager would."""
        approvals = self.approvals(cases).with_user(by or self.general)
        if verdict == "approved":
            approvals.action_approve()
        else:
            approvals._decide("refused", "Not proven")
        self.env.invalidate_all()

    def answer(self, case, user, body="The forwarder cancelled; I booked another the same day."):
        """Answer through the small form, as the person concerned would."""
        self.rpc(user, "sales.penalty", "action_answer", case.ids)
        wizard = self.env["sales.penalty.answer"].with_user(user).create({"penalty_id": case.id, "body": body})
        self.rpc(user, "sales.penalty.answer", "action_send", wizard.ids)

    def reason(self, case, by, step, reason="Checked again"):
        """Drop, halt or resume through the wizard."""
        wizard = (
            self.env["sales.penalty.reason"]
            .with_user(by)
            .create({"penalty_ids": [(6, 0, case.ids)], "step": step, "reason": reason})
        )
        wizard.action_apply()
        self.env.invalidate_all()

    def steps(self, case):
        return case.sudo().step_ids.mapped(lambda step: (step.step, step.user_id.name))

    def pass_hours(self, hours):
        self.pass_days(0, hours=hours)
