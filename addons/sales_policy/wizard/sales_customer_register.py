# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..models.sales_contact_log import CHANNELS, DIRECTIONS, FIRST_CONTACT

# What registering asks of company and customer. Their whole rows, which reading any field would fetch, are wide.
COMPANY_FIELDS = [
    "sales_ownership_enabled",
    "sales_contact_backdate_hours",
    "sales_contact_summary_length",
    "sales_owner_sync_salesperson",
    "resource_calendar_id",
    "parent_path",
]
PARTNER_FIELDS = [
    "name",
    "company_name",
    "parent_id",
    "commercial_partner_id",
    "company_id",
    "phone_sanitized",
    "email_normalized",
    "vat",
    "company_registry",
    "sales_customer_group_id",
]


class SalesCustomerRegister(models.TransientModel):
    """Register a customer with a first contact as evidence, or join the waiting list (OWN-1, OWN-2)."""

    _name = "sales.customer.register"
    _description = "Register Customer"

    partner_id = fields.Many2one("res.partner", "Customer")
    lead_id = fields.Many2one("crm.lead")
    channel = fields.Selection(CHANNELS, required=True, default="call")
    direction = fields.Selection(DIRECTIONS, required=True, default="two_way")
    contact_date = fields.Datetime("Date of Contact", required=True, default=fields.Datetime.now)
    summary = fields.Text(help="What was said and what the customer wants.")
    interest = fields.Selection(
        [("none", "None"), ("low", "Low"), ("medium", "Medium"), ("high", "High")], string="Interest Level"
    )
    next_step = fields.Char()
    next_step_date = fields.Date("Next Step On")
    attachment_ids = fields.Many2many("ir.attachment", string="Attachments")
    referrer_id = fields.Many2one(
        "res.partner",
        "Referred By",
        help="The existing customer who recommended this one. Its owner becomes the owner.",
    )
    situation = fields.Selection(
        [("free", "Free"), ("refused", "Refused"), ("taken", "Taken")], compute="_compute_situation"
    )
    message = fields.Text(compute="_compute_situation")
    similar_message = fields.Char(compute="_compute_situation")
    is_different = fields.Boolean("This is a different customer")

    @api.depends("partner_id", "lead_id")
    @api.depends_context("uid", "company")
    def _compute_situation(self):
        for wizard in self:
            target = wizard._target()
            wizard.similar_message = wizard._similar_sentence(target)
            wizard.situation, wizard.message = wizard._find_obstacle(target)

    def _target(self):
        """Return the partner or lead to register, which the user has to be allowed to see."""
        self.ensure_one()
        target = self.partner_id.commercial_partner_id or self.lead_id
        target.check_access("read")
        return target

    def _find_obstacle(self, target):
        """Return the situation of the customer for the current user, and why it cannot be registered (or nothing)."""
        Ownership = self.env["sales.ownership"]
        if not target:
            return "free", False
        if not self.env.company.sales_ownership_enabled:
            return "refused", self.env._("Customer ownership is not switched on for this company. Ask a sales manager.")
        group = target.sudo().sales_customer_group_id
        running = Ownership._running(group, self.env.company)
        if group in running and running[group].user_id != self.env.user:
            return "taken", running[group]._refusal_to(self.env.user)
        refusal = Ownership._refusals(group, self.env.user, self.env.company, running).get(group)
        if refusal:
            return "refused", refusal
        refusal = Ownership._refusal_of_same(target, self.env.user, self.env.company)
        if refusal:
            return "refused", self.env._(
                "This phone, e-mail or tax number belongs to a customer that is registered already. %(refusal)s",
                refusal=refusal,
            )
        return "free", False

    def _similar_sentence(self, target):
        similar = target._sales_similar_customers().get(target) if target else False
        return target._sales_duplicate_sentence(self.env["res.partner"], similar) if similar else False

    def action_register(self):
        """Record the contact and register the customer for the current user (OWN-1, OWN-2, OWN-7).

        :raises UserError: when the customer is taken, the policy refuses, or a similar customer was not ruled out
        """
        self.ensure_one()
        self.env.company.fetch(COMPANY_FIELDS)
        self.partner_id.fetch(PARTNER_FIELDS)
        target = self._target()
        situation, message = self._find_obstacle(target)
        if situation != "free":
            raise UserError(message)
        if not target:
            raise UserError(self.env._("Choose the customer to register."))
        # Who has ruled it out need not be asked again.
        similar = not self.is_different and self._similar_sentence(target)
        if similar:
            raise UserError(
                self.env._("%(similar)s. Please confirm that this is a different customer.", similar=similar)
            )
        owner = self._future_owner()
        founded = target._name == "res.partner" and not target.sudo().sales_customer_group_id
        group = self._group_of(target)
        Log = self.env["sales.contact.log"]
        if founded:
            Log = Log.with_context(sales_first_contact=FIRST_CONTACT)
        log = Log.create(self._prepare_log_vals()).with_env(self.env)
        self.env["sales.ownership"]._claim(group, owner, log, self.referrer_id, founded)
        return {"type": "ir.actions.act_window_close"}

    def _group_of(self, target):
        if target._name == "crm.lead":
            return target._sales_ensure_group()
        return self.env["sales.customer.group"]._of_partners(target)[target.sudo()]

    def _future_owner(self):
        """Return who will own the customer: the current user, or the owner of the referring customer (OWN-7).

        :raises UserError: when the referring customer is none: neither protected nor a buyer
        """
        if not self.referrer_id:
            return self.env.user
        self.referrer_id.check_access("read")
        group = self.referrer_id.sudo().sales_customer_group_id
        running = self.env["sales.ownership"]._running(group, self.env.company).get(group)
        if not running and not group._that_bought(self.env.company):
            raise UserError(
                self.env._(
                    "%(customer)s is not an existing customer, so it cannot refer others.",
                    customer=self.referrer_id.display_name,
                )
            )
        return running.user_id if running else self.env.user

    def _prepare_log_vals(self):
        return {
            "partner_id": self.partner_id.id,
            "lead_id": self.lead_id.id,
            "channel": self.channel,
            "direction": self.direction,
            "contact_date": self.contact_date,
            "summary": self.summary or "",
            "interest": self.interest,
            "next_step": self.next_step,
            "next_step_date": self.next_step_date,
            "attachment_ids": [(6, 0, self.attachment_ids.ids)],
        }

    def action_wait(self):
        """Put the current user on the waiting list of a protected customer (OWN-2)."""
        self.ensure_one()
        if not self.env.user.has_group("sales_team.group_sale_salesman"):
            raise AccessError(self.env._("Only salespeople can wait for a customer."))
        target = self._target()
        group = target.sudo().sales_customer_group_id
        if not group:
            raise UserError(self.env._("Nobody owns this customer. You can register it now."))
        self.env["sales.ownership.waiting"]._join(group, self.env.user, self.env.company)
        return {"type": "ir.actions.act_window_close"}
