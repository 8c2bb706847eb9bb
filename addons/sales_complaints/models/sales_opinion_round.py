# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.addons.sales_policy.tools import lock_and_reread
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from .sales_opinion import SCORES

ASKED = {"name", "company_id", "date_end", "since_date", "partner_ids", "invitation", "conclusion"}
# What was asked, and of whom, stays as it was once the first letter is out.
AFTERWARDS = {"conclusion"}


class SalesOpinionRound(models.Model):
    """Asking all customers, or chosen ones, for their opinion until a day, for example once a year (CMP-8)."""

    _name = "sales.opinion.round"
    _description = "Opinion Round"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "date_end desc, id desc"
    _check_company_auto = True

    name = fields.Char(required=True, tracking=True)
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    date_end = fields.Date(
        "Answers Until",
        required=True,
        tracking=True,
        default=lambda self: fields.Date.add(fields.Date.context_today(self), days=30),
    )
    since_date = fields.Date("Customers Since", help="Who has ordered since this day is asked. Empty: whenever.")
    partner_ids = fields.Many2many(
        "res.partner", string="Only These Customers", help="Empty: all customers with a confirmed order are asked."
    )
    invitation = fields.Text(translate=True, help="What stands in the letter above the link.")
    conclusion = fields.Text(help="What the opinions come to, for the report.")
    opened_date = fields.Datetime("Asked On", readonly=True, copy=False)
    closed_date = fields.Datetime("Closed On", readonly=True, copy=False)
    closer_id = fields.Many2one("res.users", "Closed By", readonly=True, copy=False)
    state = fields.Selection(
        [("draft", "Draft"), ("open", "Customers Are Asked"), ("over", "To Sum Up"), ("closed", "Closed")],
        compute="_compute_state",
        search="_search_state",
    )
    opinion_ids = fields.One2many("sales.opinion", "round_id", "Opinions", readonly=True)
    asked_count = fields.Integer("Asked", compute="_compute_figures")
    answered_count = fields.Integer("Answered", compute="_compute_figures")
    answered_share = fields.Float("Answered (%)", compute="_compute_figures", digits=(5, 1))
    average_score = fields.Float("Average", compute="_compute_figures", digits=(3, 2))
    complaint_count = fields.Integer("Complaints", compute="_compute_figures")
    measure_ids = fields.One2many("sales.complaint.measure", "opinion_round_id", "Actions", readonly=True)

    @api.depends("opened_date", "closed_date", "date_end")
    def _compute_state(self):
        for found in self:
            if not found.opened_date:
                found.state = "draft"
            elif found.closed_date:
                found.state = "closed"
            else:
                found.state = "over" if found._is_over() else "open"

    def _search_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = fields.Date.context_today(self)
        opened = Domain("opened_date", "!=", False) & Domain("closed_date", "=", False)
        parts = {
            "draft": Domain("opened_date", "=", False),
            "closed": Domain("closed_date", "!=", False),
            "open": opened & Domain("date_end", ">=", today),
            "over": opened & Domain("date_end", "<", today),
        }
        return Domain.OR(part for name, part in parts.items() if name in value)

    def _compute_figures(self):
        figures = {
            found: rest
            for found, *rest in self.env["sales.opinion"]._read_group(
                [("round_id", "in", self.ids)],
                ["round_id"],
                ["__count", "answered_date:count", "score:avg", "complaint_id:count_distinct"],
            )
        }
        for found in self:
            asked, answered, average, complaints = figures.get(found, (0, 0, 0, 0))
            found.asked_count = asked
            found.answered_count = answered
            found.answered_share = 100 * answered / asked if asked else 0
            found.average_score = average or 0
            found.complaint_count = complaints

    @api.model_create_multi
    def create(self, vals_list):
        """Prepare rounds. For complaint managers, by the access rights.

        :raises AccessError: for values that only the server fills in
        """
        if not self.env.su and any(set(vals) - ASKED for vals in vals_list):
            self._refuse_stamps()
        # No default of the caller's context counts.
        stamps = {"opened_date": False, "closed_date": False, "closer_id": False}
        return super().create([{**stamps, **vals} for vals in vals_list])

    def write(self, vals):
        """Change a round that is prepared; of one that is asked only what is concluded from it.

        :raises AccessError: for values that only the server fills in
        :raises UserError: for what was asked already
        """
        if not self.env.su:
            names = {name for name in vals if not name.startswith(("message_", "activity_"))}
            if names - ASKED:
                self._refuse_stamps()
            for found in self:
                if (found.closed_date and names) or (found.opened_date and names - AFTERWARDS):
                    raise UserError(
                        self.env._(
                            "“%(round)s” has been sent to the customers and stays as it is. Begin another round.",
                            round=found.name,
                        )
                    )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_asked(self):
        if any(found.opened_date for found in self):
            raise UserError(self.env._("A round that customers were asked in stays on file."))

    def action_ask(self):
        """Ask the customers: an opinion each, by mail where there is an address. For complaint managers.

        :raises UserError: when the round is sent already, its day has passed, or nobody is to be asked
        """
        self._check_manager()
        lock_and_reread(self)
        for found in self.sudo():
            if found.opened_date:
                raise UserError(self.env._("“%(round)s” has been sent to the customers already.", round=found.name))
            if found._is_over():
                raise UserError(self.env._("“%(round)s” ends before it begins: choose a later day.", round=found.name))
            customers = found._customers()
            if not customers:
                raise UserError(self.env._("“%(round)s”: there is no customer to ask.", round=found.name))
            self.env["sales.opinion"].sudo()._ask(found, customers)
            found.opened_date = fields.Datetime.now()
        self.env.ref("sales_complaints.ir_cron_opinion_letters").sudo()._trigger()
        return True

    def action_close(self):
        """File a round that is over or was answered by all. For complaint managers.

        :raises UserError: while customers may still answer, or without a conclusion
        """
        self._check_manager()
        for found in self:
            if found.state != "over" and not (found.state == "open" and found.answered_count == found.asked_count):
                raise UserError(
                    self.env._("“%(round)s”: customers answer until %(date)s.", round=found.name, date=found.date_end)
                )
            if not (found.conclusion or "").strip():
                raise UserError(
                    self.env._("“%(round)s”: write down first what the opinions come to.", round=found.name)
                )
        self.sudo().write({"closed_date": fields.Datetime.now(), "closer_id": self.env.uid})
        return True

    def action_view_opinions(self):
        """Open the opinions of these rounds."""
        action = self.env["ir.actions.act_window"]._for_xml_id("sales_complaints.sales_opinion_action")
        return {**action, "domain": [("round_id", "in", self.ids)], "context": {}}

    def _is_over(self):
        self.ensure_one()
        return self.date_end < self.company_id.sudo()._sales_today()

    def _customers(self):
        """Return the companies and persons that are asked: those chosen, else whoever has ordered."""
        self.ensure_one()
        if self.partner_ids:
            return self.partner_ids.commercial_partner_id
        domain = Domain("company_id", "=", self.company_id.id) & Domain("state", "=", "sale")
        if self.since_date:
            domain &= Domain("date_order", ">=", self.since_date)
        rows = self.env["sale.order"].sudo()._read_group(domain, ["partner_id"])
        customers = self.env["res.partner"].browse([partner.id for [partner] in rows]).commercial_partner_id
        # A company of the group that buys from another is no customer to ask.
        return customers - self.env["res.company"].sudo().search([("partner_id", "in", customers.ids)]).partner_id

    def _check_manager(self):
        self.check_access("write")
        if not self.env.user.has_group("sales_complaints.group_complaint_manager"):
            raise AccessError(self.env._("A complaint manager asks the customers for their opinion."))

    def _refuse_stamps(self):
        raise AccessError(self.env._("When customers were asked and the round was closed is recorded by the server."))

    def _report_figures(self):
        """Return what the report counts.

        :return: list of tuples of label, average, and how many gave 1 to 5, for the whole and each of its sides
        """
        self.ensure_one()
        answered = self.opinion_ids.filtered("answered_date")
        rows = []
        for name in SCORES:
            values = [opinion[name] for opinion in answered if opinion[name]]
            label = self.env["sales.opinion"]._fields[name]._description_string(self.env)
            average = sum(values) / len(values) if values else 0
            rows.append((label, average, [values.count(number) for number in range(1, 6)]))
        return rows

    @api.model
    def _cron_send_letters(self, batch=100):
        """Send the letters of open rounds: the question, and one reminder in the last week. Nothing depends on it."""
        now, today = fields.Datetime.now(), fields.Date.context_today(self)
        silent = Domain("answered_date", "=", False) & Domain("round_id.state", "=", "open")
        ending = Domain("round_id.date_end", "<=", fields.Date.add(today, days=7))
        before = Domain("sent_date", "<", fields.Datetime.subtract(now, days=7))
        letters = (
            ("mail_template_opinion_asked", "sent_date", silent & Domain("sent_date", "=", False)),
            (
                "mail_template_opinion_reminder",
                "reminded_date",
                silent & ending & before & Domain("reminded_date", "=", False),
            ),
        )
        for template, stamp, domain in letters:
            waiting = self.env["sales.opinion"].search(domain, order="id")
            remaining = len(waiting)
            self.env["ir.cron"]._commit_progress(remaining=remaining)
            for start in range(0, len(waiting), batch):
                some = waiting[start : start + batch]
                some._evidence_write({stamp: now})
                some._send(f"sales_complaints.{template}")
                remaining -= len(some)
                if not self.env["ir.cron"]._commit_progress(len(some), remaining=remaining):
                    return
