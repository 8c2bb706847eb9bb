# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError


class SalesConfidentialityGrant(models.Model):
    """Leave for one person to see what a rule protects on some records for a time; it ends by itself."""

    _name = "sales.confidentiality.grant"
    _description = "Temporary Grant"
    _inherit = ["mail.thread", "sales.approval.mixin"]
    _order = "id desc"
    _rec_name = "subject"

    user_id = fields.Many2one(
        "res.users",
        "For",
        required=True,
        readonly=True,
        index=True,
        default=lambda self: self.env.user,
        ondelete="restrict",
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, default=lambda self: self.env.company, ondelete="restrict"
    )
    rule_id = fields.Many2one(
        "sales.confidentiality.rule", "What", required=True, index=True, ondelete="restrict", help="What is protected."
    )
    record_ids = fields.Char("Record IDs", required=True, help="Numbers of the records, separated by commas.")
    subject = fields.Char(compute="_compute_subject", store=True)
    hours = fields.Integer("For (Hours)", required=True, default=8)
    reason = fields.Text(required=True)
    date_from = fields.Datetime("From", readonly=True, copy=False)
    date_to = fields.Datetime("Until", readonly=True, copy=False, index=True)
    state = fields.Selection(
        [("draft", "New"), ("asked", "Asked"), ("running", "Running"), ("ended", "Ended"), ("refused", "Refused")],
        compute="_compute_state",
    )

    _hours_range = models.Constraint("CHECK (hours > 0 AND hours <= 720)", "A grant is for one hour to thirty days.")

    @api.constrains("record_ids")
    def _check_records(self):
        for grant in self:
            grant._records()

    @api.depends("rule_id", "record_ids")
    def _compute_subject(self):
        for grant in self:
            try:
                names = grant._records().with_user(grant.user_id).mapped("display_name")
            except (AccessError, ValidationError):
                names = []
            grant.subject = ", ".join(filter(None, names)) or grant.rule_id.name

    @api.depends("date_from", "date_to", "approval_ids.status")
    def _compute_state(self):
        now = fields.Datetime.now()
        for grant in self:
            status = grant.approval_state
            if grant.date_from:
                grant.state = "running" if now < grant.date_to else "ended"
            elif status in ("pending", "approved"):
                grant.state = "asked"
            else:
                grant.state = "refused" if status else "draft"

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            vals_list = [self._own_values(vals) for vals in vals_list]
            clean = {key: value for key, value in self.env.context.items() if not key.startswith("default_date_")}
            bare = self.with_env(self.env(context=clean))
            return super(SalesConfidentialityGrant, bare).create(vals_list).with_env(self.env)
        return super().create(vals_list)

    def write(self, vals):
        if not self.env.su:
            if any(grant.user_id != self.env.user or grant.sudo().approval_ids for grant in self):
                raise UserError(self.env._("What was asked stays as it is. Ask anew."))
            vals = self._own_values(vals, new=False)
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_asked(self):
        if self.sudo().approval_ids:
            raise UserError(self.env._("What was asked stays on file."))

    @api.model
    def _own_values(self, vals, new=True):
        vals = {name: value for name, value in vals.items() if name not in ("date_from", "date_to", "user_id")}
        return {**vals, "user_id": self.env.uid, "company_id": self.env.company.id} if new else vals

    def _records(self):
        """Return the records that are asked for."""
        self.ensure_one()
        try:
            ids = [int(number) for number in (self.record_ids or "").split(",")]
        except ValueError:
            raise ValidationError(self.env._("Write the numbers of the records, separated by commas.")) from None
        return self.env[self.rule_id.sudo().model_id.model].browse(ids)

    @api.model
    def _approval_fields(self):
        return ["user_id", "rule_id", "record_ids", "hours", "reason"]

    def _approval_profiteers(self):
        return {grant: grant.user_id for grant in self}

    def action_ask(self):
        """Ask for these grants. People ask for themselves, about records that they may read.

        :raises AccessError: for somebody else, or about records that the person may not read
        """
        self.check_access("write")
        for grant in self:
            if grant.user_id != self.env.user:
                raise AccessError(self.env._("People ask for themselves."))
            grant._records().check_access("read")
            grant.sudo()._approval_request("confidentiality_grant", grant.reason)
        return True

    def _approval_decided(self, approvals):
        result = super()._approval_decided(approvals)
        now = fields.Datetime.now()
        approved = set(approvals.filtered(lambda approval: approval.status == "approved").mapped("res_id"))
        for grant in self:
            if grant.id in approved:
                grant.sudo().write({"date_from": now, "date_to": now + timedelta(hours=grant.hours)})
        self.env["sales.confidentiality.clearance"]._forget_live()
        return result

    def action_end(self):
        """End these grants now: the person, or a confidentiality officer."""
        self.check_access("read")
        officer = self.env.user.has_group("sales_confidentiality.group_confidentiality_officer")
        for grant in self:
            if not officer and grant.user_id != self.env.user:
                raise AccessError(
                    self.env._("Only %(person)s or a confidentiality officer can end this.", person=grant.user_id.name)
                )
        now = fields.Datetime.now()
        running = self.sudo().filtered(lambda grant: grant.date_to and grant.date_to > now)
        running.write({"date_to": now})
        self.env["sales.confidentiality.clearance"]._forget_live()
        return True
