# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models

from .sales_owned_mixin import SALES_USER


class CrmLead(models.Model):
    _name = "crm.lead"
    _inherit = ["crm.lead", "sales.owned.mixin", "sales.duplicate.mixin"]

    sales_customer_group_id = fields.Many2one(
        "sales.customer.group",
        "Customer Group",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        groups=SALES_USER,
    )
    sales_contact_log_ids = fields.One2many("sales.contact.log", "lead_id", "Contacts", groups=SALES_USER)
    sales_contact_log_count = fields.Integer(
        "Number of Contacts", compute="_compute_sales_contact_log_count", groups=SALES_USER
    )

    @api.depends("partner_name", "contact_name", "phone_sanitized", "email_normalized", "partner_id")
    def _compute_sales_duplicate_ids(self):
        return super()._compute_sales_duplicate_ids()

    def _compute_sales_contact_log_count(self):
        counts = dict(
            self.env["sales.contact.log"]._read_group([("lead_id", "in", self.ids)], ["lead_id"], ["__count"])
        )
        for lead in self:
            lead.sales_contact_log_count = counts.get(lead, 0)

    @api.model_create_multi
    def create(self, vals_list):
        leads = super().create(vals_list)
        leads._sales_follow_partner()
        return leads

    def write(self, vals):
        result = super().write(vals)
        if "partner_id" in vals:
            self._sales_follow_partner()
        return result

    def _sales_follow_partner(self):
        """Let leads belong to the customer group of their partner, and carry over an earlier registration (OWN-3)."""
        by_group = {}
        for lead in self.sudo().filtered("partner_id"):
            partner, own = lead.partner_id.commercial_partner_id, lead.sales_customer_group_id
            group = partner.sales_customer_group_id
            if own and own != group and not own._members():
                lead._sales_carry_registration(own)
            elif group != own:
                by_group.setdefault(group, self.browse().sudo())
                by_group[group] |= lead
        for group, leads in by_group.items():
            leads._sales_set_group(group)

    def _sales_carry_registration(self, own):
        """Join a registration that belongs to no partner yet to the customer of this lead, or to the lead itself.

        Its protection is carried over only where the person could register that customer now: converting
        a lead is no way around cool-down and limits, nor past another owner.

        :param own: sales.customer.group without members
        """
        Ownership = self.env["sales.ownership"]
        target = self.partner_id.commercial_partner_id or self
        group = target.sales_customer_group_id
        for row in Ownership.sudo().search(Ownership._running_domain() & fields.Domain("group_id", "=", own.id)):
            user, company = row.user_id, row.company_id
            if Ownership._refusals(group, user, company) or Ownership._refusal_of_same(target, user, company):
                row._cut("joined")
        if group:
            group._absorb(own)
            return
        if self.partner_id:
            self.env["sales.customer.membership"]._open({target: own})
        self._sales_set_group(own)

    def _sales_set_group(self, group):
        """Attach leads to a customer group (as superuser: the field is closed to clients)."""
        if self:
            self.sudo().write({"sales_customer_group_id": group.id})

    def _sales_ensure_group(self):
        """Return the customer group of this lead, founding it for a lead without partner."""
        self.ensure_one()
        lead = self.sudo()
        if lead.partner_id:
            return self.env["sales.customer.group"]._of_partners(lead.partner_id)[lead.partner_id.commercial_partner_id]
        if not lead.sales_customer_group_id:
            self.lock_for_update()
            lead._sales_set_group(self.env["sales.customer.group"].sudo().create({}))
        return lead.sales_customer_group_id

    def _merge_dependences(self, opportunities):
        """Join the registrations of merged leads; their contacts go on with the lead that stays."""
        result = super()._merge_dependences(opportunities)
        tail = opportunities.sudo()
        self.env["sales.contact.log"].sudo().search([("lead_id", "in", tail.ids)])._evidence_write({"lead_id": self.id})
        lead = self.sudo()
        for group in tail.sales_customer_group_id - lead.sales_customer_group_id:
            if not group._members():
                lead._sales_carry_registration(group)
        return result

    def _sales_names(self):
        return {self.partner_name or self.contact_name or False} - {False}

    def _sales_own_partners(self):
        return self._origin.sudo().partner_id.commercial_partner_id

    def action_view_sales_contact_logs(self):
        """Open the contacts with this lead."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("sales_policy.sales_contact_log_action")
        action["domain"] = [("lead_id", "=", self.id)]
        action["context"] = {"default_lead_id": self.id}
        return action
