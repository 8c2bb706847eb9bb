# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from typing import NamedTuple

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

LIVE = ("pending", "approved")


class Role(NamedTuple):
    """What somebody decides, in person or through a substitute; it reaches as far as the own companies."""

    person: models.BaseModel  # res.users, as superuser
    bands: models.BaseModel
    companies: models.BaseModel


class SalesApproval(models.Model):
    """One question to one role: what was asked, by whom, within which limits, and what became of it.

    The record holds a fingerprint of the subject as it was when the question was asked. What is approved is that
    and nothing else: a change of the subject, the end of validity, or using it once ends the approval.
    """

    _name = "sales.approval"
    _description = "Approval"
    _inherit = ["sales.evidence.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "id desc"
    _rec_name = "subject_name"
    _mail_post_access = "read"

    kind_id = fields.Many2one("sales.approval.kind", required=True, index=True, readonly=True, ondelete="restrict")
    usage = fields.Char(required=True, readonly=True)
    band_id = fields.Many2one("sales.approval.band", required=True, index=True, readonly=True, ondelete="restrict")
    persons_needed = fields.Integer(required=True, readonly=True)
    res_model = fields.Char("Subject Model", required=True, readonly=True)
    res_id = fields.Many2oneReference("Subject ID", model_field="res_model", required=True, index=True, readonly=True)
    subject_name = fields.Char("Subject", required=True, readonly=True)
    company_id = fields.Many2one("res.company", required=True, index=True, readonly=True, ondelete="restrict")
    currency_id = fields.Many2one("res.currency", required=True, readonly=True)
    amount = fields.Monetary(readonly=True)
    requester_id = fields.Many2one(
        "res.users", "Requested By", required=True, index=True, readonly=True, ondelete="restrict"
    )
    request_date = fields.Datetime("Requested On", required=True, readonly=True)
    reason = fields.Text(required=True, readonly=True)
    asked = fields.Text("What Was Asked", readonly=True)
    fingerprint = fields.Char(required=True, readonly=True, groups=fields.NO_ACCESS)
    profiteer_ids = fields.Many2many("res.users", string="Who Profits", readonly=True)
    limit_date = fields.Datetime("Asked Until", readonly=True)
    valid_until = fields.Datetime(required=True, index=True, readonly=True)
    remind_date = fields.Datetime("Remind On", required=True, readonly=True)
    reminded = fields.Boolean(readonly=True)
    status = fields.Selection(
        [
            ("pending", "Pending"),
            ("approved", "Approved"),
            ("refused", "Refused"),
            ("lapsed", "Lapsed"),
            ("used", "Used"),
            ("withdrawn", "Withdrawn"),
        ],
        "Last Step",
        required=True,
        index=True,
        readonly=True,
        default="pending",
    )
    status_date = fields.Datetime("Since", required=True, readonly=True)
    status_note = fields.Char("Because", readonly=True)
    decision_ids = fields.One2many("sales.approval.decision", "approval_id", "Decisions", readonly=True)
    state = fields.Selection(
        lambda self: self._fields["status"]._description_selection(self.env),
        compute="_compute_state",
        search="_search_state",
    )
    is_decider = fields.Boolean("My Role Decides", compute="_compute_is_decider", search="_search_is_decider")
    can_decide = fields.Boolean("To Decide by Me", compute="_compute_can_decide", search="_search_can_decide")
    can_withdraw = fields.Boolean(compute="_compute_can_withdraw")
    is_expiring = fields.Boolean("Expires Soon", compute="_compute_is_expiring", search="_search_is_expiring")
    decider_names = fields.Char("Who Can Decide", compute="_compute_decider_names")

    @api.depends("status", "valid_until")
    def _compute_state(self):
        now = fields.Datetime.now()
        for approval in self:
            expired = approval.status in LIVE and approval.valid_until <= now
            approval.state = "lapsed" if expired else approval.status

    def _search_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        live = Domain("status", "in", LIVE)
        expired = live & Domain("valid_until", "<=", fields.Datetime.now())
        domain = Domain("status", "in", value) & ~expired
        return domain | expired if "lapsed" in value else domain

    def _field_to_sql(self, alias, field_expr, query=None):
        if field_expr != "state":
            return super()._field_to_sql(alias, field_expr, query)
        return SQL(
            "CASE WHEN %(status)s IN %(live)s AND %(until)s <= %(now)s THEN 'lapsed' ELSE %(status)s END",
            status=super()._field_to_sql(alias, "status", query),
            until=super()._field_to_sql(alias, "valid_until", query),
            live=LIVE,
            now=fields.Datetime.now(),
        )

    @api.depends("status", "valid_until", "remind_date")
    def _compute_is_expiring(self):
        now = fields.Datetime.now()
        for approval in self:
            approval.is_expiring = approval.state in LIVE and approval.remind_date <= now

    def _search_is_expiring(self, operator, value):
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        return Domain("state", "in", LIVE) & Domain("remind_date", "<=", fields.Datetime.now())

    @api.depends("band_id", "company_id")
    @api.depends_context("uid")
    def _compute_is_decider(self):
        roles = self._roles_of(self.env.user)
        for approval in self:
            approval.is_decider = any(approval.sudo()._is_in_reach(role) for role in roles)

    def _search_is_decider(self, operator, value):
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        return Domain.OR(
            Domain("band_id", "in", role.bands.ids) & Domain("company_id", "in", role.companies.ids)
            for role in self._roles_of(self.env.user)
        )

    @api.depends("status", "valid_until", "decision_ids")
    @api.depends_context("uid")
    def _compute_can_decide(self):
        obstacles = self._obstacles(self.env.user)
        for approval in self:
            approval.can_decide = approval not in obstacles

    def _search_can_decide(self, operator, value):
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        # Only what is pending with the user's own role is looked at one by one: that is a desk's worth.
        pending = self.sudo().search(Domain("state", "=", "pending") & Domain("is_decider", "=", True), order="id")
        obstacles = pending._obstacles(self.env.user)
        return Domain("id", "in", [approval.id for approval in pending if approval not in obstacles])

    @api.depends("status", "valid_until", "requester_id")
    @api.depends_context("uid")
    def _compute_can_withdraw(self):
        for approval in self:
            approval.can_withdraw = approval.state in LIVE and approval.requester_id == self.env.user

    @api.depends("band_id")
    def _compute_decider_names(self):
        deciders = self._deciders()
        for approval in self:
            names = deciders[approval].mapped("name")
            approval.decider_names = ", ".join(names[:5]) + (" …" if len(names) > 5 else "")

    @api.model
    def _roles_of(self, user):
        """Return in whose role a user decides: their own, or that of somebody absent whom they stand in for.

        :return: list of Role
        """
        absent = self.env["sales.approval.substitute"]._absent_for(user)
        Band = self.env["sales.approval.band"]
        return [Role(person, Band._bands_of(person), person.company_ids) for person in user.sudo() | absent]

    def _is_in_reach(self, role):
        """Return whether this request is one that a role decides."""
        return self.band_id in role.bands and self.company_id in role.companies

    def _deciders(self):
        """Return the people who may decide these requests now, substitutes included.

        :return: dict of sales.approval to res.users (as superuser)
        """
        people = {band: band._people() for band in self.sudo().band_id}
        named = self.env["res.users"].sudo().union(*people.values())
        substitutes = self.env["sales.approval.substitute"]._substitutes_of(named)
        result = {}
        for approval in self.sudo():
            company, barred = approval.company_id, approval._barred_people()
            holders = people[approval.band_id].filtered(lambda user, c=company: c in user.company_ids) - barred
            deciders = holders.union(*(substitutes[holder] for holder in holders if holder in substitutes))
            result[approval] = deciders.filtered(lambda user, c=company: c in user.company_ids) - barred
        return result

    def _barred_people(self):
        """Return the people who may not decide this request, whatever their role is."""
        return self.requester_id | (self.profiteer_ids if self.kind_id.exclude_profiteers else self.env["res.users"])

    def _subjects(self):
        """Return what these requests of one model are about, as superuser; what was deleted is left out."""
        return self.env[self[:1].res_model].sudo().browse(self.mapped("res_id")).exists()

    def action_open_subject(self):
        """Open what the request is about, with the rights of the current user."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self.res_model,
            "res_id": self.res_id,
            "views": [(False, "form")],
        }
