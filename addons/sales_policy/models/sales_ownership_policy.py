# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import frozendict, ormcache


class SalesOwnershipPolicy(models.Model):
    """How long and on which terms a customer stays protected (OWN-2). The first policy that fits counts."""

    _name = "sales.ownership.policy"
    _description = "Ownership Policy"
    _inherit = ["sales.cached.mixin"]
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", help="Leave empty for all companies.")
    team_ids = fields.Many2many("crm.team", string="Sales Teams", help="Team of the person who registers.")
    category_ids = fields.Many2many("res.partner.category", string="Customer Tags")
    bought = fields.Selection(
        [("any", "All customers"), ("yes", "Has bought before"), ("no", "Has never bought")],
        string="Purchases",
        default="any",
        required=True,
    )
    window_days = fields.Integer(
        "Protection (Days)",
        default=7,
        help="Days without contact after which the customer is open. 0 protects without end.",
    )
    window_unit = fields.Selection(
        [("calendar", "Calendar days"), ("working", "Working days")],
        string="Counted In",
        default="calendar",
        required=True,
    )
    max_days = fields.Integer(
        "Longest Protection (Days)", help="Protection ends after this many days in any case. 0 for no limit."
    )
    reminder_days = fields.Integer("Remind Before (Days)", default=2)
    holding_cap = fields.Integer("Customers per Person", help="Most customers one person may hold. 0 for no limit.")
    claims_per_day = fields.Integer("Registrations per Day", help="Per person. 0 for no limit.")
    cooldown_days = fields.Integer(
        "Cool-down (Days)", help="Days for which the previous owner may not register the customer again."
    )
    refusal = fields.Selection(
        [("blind", "Until when it is protected"), ("named", "Also the owner's name")],
        string="Colleagues Are Told",
        default="blind",
        required=True,
        help="What a colleague learns about a protected customer.",
    )
    automatic_succession = fields.Boolean(
        "Waiting List Succeeds",
        help="When protection lapses, the first on the waiting list becomes the owner at that moment.",
    )
    channel_ids = fields.One2many("sales.ownership.policy.channel", "policy_id", string="Channels", copy=True)

    _window_days_positive = models.Constraint("CHECK (window_days >= 0)", "The protection cannot be negative.")
    _limits_positive = models.Constraint(
        "CHECK (max_days >= 0 AND reminder_days >= 0 AND holding_cap >= 0 AND claims_per_day >= 0 "
        "AND cooldown_days >= 0)",
        "Limits and days cannot be negative.",
    )

    @api.model
    def _for_groups(self, groups, company, team):
        """Return the policy that applies to each customer group.

        :param groups: sales.customer.group, possibly empty
        :param company: res.company in which the customers are owned
        :param team: crm.team of the person who registers
        :return: dict of sales.customer.group to sales.ownership.policy; the standard terms
            (an unsaved record with default values) where no policy fits
        """
        filled = self._filled(company.id)
        # A policy that names archived tags or teams does not fit everybody.
        policies = self.sudo().with_context(active_test=False).browse(filled)
        policies = policies.filtered(lambda policy: "team_ids" not in filled[policy.id] or policy._match_team(team))
        by_tag = policies.filtered(lambda policy: "category_ids" in filled[policy.id])
        facts = {group: {} for group in groups}
        if by_tag:
            for group in groups:
                facts[group]["categories"] = group.sudo().with_context(active_test=True).partner_ids.category_id
        if any(policy.bought != "any" for policy in policies):
            bought = groups._that_bought(company)
            for group in groups:
                facts[group]["bought"] = group in bought
        found = {
            group: next(
                (
                    policy
                    for policy in policies
                    if (policy not in by_tag or policy._match_tags(facts[group])) and policy._match_bought(facts[group])
                ),
                None,
            )
            for group in groups
        }
        standard = self._standard() if None in found.values() else None
        return {group: policy or standard for group, policy in found.items()}

    @api.model
    @ormcache("company_id")
    def _filled(self, company_id):
        """Return which policies are in force in a company, in their order, and which of their lists are not empty.

        Every contact asks for it. What the lists hold is read anew each time: teams and tags can be deleted.

        :return: dict of the id of a policy to names of fields
        """
        domain = [("company_id", "in", [company_id, False]), ("active", "=", True)]
        policies = self.sudo().with_context(active_test=False).search(domain)
        lists = ("team_ids", "category_ids", "channel_ids")
        return frozendict({policy.id: tuple(name for name in lists if policy[name]) for policy in policies})

    @api.model
    def _standard(self):
        """Return the terms that hold where no policy fits: seven calendar days, blind refusal (OWN-2)."""
        return self.sudo().new({"name": self.env._("Standard terms")})

    def _match_team(self, team):
        return not self.team_ids or team in self.team_ids

    def _match_tags(self, facts):
        return not self.category_ids or bool(self.category_ids & facts["categories"])

    def _match_bought(self, facts):
        return self.bought == "any" or facts["bought"] == (self.bought == "yes")

    def _protects_until(self, company, channel, direction, moments):
        """Return until when contacts protect the customer (OWN-2).

        :param company: res.company whose timezone and calendar count
        :param str channel: how the contact was made
        :param str direction: "in", "out" or "two_way"
        :param moments: list of naive UTC datetimes at which the contacts took place
        :return: list of naive UTC datetimes; False for a contact that does not count; None for protection without end
        """
        terms = self.env["sales.ownership.policy.channel"]
        if "channel_ids" in self._filled(company.id).get(self.id, ()):
            terms = self.channel_ids.filtered(lambda line: line.channel == channel)[:1]
        if terms and not terms._counts(direction):
            return [False] * len(moments)
        days = terms.days or self.window_days
        if not days:
            return [None] * len(moments)
        return company._sales_window_end(moments, days, working=self.window_unit == "working")

    def _window_end(self, company, start):
        """Return until when an owner is protected from ``start`` (naive UTC) without any contact; None for no end."""
        if not self.window_days:
            return None
        return company._sales_window_end([start], self.window_days, self.window_unit == "working")[0]

    def _longest_end(self, company, date_start):
        """Return when protection that began at ``date_start`` (naive UTC) ends at the latest, or None for no limit."""
        if not self.max_days:
            return None
        return company._sales_window_end([date_start], self.max_days)[0]

    def _remind_from(self, end):
        """Return from when on the owner is reminded of protection that ends at ``end`` (naive UTC); False for never."""
        return end and self.reminder_days and end - timedelta(days=self.reminder_days)

    def _cooldown_end(self, ended):
        """Return until when the previous owner has to wait after ``ended`` (naive UTC)."""
        return ended + timedelta(days=self.cooldown_days)
