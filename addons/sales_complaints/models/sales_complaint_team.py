# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import fields, models

from .sales_complaint import ENDED


class SalesComplaintTeam(models.Model):
    """People who take in complaints, with a mail address of their own."""

    _name = "sales.complaint.team"
    _description = "Complaint Team"
    _inherit = ["mail.alias.mixin", "mail.thread"]
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    company_id = fields.Many2one("res.company", required=True, default=lambda self: self.env.company, index=True)
    user_id = fields.Many2one(
        "res.users",
        "Handled By",
        domain="[('share', '=', False)]",
        help="Who gets new complaints of this team.",
    )
    manager_id = fields.Many2one(
        "res.users",
        "Told When Late",
        domain="[('share', '=', False)]",
        help="Without one: the complaint managers. The general managers are told a working day later.",
    )
    type_id = fields.Many2one(
        "sales.complaint.type",
        "Type of Mails",
        required=True,
        check_company=True,
        help="What a complaint by e-mail is taken for until somebody has read it.",
    )
    alias_id = fields.Many2one(help="Mails to this address become complaints.")

    count_open = fields.Integer("Open", compute="_compute_counts")
    count_new = fields.Integer("To Answer", compute="_compute_counts")
    count_late = fields.Integer("Late", compute="_compute_counts")
    count_to_decide = fields.Integer("To Decide", compute="_compute_counts")
    count_to_tell = fields.Integer("Customer to Be Told", compute="_compute_counts")
    count_to_close = fields.Integer("To Close", compute="_compute_counts")
    currency_id = fields.Many2one(related="company_id.currency_id")
    year_count = fields.Integer("This Year", compute="_compute_year")
    year_cost = fields.Monetary("Cost of Poor Quality This Year", compute="_compute_year")
    year_rating = fields.Float("Rating This Year", compute="_compute_year", digits=(3, 1))

    def _compute_counts(self):
        domain = fields.Domain("team_id", "in", self.ids) & fields.Domain("state", "not in", ENDED)
        Complaint = self.env["sales.complaint"]
        counts = {
            (team, state): count
            for team, state, count in Complaint._read_group(domain, ["team_id", "state"], ["__count"])
        }
        late = dict(Complaint._read_group(domain & fields.Domain("is_late", "=", True), ["team_id"], ["__count"]))
        for team in self:

            def count(*states, team=team):
                return sum(counts.get((team, state), 0) for state in states)

            team.count_open = sum(number for (found, _state), number in counts.items() if found == team)
            team.count_new = count("registered", "reopened")
            team.count_late = late.get(team, 0)
            team.count_to_decide = count("proposal")
            team.count_to_tell = count("decided", "executing", "unfounded")
            team.count_to_close = count("informed")

    def _compute_year(self):
        start = fields.Date.context_today(self).replace(month=1, day=1)
        domain = fields.Domain("team_id", "in", self.ids) & fields.Domain("date", ">=", start)
        rows = self.env["sales.complaint"]._read_group(
            domain & fields.Domain("state", "!=", "withdrawn"), ["team_id"], ["__count", "total_cost:sum"]
        )
        rated = dict(
            self.env["sales.complaint"]._read_group(
                domain & fields.Domain("rating_last_value", ">", 0), ["team_id"], ["rating_last_value:avg"]
            )
        )
        found = {team: rest for team, *rest in rows}
        for team in self:
            team.year_count, team.year_cost = found.get(team, (0, 0))
            team.year_rating = rated.get(team, 0)

    def _alias_get_creation_values(self):
        values = super()._alias_get_creation_values()
        values["alias_model_id"] = self.env["ir.model"]._get_id("sales.complaint")
        if self.id:
            values["alias_defaults"] = {"team_id": self.id}
            values["alias_parent_thread_id"] = self.id
            values["alias_parent_model_id"] = self.env["ir.model"]._get_id(self._name)
        return values
