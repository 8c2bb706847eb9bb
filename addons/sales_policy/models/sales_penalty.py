# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

# What the proposer writes into a draft, and what can still be lowered after it was proposed.
DRAFT_FIELDS = {"employee_id", "rule_id", "date", "facts", "amount", "loss", "freight", "points", "res_model", "res_id"}
FIGURES = {"amount", "loss", "freight", "points"}


class SalesPenalty(models.Model):
    """One person's penalty or reward, from the proposal to its end (PEN-1, PEN-3, PEN-5).

    Nobody writes the state: it follows from the steps that were taken, each by its role, in the methods of
    ``sales_penalty_flow.py`` and its neighbours. A case is never deleted; one that comes to nothing is dropped.

    Other addons propose through ``_propose``.
    """

    _name = "sales.penalty"
    _description = "Penalty or Reward"
    _inherit = ["sales.evidence.mixin", "sales.approval.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "id desc"
    _mail_post_access = "read"
    _check_company_auto = True

    name = fields.Char("Number", required=True, readonly=True, copy=False)
    employee_id = fields.Many2one(
        "hr.employee", "Person", required=True, index=True, ondelete="restrict", check_company=True
    )
    rule_id = fields.Many2one("sales.penalty.rule", required=True, index=True, ondelete="restrict", check_company=True)
    date = fields.Date("Happened On", required=True, default=fields.Date.context_today)
    facts = fields.Text(required=True, help="What happened, where and when, and how it is known.")
    res_model = fields.Char("Source Model")
    res_id = fields.Many2oneReference("Source ID", model_field="res_model")
    res_name = fields.Char("Source", compute="_compute_res_name", store=True)
    proposer_id = fields.Many2one(
        "res.users", "Proposed By", required=True, index=True, readonly=True, copy=False, ondelete="restrict"
    )

    # The person as of the day of the proposal.
    company_id = fields.Many2one(
        "res.company", compute="_compute_person", store=True, precompute=True, required=True, index=True
    )
    person_user_id = fields.Many2one(
        "res.users", "Login at the Time", compute="_compute_person_user_id", store=True, precompute=True, index=True
    )
    person_name = fields.Char("Name at the Time", compute="_compute_person", store=True, precompute=True)
    department_id = fields.Many2one("hr.department", compute="_compute_person", store=True, precompute=True, index=True)
    department_name = fields.Char("Department at the Time", compute="_compute_person", store=True, precompute=True)
    manager_id = fields.Many2one(
        "hr.employee", "Manager at the Time", compute="_compute_person", store=True, precompute=True
    )
    manager_name = fields.Char("Manager's Name", compute="_compute_person", store=True, precompute=True)

    # The terms as of the day of the proposal.
    rule_name = fields.Char("Rule at the Time", compute="_compute_terms", store=True)
    kind = fields.Selection(selection="_selection_kind", compute="_compute_terms", store=True)
    source = fields.Selection(selection="_selection_source", string="Area", compute="_compute_terms", store=True)
    measure = fields.Selection(selection="_selection_measure", compute="_compute_terms", store=True)
    mode = fields.Selection(selection="_selection_mode", string="Money", compute="_compute_terms", store=True)
    currency_id = fields.Many2one("res.currency", compute="_compute_terms", store=True)
    factor = fields.Integer("Times", compute="_compute_terms", store=True, help="2: repeated, so the band doubles.")
    amount_min = fields.Monetary("Lowest Amount", compute="_compute_terms", store=True)
    amount_max = fields.Monetary("Highest Amount", compute="_compute_terms", store=True)
    points_min = fields.Integer("Fewest Points", compute="_compute_terms", store=True)
    points_max = fields.Integer("Most Points", compute="_compute_terms", store=True)
    charge_loss = fields.Boolean(compute="_compute_terms", store=True)
    charge_freight = fields.Boolean(compute="_compute_terms", store=True)

    amount = fields.Monetary(compute="_compute_amount", store=True, readonly=False)
    points = fields.Integer(compute="_compute_points", store=True, readonly=False)
    loss = fields.Monetary()
    freight = fields.Monetary()
    total = fields.Monetary(compute="_compute_total", store=True)

    principal_id = fields.Many2one(
        "sales.penalty", "Answers For", index="btree_not_null", readonly=True, copy=False, ondelete="restrict"
    )
    joint_ids = fields.One2many("sales.penalty", "principal_id", "Joint Liability", readonly=True)

    @api.model
    def _selection_kind(self):
        return self.env["sales.penalty.rule"]._fields["kind"]._description_selection(self.env)

    @api.model
    def _selection_source(self):
        return self.env["sales.penalty.rule"]._fields["source"]._description_selection(self.env)

    @api.model
    def _selection_measure(self):
        return self.env["sales.penalty.rule"]._fields["measure"]._description_selection(self.env)

    @api.model
    def _selection_mode(self):
        return self.env["res.company"]._fields["sales_penalty_mode"]._description_selection(self.env)

    @api.constrains("date")
    def _check_date(self):
        for case in self:
            if case.date > fields.Date.context_today(case):
                raise ValidationError(self.env._("%(case)s: it cannot have happened in the future.", case=case.name))

    @api.depends("name", "person_name", "rule_name")
    @api.depends_context("uid")
    def _compute_display_name(self):
        # The host shows the name of any linked record as superuser: a case tells who it is about to its readers only.
        readers = self._origin.with_user(self.env.user)._filtered_access("read")
        for case in self:
            parts = [case.person_name, case.rule_name] if case._origin.id in readers._ids else []
            case.display_name = " · ".join(filter(None, [case.name, *parts]))

    @api.depends("res_model", "res_id")
    def _compute_res_name(self):
        for case in self:
            document = case._source_document()
            # The name of a document is no secret to those who may read it, and to nobody else.
            case.res_name = document.display_name if document._filtered_access("read") else False

    @api.depends("employee_id")
    def _compute_person(self):
        # A snapshot: it depends on who the person is, not on what becomes of the person later.
        for case in self:
            person = case.employee_id.sudo()
            department = person.department_id
            manager = department.manager_id
            if manager == person:
                manager = department.parent_id.manager_id
            case.company_id = person.company_id or self.env.company
            case.person_name = person.name
            case.department_id = department
            case.department_name = department.name
            case.manager_id = manager
            case.manager_name = manager.name

    @api.depends("employee_id")
    def _compute_person_user_id(self):
        # A snapshot: who takes a login off the employee does not thereby become a bystander of the own case.
        for case in self:
            case.person_user_id = case.employee_id.sudo().user_id

    @api.depends("rule_id", "employee_id", "principal_id")
    def _compute_terms(self):
        factors = self._repeat_factors()
        for case in self:
            rule, company = case.rule_id, case.company_id.sudo()
            mode = company.sales_penalty_mode or "points"
            factor = factors[case]
            share = rule.joint_share / 100 if case.principal_id else 1
            currency = rule.currency_id or company.currency_id
            money = factor * share if mode != "points" else 0
            case.rule_name = rule.name
            case.kind, case.source, case.mode = rule.kind, rule.source, mode
            # Where there is no money, what would be a fine or bonus is a matter of points.
            case.measure = "points" if mode == "points" and rule.measure in ("fine", "bonus") else rule.measure
            case.currency_id = currency
            case.factor = factor
            case.amount_min = currency.round(rule.amount_min * money) if currency else 0
            case.amount_max = currency.round(rule.amount_max * money) if currency else 0
            case.points_min = int(rule.points_min * factor * share)
            case.points_max = -int(-rule.points_max * factor * share // 1)
            case.charge_loss = rule.charge_loss and bool(money) and not case.principal_id
            case.charge_freight = rule.charge_freight and bool(money) and not case.principal_id

    @api.depends("rule_id", "employee_id", "principal_id")
    def _compute_amount(self):
        for case in self:
            if case.principal_id:
                case.amount = case.principal_id._joint_figures(case.rule_id)[0]
            else:
                case.amount = case.rule_id.amount_default * case.factor if case.mode != "points" else 0

    @api.depends("rule_id", "employee_id", "principal_id")
    def _compute_points(self):
        for case in self:
            if case.principal_id:
                case.points = case.principal_id._joint_figures(case.rule_id)[1]
            else:
                case.points = case.rule_id.points_default * case.factor

    @api.depends("amount", "loss", "freight")
    def _compute_total(self):
        for case in self:
            case.total = case.amount + case.loss + case.freight

    @api.model_create_multi
    def create(self, vals_list):
        """Draft cases; the current user is the proposer.

        :raises AccessError: for values that only the server fills in, or a person the user may not propose about
        :raises ValidationError: for figures outside the band
        """
        if not self.env.su:
            self._check_only(DRAFT_FIELDS, vals_list)
        Sequence = self.env["ir.sequence"].sudo()
        cases = super(SalesPenalty, self.with_context(mail_create_nosubscribe=True)).create(
            [
                {**vals, "name": Sequence.next_by_code("sales.penalty"), "proposer_id": self.env.uid}
                for vals in vals_list
            ]
        )
        cases = cases.with_env(self.env)
        if not self.env.su:
            cases._check_may_propose()
            cases._check_source()
        cases._check_figures()
        self.env["sales.penalty.step"]._stamp(cases, "drafted")
        return cases

    def write(self, vals):
        """Change a draft, or lower the figures of a case that is not decided yet. Nothing else is ever changed.

        :raises AccessError: for people without the role
        :raises UserError: for everything that is not, or no longer, to be changed
        """
        if not self or not vals:
            return super().write(vals)
        if set(vals) <= DRAFT_FIELDS and all(case.state == "draft" for case in self):
            self._check_may_handle()
            self._evidence_write(vals)
            if not self.env.su:
                self._check_may_propose()
                if {"res_model", "res_id"} & set(vals):
                    self._check_source()
            self._check_figures()
            return True
        if set(vals) <= FIGURES and all(case.state in ("proposed", "hearing") for case in self):
            self._check_may_handle()
            self._check_not_halted()
            return self._lower(vals)
        return super().write(vals)

    def onchange(self, values, field_names, fields_spec):
        """Work out the terms only for people who may propose: they tell whether somebody has a case already."""
        person = values.get("employee_id")
        if person and not self.env.su:
            self.check_access("write")
            self.new({"employee_id": int(person)})._check_may_propose()
        return super().onchange(values, field_names, fields_spec)

    def message_subscribe(self, partner_ids=None, subtype_ids=None):
        """Let nobody follow a case: each person is told what concerns them, and nothing else."""
        return True

    def action_open_source(self):
        """Open the document that gave rise to the case, for those who may read it."""
        self.ensure_one()
        document = self._source_document()
        document.check_access("read")
        return document.get_formview_action()

    def _check_only(self, names, vals_list):
        if any(set(vals) - names for vals in vals_list):
            raise AccessError(self.env._("The server fills in the state, the terms and the decision of a case itself."))

    def _check_source(self):
        for case in self:
            if case.res_model:
                case._source_document().check_access("read")

    def _source_document(self):
        self.ensure_one()
        if not self.res_model or self.res_model not in self.env or not self.res_id:
            return self.env["res.partner"]
        return self.env[self.res_model].with_user(self.env.user).browse(self.res_id).exists()

    def _repeat_factors(self):
        """Return how many times the band counts: twice for people with an effective case of the same rule lately.

        :return: dict of case to 1 or 2
        """
        rows = self.sudo()._read_group(
            [
                ("employee_id", "in", self.employee_id.ids),
                ("rule_id", "in", self.rule_id.ids),
                ("effective_date", "!=", False),
                ("dropped_date", "=", False),
                ("principal_id", "=", False),
            ],
            ["employee_id", "rule_id"],
            ["effective_date:max"],
        )
        last = {(employee.id, rule.id): moment for employee, rule, moment in rows}
        now, result = fields.Datetime.now(), {}
        for case in self:
            if case.principal_id:
                result[case] = case.principal_id.factor
                continue
            moment = last.get((case.employee_id._origin.id, case.rule_id._origin.id))
            days = case.rule_id.repeat_days
            result[case] = 2 if moment and days and (now - moment).days < days else 1
        return result

    def _joint_figures(self, rule):
        """Return the amount and points for which the manager answers beside the person of this case (PEN-4)."""
        share = rule.joint_share / 100
        return self.currency_id.round(self.amount * share), -int(-self.points * share // 1)

    def _check_figures(self):
        """Refuse figures outside the band of the rule, and money in a company that keeps points only."""
        for case in self.sudo():
            currency = case.currency_id
            if case.mode == "points" and (case.amount or case.loss or case.freight):
                raise ValidationError(
                    self.env._("%(company)s keeps points only: a case bears no money.", company=case.company_id.name)
                )
            if (
                currency.compare_amounts(case.amount, case.amount_min) < 0
                or currency.compare_amounts(case.amount, case.amount_max) > 0
            ):
                raise ValidationError(
                    self.env._(
                        "%(case)s: the amount lies between %(low)s and %(high)s.",
                        case=case.display_name,
                        low=currency.format(case.amount_min),
                        high=currency.format(case.amount_max),
                    )
                )
            if not case.points_min <= case.points <= case.points_max:
                raise ValidationError(
                    self.env._(
                        "%(case)s: the points lie between %(low)s and %(high)s.",
                        case=case.display_name,
                        low=case.points_min,
                        high=case.points_max,
                    )
                )
            for name, allowed in (("loss", case.charge_loss), ("freight", case.charge_freight)):
                if case[name] < 0 or (case[name] and not allowed):
                    raise ValidationError(
                        self.env._(
                            "%(case)s: “%(field)s” is not charged by this rule.",
                            case=case.display_name,
                            field=self._fields[name]._description_string(self.env),
                        )
                    )
