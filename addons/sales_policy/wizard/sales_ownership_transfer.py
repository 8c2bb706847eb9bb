# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class SalesOwnershipTransfer(models.TransientModel):
    """Assign, release or hand over customers, as a sales manager's decision with a reason (OWN-9)."""

    _name = "sales.ownership.transfer"
    _description = "Assign or Release Customers"

    mode = fields.Selection(
        [
            ("assign", "Assign these customers"),
            ("release", "Release these customers"),
            ("leaver", "Hand over everything of a person"),
        ],
        required=True,
        default="assign",
    )
    partner_ids = fields.Many2many("res.partner", string="Customers")
    from_user_id = fields.Many2one("res.users", "Leaver", context={"active_test": False})
    user_id = fields.Many2one("res.users", "New Owner", domain="[('share', '=', False)]")
    reason = fields.Char(required=True)
    held_count = fields.Integer("Customers Held", compute="_compute_held_count")

    @api.depends("from_user_id")
    @api.depends_context("company")
    def _compute_held_count(self):
        Ownership = self.env["sales.ownership"]
        for wizard in self:
            wizard.held_count = Ownership.search_count(
                Ownership._running_domain()
                & fields.Domain("user_id", "=", wizard.from_user_id.id)
                & fields.Domain("company_id", "=", self.env.company.id)
            )

    def action_apply(self):
        """Carry out the decision in the current company.

        :raises AccessError: for anybody but a sales manager
        :raises UserError: without customers, new owner or reason
        """
        self.ensure_one()
        if not self.env.user.has_group("sales_team.group_sale_manager"):
            raise AccessError(self.env._("Only a sales manager can assign or release customers."))
        if not (self.reason or "").strip():
            raise UserError(self.env._("Give a reason: it is kept in the ledger."))
        if self.mode != "release":
            self._check_new_owner()
        if self.mode == "leaver":
            self._hand_over()
            return {"type": "ir.actions.act_window_close"}
        self.partner_ids.check_access("read")
        if not self.partner_ids:
            raise UserError(self.env._("Choose the customers."))
        groups = self._groups()
        if self.mode == "release":
            rows = self.env["sales.ownership"]._release(groups, self.env.company, self.reason)
            for owner, of_owner in rows.grouped("user_id").items():
                self._tell_former_owner(owner, len(of_owner))
        else:
            rows = self.env["sales.ownership"]._assign(groups, self.user_id, self.env.company, self.reason)
            self._tell_new_owner(len(rows))
        return {"type": "ir.actions.act_window_close"}

    def _check_new_owner(self):
        user = self.user_id
        if not user or not user.active or user.share or self.env.company not in user.sudo().company_ids:
            raise UserError(self.env._("Choose an active colleague of this company as the new owner."))

    def _groups(self):
        by_partner = self.env["sales.customer.group"]._of_partners(self.partner_ids)
        return self.env["sales.customer.group"].sudo().union(*by_partner.values())

    def _hand_over(self):
        """Give everything that a leaver works on to one successor: customers, leads, activities, quotations."""
        if not self.from_user_id or self.from_user_id == self.user_id:
            raise UserError(self.env._("Choose whose customers are handed over, and to somebody else."))
        company, leaver, successor = self.env.company, self.from_user_id, self.user_id
        Ownership = self.env["sales.ownership"].sudo()
        groups = Ownership.search(
            Ownership._running_domain()
            & fields.Domain("user_id", "=", leaver.id)
            & fields.Domain("company_id", "=", company.id)
        ).group_id
        rows = Ownership.with_user(self.env.user).sudo()._assign(groups, successor, company, self.reason)
        in_company = fields.Domain("user_id", "=", leaver.id) & fields.Domain("company_id", "in", [company.id, False])
        leads = self.env["crm.lead"].sudo().search(in_company & fields.Domain("won_status", "=", "pending"))
        # The stage stays: a hand-over is no new start.
        leads.write({"user_id": successor.id})
        self.env["sale.order"].sudo().search(in_company & fields.Domain("state", "in", ("draft", "sent"))).write(
            {"user_id": successor.id}
        )
        self._hand_over_activities(leaver, successor, company)
        self.env["sales.ownership.waiting"].sudo().search(
            [("user_id", "=", leaver.id), ("company_id", "=", company.id), ("left", "=", False)]
        )._leave()
        self._tell_new_owner(len(rows))

    def _hand_over_activities(self, leaver, successor, company):
        """Pass on open activities on records of this company; those on other companies' records stay."""
        activities = self.env["mail.activity"].sudo().search([("user_id", "=", leaver.id)])
        for model, of_model in activities.grouped("res_model").items():
            records = (
                self.env[model].sudo().browse(of_model.mapped("res_id")).exists() if model else self.env["res.partner"]
            )
            if "company_id" in records._fields:
                records = records.filtered(lambda record: not record.company_id or record.company_id == company)
            of_model.filtered(lambda activity: activity.res_id in records.ids).write({"user_id": successor.id})

    def _tell_new_owner(self, count):
        theirs = self.with_context(lang=self.user_id.lang).env
        sentence = theirs._(
            "%(count)s customers were assigned to you by %(manager)s: %(reason)s",
            count=count,
            manager=self.env.user.name,
            reason=self.reason,
        )
        self._tell(self.user_id, sentence)

    def _tell_former_owner(self, owner, count):
        theirs = self.with_context(lang=owner.lang).env
        sentence = theirs._("%(count)s of your customers were released: %(reason)s", count=count, reason=self.reason)
        self._tell(owner, sentence)

    def _tell(self, user, sentence):
        if user != self.env.user:
            subject = self.with_context(lang=user.lang).env._("Change of Customers")
            self.env.user.partner_id.sudo().message_notify(
                partner_ids=user.partner_id.ids, subject=subject, body=sentence
            )
