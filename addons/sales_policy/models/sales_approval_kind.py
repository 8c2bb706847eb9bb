# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class SalesApprovalKind(models.Model):
    """One sort of question that only a certain role may answer, and the terms of the answer."""

    _name = "sales.approval.kind"
    _description = "Approval Kind"
    _inherit = ["mail.thread"]
    _order = "sequence, id"
    _mail_post_access = "read"

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True, tracking=True)
    sequence = fields.Integer(default=10)
    usage = fields.Selection(
        [("entitlement_split", "Split of an entitlement"), ("penalty", "Penalty")],
        "Question",
        required=True,
        index=True,
        help="Where this is asked. Of several kinds for the same question, that of the company comes before the "
        "general ones, then the first in the list.",
    )
    company_id = fields.Many2one("res.company", index=True, help="Leave empty for all companies.")
    currency_id = fields.Many2one(
        "res.currency", required=True, default=lambda self: self.env.company.currency_id, help="Currency of the bands."
    )
    band_ids = fields.One2many("sales.approval.band", "kind_id", "Who Decides", copy=True)
    validity_days = fields.Integer(
        "Valid For (Days)",
        default=7,
        required=True,
        tracking=True,
        help="A request must be answered, and an approval used, until the end of that day.",
    )
    remind_days = fields.Integer(
        "Remind Before (Days)", default=1, required=True, help="Days before the end. 0: on the last day."
    )
    exclude_profiteers = fields.Boolean(
        "Nobody Who Profits Decides",
        default=True,
        tracking=True,
        help="People who gain from a yes may not decide. The requester never may.",
    )
    to_decide_count = fields.Integer(compute="_compute_counts")
    requested_count = fields.Integer(compute="_compute_counts")
    expiring_count = fields.Integer(compute="_compute_counts")

    _validity_positive = models.Constraint("CHECK (validity_days > 0)", "An approval is valid for one day at least.")
    _remind_not_negative = models.Constraint(
        "CHECK (remind_days >= 0)", "The reminder cannot come after the end: choose 0 days or more."
    )

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_counts(self):
        Approval = self.env["sales.approval"]
        mine = Domain("kind_id", "in", self.ids) & Domain("company_id", "in", self.env.companies.ids)
        questions = {
            "to_decide_count": mine & Domain("can_decide", "=", True),
            "requested_count": mine
            & Domain("requester_id", "=", self.env.uid)
            & Domain("state", "in", ("pending", "approved")),
            "expiring_count": mine & Domain("is_expiring", "=", True) & Domain("can_decide", "=", True),
        }
        for name, domain in questions.items():
            counts = dict(Approval._read_group(domain, ["kind_id"], ["__count"]))
            for kind in self:
                kind[name] = counts.get(kind, 0)

    def action_open_to_decide(self):
        """Open the requests of these kinds that the current user may decide."""
        return self._action_open({"search_default_to_decide": 1})

    def action_open_requested(self):
        """Open the current user's own requests of these kinds."""
        return self._action_open({"search_default_mine": 1, "search_default_live": 1})

    def _action_open(self, context):
        action = self.env["ir.actions.act_window"]._for_xml_id("sales_policy.sales_approval_action")
        return {
            **action,
            "name": self[:1].name if len(self) == 1 else action["name"],
            "domain": [("kind_id", "in", self.ids)],
            "context": context,
        }

    @api.model
    def _kinds_for(self, usage, companies):
        """Return the kind that answers a question in each of these companies.

        :param str usage: one of the values of ``usage``
        :param companies: res.company
        :return: dict of res.company to sales.approval.kind (as superuser)
        :raises UserError: where nobody was named to decide
        """
        domain = [("usage", "=", usage), ("company_id", "in", [False, *companies.ids]), ("active", "=", True)]
        kinds = self.sudo().search(domain)
        by_company = defaultdict(self.sudo().browse)
        for kind in kinds:
            by_company[kind.company_id] |= kind
        found = {company: (by_company[company] or by_company[self.env["res.company"]])[:1] for company in companies}
        for company, kind in found.items():
            if not kind.band_ids:
                raise UserError(
                    self.env._(
                        "Nobody is named to decide about “%(question)s” in %(company)s. A policy officer names the "
                        "deciders in Sales Policy › Configuration › Approval Kinds.",
                        question=dict(self._fields["usage"]._description_selection(self.env)).get(usage, usage),
                        company=company.name,
                    )
                )
        return found

    def _band(self, amount):
        """Return the band that decides about an amount in the currency of this kind.

        :raises UserError: for an amount below the lowest band
        """
        self.ensure_one()
        reached = self.band_ids.filtered(lambda band: self.currency_id.compare_amounts(band.amount_from, amount) <= 0)
        if not reached:
            raise UserError(
                self.env._(
                    "“%(kind)s” names nobody to decide about so small an amount. Ask a policy officer to add a band "
                    "from 0.",
                    kind=self.name,
                )
            )
        return max(reached, key=lambda band: band.amount_from)

    def _validity(self, company, start, limit=False):
        """Return until when a step taken at a moment is valid in a company, and when to remind of it.

        :param datetime start: naive UTC
        :param datetime limit: naive UTC, if the requester asked for less
        :return: pair of naive UTC datetimes
        """
        self.ensure_one()
        until = company._sales_window_end([start], self.validity_days)[0]
        until = min(until, limit) if limit else until
        # The reminder is due when the day begins, in the company's timezone.
        return until, max(start, company._sales_end_of_day(until, -self.remind_days - 1))
