# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from collections import defaultdict

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from .sales_owned_mixin import SALES_USER

SIMILAR_NAMES = 5


class SalesDuplicateMixin(models.AbstractModel):
    """Find the customers that are probably the same as this record (OWN-2, OWN-4).

    Phone and e-mail, however they are spelled, tax ID and company registry identify a customer. A
    similar name is only a hint.
    """

    _name = "sales.duplicate.mixin"
    _description = "Duplicate Check"

    sales_duplicate_ids = fields.Many2many(
        "res.partner",
        string="Probably the Same Customer",
        compute="_compute_sales_duplicate_ids",
        groups=SALES_USER,
        compute_sudo=False,
    )
    sales_duplicate_message = fields.Char(
        "Duplicate Hint", compute="_compute_sales_duplicate_ids", groups=SALES_USER, compute_sudo=False
    )

    # Each model adds the fields that identify its customer, so that the check follows what is being typed.
    @api.depends_context("uid", "company")
    def _compute_sales_duplicate_ids(self):
        enabled = self.env.company.sales_ownership_enabled
        same = self._sales_same_customers() if enabled else {}
        similar = self._sales_similar_customers() if enabled else {}
        for record in self:
            certain = same.get(record, self.env["res.partner"])
            partners = certain | similar.get(record, self.env["res.partner"])
            record.sales_duplicate_ids = partners._filtered_access("read")
            record.sales_duplicate_message = record._sales_duplicate_sentence(certain, partners)

    def _sales_duplicate_sentence(self, certain, partners):
        names = ", ".join(partners._filtered_access("read").mapped("display_name"))
        if not partners:
            return False
        if certain:
            return self.env._(
                "Same phone, e-mail or tax number as: %(names)s",
                names=names or self.env._("a customer of another company"),
            )
        return self.env._("Similar name: %(names)s", names=names)

    def _sales_identity(self):
        """Return what identifies the customer of this record, as (field of res.partner, normalized value) pairs."""
        self.ensure_one()
        return {
            (name, value)
            for name, value in (
                ("phone_sanitized", self.phone_sanitized),
                ("email_normalized", self.email_normalized),
            )
            if value
        }

    def _sales_names(self):
        """Return the names under which the customer of this record may be known."""
        self.ensure_one()
        return {self.name} - {False}

    def _sales_own_partners(self):
        """Return the partners that are this record itself, as superuser: its commercial entity and customer group."""
        return self.env["res.partner"].sudo()

    def _sales_same_customers(self):
        """Return for each record the commercial partners that share its phone, e-mail, tax ID or registry.

        Partners of the same company or customer group are left out. One query for all records.

        :return: dict of record to res.partner (as superuser), only where there are any
        """
        identities = {record: record.sudo()._sales_identity() for record in self}
        wanted = defaultdict(set)
        for name, value in set().union(*identities.values()):
            wanted[name].add(value)
        if not wanted:
            return {}
        names = list(wanted)
        found = (
            self.env["res.partner"]
            .sudo()
            .with_context(active_test=False)
            .search_fetch(
                Domain.OR(Domain(name, "in", list(values)) for name, values in wanted.items()),
                [*names, "commercial_partner_id"],
            )
        )
        by_value = defaultdict(lambda: self.env["res.partner"].sudo())
        for partner in found:
            for name in names:
                if partner[name]:
                    by_value[name, partner[name]] |= partner.commercial_partner_id
        result = {}
        for record, identity in identities.items():
            partners = self.env["res.partner"].sudo().union(*(by_value[pair] for pair in identity if pair in by_value))
            partners = record._sales_without_own(partners)
            if partners:
                result[record] = partners
        return result

    def _sales_same_groups(self):
        """Return the other customer groups, of partners and of leads without one, that share this record's identity."""
        self.ensure_one()
        identity = self.sudo()._sales_identity()
        found = []
        for model, loose in (("res.partner", SQL("TRUE")), ("crm.lead", SQL("partner_id IS NULL"))):
            known = [(name, value) for name, value in identity if name in self.env[model]._fields]
            if not known:
                continue
            self.env[model].flush_model([*dict(known), "sales_customer_group_id"])
            same = SQL(" OR ").join(SQL("%s = %s", SQL.identifier(name), value) for name, value in known)
            found.append(
                SQL(
                    "SELECT sales_customer_group_id FROM %s WHERE sales_customer_group_id IS NOT NULL AND (%s) AND %s",
                    SQL.identifier(self.env[model]._table),
                    same,
                    loose,
                )
            )
        if not found:
            return self.env["sales.customer.group"].sudo()
        rows = self.env.execute_query(SQL(" UNION ").join(found))
        own_groups = self.sudo().sales_customer_group_id | self._sales_own_partners().sales_customer_group_id
        return self.env["sales.customer.group"].sudo().browse([group_id for [group_id] in rows]) - own_groups

    def _sales_similar_customers(self):
        """Return for each record up to five commercial partners with a similar name, like ``_sales_same_customers``."""
        names_of = {record: record.sudo()._sales_names() for record in self}
        names = sorted(set().union(*names_of.values()))
        if not names:
            return {}
        self.env["res.partner"].flush_model(["name", "commercial_partner_id"])
        # Each name is a literal: only then the planner knows that it is rare and uses the index.
        rows = self.env.execute_query(
            SQL(" UNION ALL ").join(
                SQL(
                    "(SELECT %s, COALESCE(partner.commercial_partner_id, partner.id) FROM res_partner partner "
                    "WHERE %s LIMIT %s)",
                    name,
                    self._sales_similar_sql(name),
                    SIMILAR_NAMES * 2,
                )
                for name in names
            )
        )
        by_name = defaultdict(set)
        for name, partner_id in rows:
            by_name[name].add(partner_id)
        result = {}
        for record, own_names in names_of.items():
            ids = set().union(*(by_name[name] for name in own_names))
            partners = record._sales_without_own(self.env["res.partner"].sudo().browse(ids))[:SIMILAR_NAMES]
            if partners:
                result[record] = partners
        return result

    def _sales_similar_sql(self, name):
        """Return the condition that a partner's name is similar, or but for capitals the same, as far as is known."""
        if self.env.registry.has_trigram:
            return SQL("partner.name %% %s", name)
        return SQL("lower(partner.name) = lower(%s)", name)

    def _sales_without_own(self, partners):
        own = self._sales_own_partners()
        groups = own.sales_customer_group_id
        return (partners - own).filtered(lambda partner: not groups or partner.sales_customer_group_id not in groups)
