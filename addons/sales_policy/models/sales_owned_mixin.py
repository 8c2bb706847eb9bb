# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import SQL

SALES_USER = "sales_team.group_sale_salesman"
STATES = [("unclaimed", "Unclaimed"), ("protected", "Protected"), ("open", "Open")]


class SalesOwnedMixin(models.AbstractModel):
    """Show on a record who owns its customer group in the current company, read off ledger and clock (OWN-2).

    Nothing is stored on the record but the group; the other fields can be searched, sorted and grouped all the same.
    A model that uses this mixin defines the stored field ``sales_customer_group_id``.
    """

    _name = "sales.owned.mixin"
    _description = "Record of an Owned Customer"

    sales_owner_id = fields.Many2one(
        "res.users",
        "Owner",
        compute="_compute_sales_ownership",
        search="_search_sales_owner_id",
        groups=SALES_USER,
        compute_sudo=False,
    )
    sales_protected_until = fields.Datetime(
        "Protected Until",
        compute="_compute_sales_ownership",
        search="_search_sales_protected_until",
        groups=SALES_USER,
        compute_sudo=False,
    )
    sales_ownership_state = fields.Selection(
        STATES,
        "Ownership",
        compute="_compute_sales_ownership",
        search="_search_sales_ownership_state",
        groups=SALES_USER,
        compute_sudo=False,
    )
    sales_days_left = fields.Integer(
        "Days Left",
        compute="_compute_sales_days_left",
        groups=SALES_USER,
        aggregator=None,
        compute_sudo=False,
        help="Days after today until protection ends.",
    )

    sales_ownership_enabled = fields.Boolean(
        "Customer Ownership Is On", compute="_compute_sales_ownership_enabled", groups=SALES_USER
    )

    # Derived from the ledger: nobody writes them. The group is set by the server alone.
    _sales_derived_fields = (
        "sales_customer_group_id",
        "sales_owner_id",
        "sales_protected_until",
        "sales_ownership_state",
        "sales_days_left",
    )

    @api.depends("sales_customer_group_id")
    @api.depends_context("company", "uid")
    def _compute_sales_ownership(self):
        Ownership = self.env["sales.ownership"]
        groups = self.sudo().sales_customer_group_id
        running = Ownership._running(groups, self.env.company) if groups else {}
        known = (
            Ownership._last(groups - Ownership._groups_in(running), self.env.company)
            if len(groups) > len(running)
            else {}
        )
        visible = Ownership._rows_of(running, groups)._filter_visible(self.env.user)
        for record, as_superuser in zip(self, self.sudo()):
            group = as_superuser.sales_customer_group_id
            row = running.get(group)
            record.sales_owner_id = row.user_id.with_env(self.env) if row and row in visible else False
            record.sales_protected_until = row.date_end if row else False
            record.sales_ownership_state = "protected" if row else "open" if group in known else "unclaimed"

    @api.depends_context("company")
    def _compute_sales_ownership_enabled(self):
        self.sales_ownership_enabled = self.env.company.sales_ownership_enabled

    @api.depends("sales_protected_until")
    @api.depends_context("company", "uid")
    def _compute_sales_days_left(self):
        company = self.env.company
        protected = self.filtered("sales_protected_until")
        (self - protected).sales_days_left = 0
        today = company._sales_today() if protected else None
        for record in protected:
            record.sales_days_left = (company._sales_local_date(record.sales_protected_until) - today).days

    def _search_sales_owner_id(self, operator, value):
        operator, value = self.env["res.users"]._sales_found(operator, value)
        if operator != "in":
            return NotImplemented
        Ownership = self.env["sales.ownership"]
        owned = Ownership._running_domain() & Ownership._visible_domain(self.env.user)
        if False in value:
            others = [user_id for user_id in value if user_id]
            visible = self._sales_groups_where(owned)
            nobody = Domain("sales_customer_group_id", "not in", visible) | Domain(
                "sales_customer_group_id", "=", False
            )
            return nobody | self._search_sales_owner_id("in", others) if others else nobody
        return Domain(
            "sales_customer_group_id", "in", self._sales_groups_where(owned & Domain("user_id", "in", list(value)))
        )

    def _search_sales_protected_until(self, operator, value):
        if operator not in ("in", "<", "<=", ">", ">="):
            return NotImplemented
        running = self.env["sales.ownership"]._running_domain()
        if operator == "in" and False in value:
            # Not protected, or until further notice.
            dated = self._sales_groups_where(running & Domain("date_end", "!=", False))
            unset = Domain("sales_customer_group_id", "not in", dated) | Domain("sales_customer_group_id", "=", False)
            dates = [date for date in value if date]
            return unset | self._search_sales_protected_until("in", dates) if dates else unset
        return Domain(
            "sales_customer_group_id", "in", self._sales_groups_where(running & Domain("date_end", operator, value))
        )

    def _search_sales_ownership_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain.OR(self._sales_state_domain(state) for state in value if state)

    def _sales_state_domain(self, state):
        """Return the domain of the records in a state.

        Correlated subqueries let the database walk along the order of a list and stop after a page; an "in" or
        "not in" would first collect the groups of the whole ledger.
        """
        now, company = fields.Datetime.now(), self.env.company.id

        def exists(group, condition):
            return SQL(
                "EXISTS (SELECT 1 FROM sales_ownership ledger WHERE ledger.group_id = %s AND ledger.company_id = %s "
                "AND ledger.date_start <= %s AND %s)",
                group,
                company,
                now,
                condition,
            )

        def to_sql(model, alias, query):
            group = model.sudo()._field_to_sql(alias, "sales_customer_group_id", query)
            running = exists(group, SQL("(ledger.date_end IS NULL OR ledger.date_end > %s)", now))
            begun = exists(group, SQL("ledger.end_reason IS DISTINCT FROM 'withdrawn'"))
            return {
                "protected": running,
                "open": SQL("(%s AND NOT %s)", begun, running),
                "unclaimed": SQL("NOT %s", begun),
            }[state]

        self.env["sales.ownership"].flush_model()
        return Domain.custom(to_sql=to_sql, predicate=lambda record: record.sales_ownership_state == state)

    def _sales_groups_where(self, domain):
        """Return the query of the customer groups with a row of the ledger in the current company."""
        rows = self.env["sales.ownership"].sudo()._search(domain & Domain("company_id", "=", self.env.company.id))
        return rows.subselect("group_id")

    def _field_to_sql(self, alias, field_expr, query=None):
        if (
            field_expr not in ("sales_owner_id", "sales_protected_until", "sales_ownership_state", "sales_days_left")
            or query is None
        ):
            return super()._field_to_sql(alias, field_expr, query)
        self._check_field_access(self._fields[field_expr], "read")
        Ownership = self.env["sales.ownership"]
        group = super()._field_to_sql(alias, "sales_customer_group_id", query)
        row = query.make_alias(alias, "sales_ownership")
        now = fields.Datetime.now().replace(microsecond=0)
        if row not in query._joins:
            query.add_join(
                "LEFT JOIN",
                row,
                Ownership._table,
                SQL(
                    "%(row)s.group_id = %(group)s AND %(row)s.company_id = %(company)s "
                    "AND %(row)s.date_start <= %(now)s AND (%(row)s.date_end IS NULL OR %(row)s.date_end > %(now)s)",
                    row=SQL.identifier(row),
                    group=group,
                    company=self.env.company.id,
                    now=now,
                ),
            )
        if field_expr == "sales_owner_id":
            visible = Ownership._visible_sql(row, self.env.user)
            return SQL("CASE WHEN %s THEN %s END", visible, SQL.identifier(row, "user_id"))
        if field_expr == "sales_ownership_state":
            return SQL(
                "CASE WHEN %(row_id)s IS NOT NULL THEN 'protected' "
                "WHEN EXISTS (SELECT 1 FROM sales_ownership begun WHERE begun.group_id = %(group)s "
                "AND begun.company_id = %(company)s AND begun.date_start <= %(now)s "
                "AND begun.end_reason IS DISTINCT FROM 'withdrawn') THEN 'open' ELSE 'unclaimed' END",
                row_id=SQL.identifier(row, "id"),
                group=group,
                company=self.env.company.id,
                now=now,
            )
        return SQL.identifier(row, "date_end")

    def _check_not_derived(self, vals):
        """Refuse to write what follows from the ledger, whoever asks by RPC (OWN-1)."""
        forged = [name for name in self._sales_derived_fields if name in vals]
        if forged and not self.env.su:
            raise AccessError(
                self.env._(
                    "“%(field)s” follows from the registered contacts and cannot be set. "
                    "Register the customer, or ask a sales manager.",
                    field=self._fields[forged[0]]._description_string(self.env),
                )
            )

    @api.model
    def default_get(self, fields):
        """Return defaults; what follows from the ledger takes none, neither of a context nor of a person (OWN-1)."""
        return super().default_get([name for name in fields if name not in self._sales_derived_fields])

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_not_derived(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._check_not_derived(vals)
        return super().write(vals)

    def action_sales_register(self):
        """Open the registration of this customer or lead."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Register Customer"),
            "res_model": "sales.customer.register",
            "views": [(False, "form")],
            "target": "new",
            "context": {f"default_{self._sales_log_field()}": self.id},
        }

    def action_sales_log_contact(self):
        """Open a new contact record for this customer or lead."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Record Contact"),
            "res_model": "sales.contact.log",
            "views": [(False, "form")],
            "target": "new",
            "context": {f"default_{self._sales_log_field()}": self.id},
        }

    @api.model
    def _sales_log_field(self):
        """Return the field of a contact log that points to this model."""
        return {"res.partner": "partner_id", "crm.lead": "lead_id"}[self._name]
