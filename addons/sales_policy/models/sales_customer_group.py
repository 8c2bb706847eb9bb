# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.api import SUPERUSER_ID
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import SQL

from ..tools import lock_rows


class SalesCustomerGroup(models.Model):
    """The customer as one unit of ownership: a company or person together with family and affiliates (OWN-4).

    A group comes into being when somebody first registers one of its members; until then a
    partner has none.
    """

    _name = "sales.customer.group"
    _description = "Customer Group"
    _order = "id desc"

    name = fields.Char(compute="_compute_name", compute_sudo=True, search="_search_name")
    membership_ids = fields.One2many("sales.customer.membership", "group_id", readonly=True)
    partner_ids = fields.One2many("res.partner", "sales_customer_group_id", "Partners and Contacts", readonly=True)
    lead_ids = fields.One2many("crm.lead", "sales_customer_group_id", readonly=True)
    ownership_ids = fields.One2many("sales.ownership", "group_id", readonly=True)
    waiting_ids = fields.One2many("sales.ownership.waiting", "group_id", "Waiting List", readonly=True)
    claim_count = fields.Integer("Claims", readonly=True, help="Raised by every change of ownership.")
    is_mine = fields.Boolean("Mine", compute="_compute_is_mine", compute_sudo=True, search="_search_is_mine")

    @api.depends("membership_ids.date_end", "membership_ids.partner_id.display_name", "lead_ids.name")
    def _compute_name(self):
        # All names at once: the partners of each group alone would be read alone.
        self.membership_ids.partner_id.mapped("display_name")
        for group in self:
            partners = group.membership_ids.filtered(lambda m: not m.date_end).partner_id
            names = partners.mapped("display_name") or group.lead_ids.mapped("name")
            names = names or group.membership_ids[:1].mapped("partner_name")
            group.name = ", ".join(names) or self.env._("Customer group %(number)s", number=group.id)

    @api.model
    def _name_sql(self, group):
        """Return the SQL of what ``_compute_name`` says, for statements over thousands of groups.

        :param SQL group: the id of the group
        """
        return SQL(
            """
            COALESCE(
                NULLIF((SELECT string_agg(partner.complete_name, ', ' ORDER BY member.date_start DESC, member.id DESC)
                          FROM (SELECT DISTINCT ON (partner_id) partner_id, date_start, id
                                  FROM sales_customer_membership
                                 WHERE group_id = %(group)s AND date_end IS NULL
                                 ORDER BY partner_id, date_start DESC, id DESC) member
                          JOIN res_partner partner ON partner.id = member.partner_id), ''),
                NULLIF((SELECT string_agg(lead.name, ', ' ORDER BY lead.priority DESC, lead.id DESC)
                          FROM crm_lead lead
                         WHERE lead.sales_customer_group_id = %(group)s AND lead.active), ''),
                (SELECT member.partner_name
                   FROM sales_customer_membership member
                  WHERE member.group_id = %(group)s
                  ORDER BY member.date_start DESC, member.id DESC
                  LIMIT 1),
                replace(%(nameless)s, '0', %(group)s::text)
            )
            """,
            group=group,
            nameless=self.env._("Customer group %(number)s", number=0),
        )

    def _search_name(self, operator, value):
        if operator in Domain.NEGATIVE_OPERATORS:
            return NotImplemented
        return Domain("membership_ids.partner_id.display_name", operator, value) | Domain(
            "lead_ids.name", operator, value
        )

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_is_mine(self):
        mine = self._owned_domain() & Domain("group_id", "in", self._origin.ids)
        rows = self.env["sales.ownership"].sudo().search_fetch(mine, ["group_id"])
        for group in self:
            group.is_mine = group._origin in rows.group_id

    def _search_is_mine(self, operator, value):
        if operator != "in":
            return NotImplemented
        owned = self.env["sales.ownership"].sudo()._search(self._owned_domain())
        return Domain("id", "in", owned.subselect("group_id"))

    @api.model
    def _owned_domain(self):
        """Return the domain of the ledger rows that protect a customer for the current user."""
        running = self.env["sales.ownership"]._running_domain() & Domain("user_id", "=", self.env.uid)
        return running & Domain("company_id", "in", self.env.companies.ids)

    @api.model_create_multi
    def create(self, vals_list):
        # Groups follow from registrations: a group made by hand could not be told from an owned one.
        if not self.env.su:
            raise AccessError(self.env._("Register the customer instead of creating a customer group."))
        # Everybody reads who created a group, and would know whom its customer is protected for.
        return super(SalesCustomerGroup, self.with_user(SUPERUSER_ID)).create(vals_list).with_env(self.env)

    @api.model
    def _of_partners(self, partners):
        """Return the groups of some partners, founding those that do not exist yet.

        Two transactions founding a group for the same partner cannot both succeed: both write it on the partner, so
        the second is rolled back by the database and repeated by the server.

        :param partners: res.partner; contacts stand for their commercial partner
        :return: dict of commercial res.partner to sales.customer.group
        """
        commercial = partners.sudo().commercial_partner_id
        self.env["sales.customer.membership"]._found(
            commercial.filtered(lambda partner: not partner.sales_customer_group_id)
        )
        return {partner: partner.sales_customer_group_id for partner in commercial}

    def _lock(self):
        """Let only one transaction at a time decide about these groups."""
        lock_rows(self, "claim_count")

    def _that_bought(self, company):
        """Return the groups with a confirmed order in this company."""
        if not self:
            return self
        orders = (
            self.env["sale.order"]
            .sudo()
            ._read_group(
                [
                    ("partner_id.sales_customer_group_id", "in", self.ids),
                    ("company_id", "=", company.id),
                    ("state", "=", "sale"),
                ],
                groupby=["partner_id"],
            )
        )
        partners = self.env["res.partner"].sudo().browse([partner.id for [partner] in orders])
        return self & partners.sales_customer_group_id

    def _members(self):
        """Return the commercial partners that belong to these groups today (as superuser)."""
        memberships = (
            self.env["sales.customer.membership"]
            .sudo()
            .search([("group_id", "in", self.ids), ("date_end", "=", False)])
        )
        return memberships.partner_id

    def _absorb(self, other, relation=None, keep_other=False, note=None):
        """Let the partners, leads, waiting list and current owners of another group go on in this one (OWN-4).

        Nothing is lost: the other group keeps its past, and ``_release_absorbed`` undoes the step.

        :param other: sales.customer.group that ends
        :param relation: sales.customer.relation that is the reason
        :param bool keep_other: where both are protected for different people, the other group's owner stays
        :param str note: reason for the ledger where there is no relation
        """
        self.ensure_one()
        (self | other)._lock()
        self.env["sales.ownership"]._unite(self, other, relation, keep_other, note)
        open_memberships = other.sudo().membership_ids.filtered(lambda m: not m.date_end)
        open_memberships._move(self, relation)
        other.sudo().lead_ids._sales_set_group(self)

    def _release_absorbed(self, other, relation):
        """Give back to another group what ``_absorb`` took from it because of ``relation``."""
        self.ensure_one()
        (self | other)._lock()
        taken = self.sudo().membership_ids.filtered(lambda m: m.relation_id == relation and not m.date_end)
        taken._move(other)
        self.env["sales.ownership"]._divide(self, other, relation)
