# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import create_index

from .sales_owned_mixin import SALES_USER


class ResPartner(models.Model):
    _name = "res.partner"
    _inherit = ["res.partner", "sales.owned.mixin", "sales.duplicate.mixin", "sales.closed.mixin"]
    _sales_kept_by_server = frozenset({"commercial_partner_id"})

    sales_membership_ids = fields.One2many(
        "sales.customer.membership", "partner_id", "Customer Group Memberships", groups=SALES_USER
    )
    sales_customer_group_id = fields.Many2one(
        "sales.customer.group",
        "Customer Group",
        compute="_compute_sales_customer_group_id",
        store=True,
        index="btree_not_null",
        ondelete="restrict",
        groups=SALES_USER,
        compute_sudo=True,
    )
    sales_relation_ids = fields.One2many(
        "sales.customer.relation", "partner_id", "Family and Affiliates", groups=SALES_USER
    )
    sales_contact_log_count = fields.Integer("Contacts", compute="_compute_sales_contact_log_count", groups=SALES_USER)
    sales_ownership_explanation = fields.Text(
        "Ownership in Words", compute="_compute_sales_ownership_explanation", groups=SALES_USER, compute_sudo=False
    )

    # Who else has this phone or e-mail: asked at every registration.
    _sales_phone_idx = models.Index("(phone_sanitized) WHERE phone_sanitized IS NOT NULL")
    _sales_email_idx = models.Index("(email_normalized) WHERE email_normalized IS NOT NULL")

    def init(self):
        result = super().init()
        if self.env.registry.has_trigram:
            create_index(
                self.env.cr, "res_partner__sales_name_trigram", "res_partner", ["name gin_trgm_ops"], method="gin"
            )
        return result

    @api.depends("commercial_partner_id", "commercial_partner_id.sales_membership_ids.date_end")
    def _compute_sales_customer_group_id(self):
        commercial = self.commercial_partner_id._origin
        memberships = (
            self.env["sales.customer.membership"]
            .sudo()
            .search_fetch(
                [("partner_id", "in", commercial.ids), ("date_end", "=", False)], ["partner_id", "group_id"], order="id"
            )
            if commercial
            else []
        )
        group_of = {membership.partner_id.id: membership.group_id.id for membership in memberships}
        for partner in self:
            partner.sales_customer_group_id = group_of.get(partner.commercial_partner_id._origin.id, False)

    @api.depends("name", "phone_sanitized", "email_normalized", "vat", "company_registry", "parent_id")
    def _compute_sales_duplicate_ids(self):
        return super()._compute_sales_duplicate_ids()

    def _compute_sales_contact_log_count(self):
        groups = self.sudo().sales_customer_group_id
        counts = (
            dict(
                self.env["sales.contact.log"]._read_group(
                    [("partner_id.sales_customer_group_id", "in", groups.ids)], ["partner_id"], ["__count"]
                )
            )
            if groups
            else {}
        )
        by_group = {}
        for partner, count in counts.items():
            group = partner.sudo().sales_customer_group_id
            by_group[group] = by_group.get(group, 0) + count
        for partner in self:
            partner.sales_contact_log_count = by_group.get(partner.sudo().sales_customer_group_id, 0)

    @api.depends_context("company", "uid", "lang")
    def _compute_sales_ownership_explanation(self):
        Ownership = self.env["sales.ownership"]
        groups = self.sudo().sales_customer_group_id
        rows = (
            Ownership.search_fetch([("group_id", "in", groups.ids), ("company_id", "=", self.env.company.id)])
            if groups
            else Ownership
        )
        # The rows that the user may see tell it already; the others are asked only for what they hide.
        told = rows.filtered(lambda row: row.status == "running").sudo().group_id
        hidden = self.filtered(lambda p: p.sales_ownership_state == "protected").sudo().sales_customer_group_id - told
        running = Ownership._running(hidden, self.env.company) if hidden else {}
        for partner in self:
            group = partner.sudo().sales_customer_group_id
            sentences = rows.filtered(lambda row: row.group_id == group).sudo()._explain()
            if group in running:
                sentences.insert(0, running[group]._refusal_to(self.env.user))
            partner.sales_ownership_explanation = "\n".join(sentences)

    @api.model_create_multi
    def create(self, vals_list):
        self._sales_check_kept(vals_list)
        return super().create(vals_list)

    def write(self, vals):
        self._sales_check_kept([vals])
        return super().write(vals)

    @api.model
    def _sales_check_kept(self, vals_list):
        """Refuse to write to which company a contact belongs past the company itself (OWN-2, SHP-3)."""
        if not self.env.su and self._sales_touches_kept(vals_list):
            raise AccessError(self.env._("The commercial entity follows from the company. Change the company instead."))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_owned(self):
        # sudo: the evidence exists whether or not the user may see it
        recorded = self.env["sales.contact.log"].sudo().search_count([("partner_id", "in", self.ids)], limit=1)
        owned = self.env["sales.customer.membership"].sudo().search_count([("partner_id", "in", self.ids)], limit=1)
        if recorded or owned:
            raise UserError(
                self.env._("A customer with registered contacts or ownership cannot be deleted. Archive it instead.")
            )

    def _sales_identity(self):
        identity = super()._sales_identity()
        if self.vat and len(self.vat) > 1:
            identity.add(("vat", self.vat))
        if self.company_registry:
            identity.add(("company_registry", self.company_registry))
        return identity

    def _sales_own_partners(self):
        return self._origin.sudo().commercial_partner_id

    def action_view_sales_contact_logs(self):
        """Open the contacts with this customer and its family and affiliates."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("sales_policy.sales_contact_log_action")
        group = self.sudo().sales_customer_group_id
        action["domain"] = (
            [("partner_id.sales_customer_group_id", "=", group.id)]
            if group
            else [("partner_id", "child_of", self.commercial_partner_id.id)]
        )
        action["context"] = {"default_partner_id": self.id}
        return action

    def action_view_sales_ownership(self):
        """Open the ledger of this customer."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("sales_policy.sales_ownership_action")
        action["domain"] = [("group_id", "=", self.sudo().sales_customer_group_id.id)]
        action["context"] = {}
        return action

    def action_sales_transfer(self):
        """Open the re-assignment of these customers, for sales managers."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Assign or Release"),
            "res_model": "sales.ownership.transfer",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_partner_ids": self.ids},
        }
