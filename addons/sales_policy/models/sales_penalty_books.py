# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import Command, api, fields, models
from odoo.exceptions import RedirectWarning, UserError

from .sales_penalty_roles import ACCOUNTANT


class SalesPenalty(models.Model):
    """Fines, losses and bonuses as entries in the books, where the company wants that (PEN-1, PEN-5)."""

    _inherit = "sales.penalty"

    move_id = fields.Many2one(
        "account.move",
        "Entry",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        groups="account.group_account_readonly,account.group_account_invoice",
    )
    is_posted = fields.Boolean("In the Books", compute="_compute_books", store=True)
    is_reconciled = fields.Boolean("Settled in the Books", compute="_compute_books", store=True)
    company_currency_id = fields.Many2one("res.currency", "Currency of the Company", related="company_id.currency_id")
    total_in_company = fields.Monetary(
        "Total in the Company's Currency",
        compute="_compute_total_in_company",
        store=True,
        currency_field="company_currency_id",
        help="Fines and what is charged count as minus, bonuses as plus; only cases that are effective.",
    )
    balance_points = fields.Integer(
        "Points Balance",
        compute="_compute_total_in_company",
        store=True,
        help="Points of offences count as minus, of merits as plus; only cases that are effective.",
    )

    @api.depends(
        "move_id.state", "move_id.line_ids.reconciled", "move_id.line_ids.account_id", "move_id.reversal_move_ids.state"
    )
    def _compute_books(self):
        for case in self:
            move = case.move_id
            owed = move.line_ids.filtered("account_id.reconcile")
            reversed_by_hand = any(entry.state == "posted" for entry in move.reversal_move_ids)
            case.is_posted = move.state == "posted"
            case.is_reconciled = case.is_posted and not reversed_by_hand and all(owed.mapped("reconciled"))

    @api.depends("total", "points", "kind", "effective_date", "dropped_date")
    def _compute_total_in_company(self):
        for case in self:
            counts = case.effective_date and not case.dropped_date
            sign = (1 if case.kind == "merit" else -1) if counts else 0
            company = case.company_id
            day = company._sales_local_date(case.effective_date) if counts else case.date
            total = case.currency_id._convert(case.total, company.currency_id, company, day) if counts else 0
            case.total_in_company = sign * total
            case.balance_points = sign * case.points

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        arch, view = super()._get_view(view_id, view_type, **options)
        if view_type == "list" and self._is_moneyless():
            for node in arch.xpath("//field[@name='amount' or @name='total']"):
                node.set("column_invisible", "1")
        return arch, view

    @api.model
    def _get_view_cache_key(self, view_id=None, view_type="form", **options):
        return (*super()._get_view_cache_key(view_id, view_type, **options), self._is_moneyless())

    @api.model
    def _is_moneyless(self):
        """Whether all companies at hand keep points only."""
        return set(self.env.companies.sudo().mapped("sales_penalty_mode")) == {"points"}

    def _is_for_books(self):
        """Whether this case and its company both put money in the books."""
        self.ensure_one()
        return self.mode == "books" and self.sudo().company_id.sales_penalty_mode == "books"

    def action_post(self):
        """Post the entries of effective cases, many at once. For accountants.

        :raises UserError: for a case that has nothing to post, or while the books are locked
        :raises RedirectWarning: where an account is not set
        """
        self._check_role(ACCOUNTANT, self.env._("Only an accountant posts fines and bonuses."))
        self._check_not_halted()
        self._check_state("effective")
        cases = self.sudo()
        for case in cases:
            case._check_may_be_posted()
        for company, some in cases.grouped("company_id").items():
            day = company._sales_today()
            some._check_books_open(day)
            moves = self.env["account.move"].with_company(company).create([case._entry_vals(day) for case in some])
            moves._post(soft=False)
            for case, move in zip(some, moves):
                case._evidence_write({"move_id": move.id})
        self.env["sales.penalty.step"]._stamp(cases, "posted", {case: case.move_id.name for case in cases})
        return True

    def action_view_entry(self):
        """Open the entry, for accountants."""
        self.ensure_one()
        self.move_id.check_access("read")
        return self.move_id.get_formview_action()

    def _check_may_be_posted(self):
        if not self._is_for_books():
            raise UserError(
                self.env._(
                    "%(case)s: %(company)s does not put penalties and rewards in the books.",
                    case=self.display_name,
                    company=self.company_id.name,
                )
            )
        if self.move_id and self.move_id.state != "cancel":
            raise UserError(
                self.env._(
                    "%(case)s is in the books already: entry %(entry)s.",
                    case=self.display_name,
                    entry=self.move_id.display_name,
                )
            )
        if not self.employee_id.work_contact_id:
            raise UserError(
                self.env._(
                    "%(person)s has no work contact to book on. HR can add it on the employee.", person=self.person_name
                )
            )

    def _check_books_open(self, day):
        """Refuse to post on a day that is locked, rather than on another day than today.

        :raises UserError: telling what is locked until when
        """
        for company in self.company_id:
            locks = company._get_violated_lock_dates(day, False, company.sales_penalty_journal_id)
            if locks:
                raise UserError(
                    self.env._(
                        "The books of %(company)s are locked: %(locks)s. An accounting adviser can open them, or try "
                        "again on a later day.",
                        company=company.name,
                        locks=company._format_lock_dates(locks),
                    )
                )

    def _account(self, name):
        """Return a configured journal or account of the company of this case.

        :raises RedirectWarning: to the settings, when it is missing
        """
        record = self.company_id[name]
        if not record:
            raise RedirectWarning(
                self.env._(
                    "%(company)s: “%(setting)s” is missing. An administrator can set it for penalties and rewards.",
                    company=self.company_id.name,
                    setting=self.company_id._fields[name]._description_string(self.env),
                ),
                self.env.ref("sales_policy.res_config_settings_action_penalty").id,
                self.env._("Open the Settings"),
            )
        return record

    def _entry_vals(self, day):
        """Return the entry: the employee owes the fine, loss and freight, or is owed the bonus."""
        self.ensure_one()
        sign = -1 if self.kind == "merit" else 1
        target = "sales_penalty_bonus_account_id" if self.kind == "merit" else "sales_penalty_income_account_id"
        parts = [
            (self.rule_name, self.amount, target),
            (self.env._("Loss"), self.loss, "sales_penalty_recharge_account_id"),
            (self.env._("Freight"), self.freight, "sales_penalty_recharge_account_id"),
        ]
        company, currency = self.company_id, self.currency_id

        def line(label, value, account, **more):
            return {
                "name": f"{self.name} {label}",
                "account_id": account.id,
                "partner_id": self.employee_id.work_contact_id.id,
                "currency_id": currency.id,
                "amount_currency": value,
                "balance": currency._convert(value, company.currency_id, company, day),
                **more,
            }

        lines = [
            line(label, -sign * value, self._account(name), analytic_distribution=self.rule_id.analytic_distribution)
            for label, value, name in parts
            if value
        ]
        owed = line(self.person_name, sign * self.total, self._account("sales_penalty_receivable_account_id"))
        # Each part is rounded on its own; the employee's line takes the sum.
        owed["balance"] = -sum(part["balance"] for part in lines)
        return {
            "move_type": "entry",
            "journal_id": self._account("sales_penalty_journal_id").id,
            "date": day,
            "ref": f"{self.name} {self.person_name}",
            "currency_id": currency.id,
            "line_ids": [Command.create(values) for values in [owed, *lines]],
        }

    def _reverse_entries(self, reason):
        """Reverse the entries of these cases in the books, as the host does, dated today."""
        posted = self.filtered("is_posted")
        for company, cases in posted.grouped("company_id").items():
            day = company._sales_today()
            cases._check_books_open(day)
            cases.move_id._reverse_moves([{"date": day, "ref": f"{case.name} {reason}"} for case in cases], cancel=True)
