# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

ORIGINS = [
    ("registration", "Registration"),
    ("takeover", "Takeover after Lapse"),
    ("succession", "Waiting List"),
    ("referral", "Referral"),
    ("assignment", "Assignment"),
    ("import", "Import"),
    ("join", "Joined Customers"),
]
END_REASONS = [
    ("released", "Released"),
    ("transferred", "Transferred"),
    ("joined", "Joined with Another Customer"),
    ("separated", "Join Undone"),
    ("withdrawn", "Left the Waiting List"),
]


class SalesOwnership(models.Model):
    """The ledger of who owns which customer, from when until when, and why (OWN-1, OWN-2, OWN-9).

    A row protects its customer from ``date_start`` to ``date_end``. Contacts move the end of a row that is still
    running; nothing moves the end of a row that has passed. Who owns a customer at any moment, past, present or (for
    the waiting list) future, is therefore read off rows and clock alone.
    """

    _name = "sales.ownership"
    _inherit = ["sales.evidence.mixin"]
    _description = "Customer Ownership"
    _order = "date_start desc, id desc"
    _rec_name = "group_id"
    # Whoever may see a row may finish the reminder on it; the row itself stays closed.
    _mail_post_access = "read"

    group_id = fields.Many2one(
        "sales.customer.group", "Customer", required=True, index=True, ondelete="restrict", readonly=True
    )
    # These two are looked up by the indexes below; one of their own each would only slow down writing.
    company_id = fields.Many2one("res.company", required=True, ondelete="restrict", readonly=True)
    user_id = fields.Many2one("res.users", "Owner", required=True, ondelete="restrict", readonly=True)
    date_start = fields.Datetime("Protected From", required=True, readonly=True)
    date_end = fields.Datetime("Protected Until", readonly=True, help="Empty: protected without end.")
    origin = fields.Selection(ORIGINS, required=True, readonly=True)
    end_reason = fields.Selection(END_REASONS, readonly=True, help="Empty: protection lapses by itself.")
    ended_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    log_id = fields.Many2one(
        "sales.contact.log", "Registered With", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    last_log_id = fields.Many2one(
        "sales.contact.log", "Protected Because Of", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    referrer_id = fields.Many2one("res.partner", "Referred By", readonly=True, ondelete="restrict")
    referrer_name = fields.Char("Referring Customer at the Time", readonly=True)
    relation_id = fields.Many2one("sales.customer.relation", readonly=True, index="btree_not_null", ondelete="restrict")
    end_relation_id = fields.Many2one(
        "sales.customer.relation", "Ended Because Of", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    reason = fields.Char(readonly=True)
    end_note = fields.Char("End: Reason", readonly=True)
    blind = fields.Boolean(readonly=True, help="Colleagues are not told who owns the customer.")
    reminder_date = fields.Datetime("Reminded On", readonly=True)
    status = fields.Selection(
        [("waiting", "Waiting"), ("running", "Protected"), ("ended", "Ended")],
        compute="_compute_status",
        search="_search_status",
    )

    # Finding the owner of many customers, and the customers of an owner, both by the clock.
    _group_idx = models.Index("(group_id, company_id, date_start DESC, date_end)")
    _owner_idx = models.Index("(user_id, company_id, date_end)")
    _lapse_idx = models.Index("(company_id, date_end)")
    _period_order = models.Constraint(
        "CHECK (date_end IS NULL OR date_end >= date_start)", "Protection cannot end before it begins."
    )

    @api.depends("date_start", "date_end")
    def _compute_status(self):
        now = fields.Datetime.now()
        for row in self:
            if row.date_start > now:
                row.status = "waiting"
            else:
                row.status = "running" if not row.date_end or row.date_end > now else "ended"

    def _search_status(self, operator, value):
        if operator != "in":
            return NotImplemented
        now = fields.Datetime.now()
        domains = {
            "waiting": Domain("date_start", ">", now),
            "running": self._running_domain(),
            "ended": Domain("date_start", "<=", now) & Domain("date_end", "<=", now),
        }
        return Domain.OR(domains[status] for status in value if status in domains)

    @api.model
    def _running_domain(self, when=None):
        """Return the domain of the rows that protect their customer at a moment.

        :param when: naive UTC datetime, now by default
        :return: Domain
        """
        when = when or fields.Datetime.now()
        return Domain("date_start", "<=", when) & (Domain("date_end", "=", False) | Domain("date_end", ">", when))

    @api.model
    def _begun_domain(self):
        """Return the domain of the rows that ever protected their customer, unlike withdrawn waiting list entries."""
        return Domain("date_start", "<=", fields.Datetime.now()) & Domain("end_reason", "!=", "withdrawn")

    def _has_begun(self):
        """Tell the same of one row as ``_begun_domain``."""
        return self.date_start <= fields.Datetime.now() and self.end_reason != "withdrawn"

    @api.model
    def _led_users(self, user):
        """Return the users whose sales team is led by ``user``."""
        return (
            self.env["res.users"]
            .sudo()
            .with_context(active_test=False)
            .search([("sale_team_id.user_id", "=", user.id)])
        )

    @api.model
    def _visible_domain(self, user):
        """Return the domain of the rows whose owner a user may know: not blind, own, the own team's; managers all."""
        if user.has_group("sales_team.group_sale_manager"):
            return Domain.TRUE
        return Domain("blind", "=", False) | Domain("user_id", "in", (user | self._led_users(user)).ids)

    @api.model
    def _visible_sql(self, alias, user):
        """Return ``_visible_domain`` as SQL for a table alias of the ledger."""
        if user.has_group("sales_team.group_sale_manager"):
            return SQL("TRUE")
        return SQL(
            "(%s IS NOT TRUE OR %s = ANY(%s))",
            SQL.identifier(alias, "blind"),
            SQL.identifier(alias, "user_id"),
            (user | self._led_users(user)).ids,
        )

    def _filter_visible(self, user):
        """Return the rows whose owner a user may know."""
        if all(not row.blind or row.user_id == user for row in self) or user.has_group("sales_team.group_sale_manager"):
            return self
        known = user | self._led_users(user)
        return self.filtered(lambda row: not row.blind or row.user_id in known)

    @api.model_create_multi
    def create(self, vals_list):
        # The ledger is itself the history: no note that a row was created, no followers.
        quiet = self.with_context(mail_create_nolog=True, mail_create_nosubscribe=True, tracking_disable=True)
        rows = super(SalesOwnership, quiet).create(vals_list).with_env(self.env)
        rows._forget_derived()
        return rows

    def _evidence_write(self, vals):
        result = super()._evidence_write(vals)
        self._forget_derived()
        return result

    def _forget_derived(self):
        """Drop what partners, leads and orders have cached of the ledger."""
        for model in ("res.partner", "crm.lead"):
            self.env[model].invalidate_model(
                ["sales_owner_id", "sales_protected_until", "sales_ownership_state", "sales_days_left"], flush=False
            )
        self.env["sale.order"].invalidate_model(["credited_user_id", "credit_explanation"], flush=False)

    @api.model
    def _running(self, groups, company, when=None):
        """Return the row that protects each group in a company at a moment, in one query.

        :param groups: sales.customer.group
        :param company: res.company
        :param when: naive UTC datetime, now by default
        :return: dict of sales.customer.group to sales.ownership (as superuser); unprotected groups are absent
        """
        rows = self.sudo().search_fetch(
            self._running_domain(when) & Domain("group_id", "in", groups.ids) & Domain("company_id", "=", company.id),
            ["group_id", "company_id", "user_id", "date_start", "date_end", "blind"],
        )
        by_id = {group.id: group for group in groups}
        return {by_id[row.group_id.id]: row for row in rows}

    @api.model
    def _ledger(self, group, company):
        """Return all rows of one group in a company (as superuser), past, present and future, the newest first."""
        return self.sudo().search_fetch(
            [("group_id", "=", group.id), ("company_id", "=", company.id)],
            ["group_id", "company_id", "user_id", "date_start", "date_end", "end_reason", "blind"],
        )

    @api.model
    def _last(self, groups, company):
        """Return the latest row that has begun for each group in a company, as ``_running`` does."""
        self.flush_model()
        found = self.env.execute_query(
            SQL(
                "SELECT DISTINCT ON (group_id) group_id, id FROM sales_ownership "
                "WHERE group_id = ANY(%s) AND company_id = %s AND date_start <= %s "
                "AND end_reason IS DISTINCT FROM 'withdrawn' "
                "ORDER BY group_id, date_start DESC, id DESC",
                groups.ids,
                company.id,
                fields.Datetime.now(),
            )
        )
        rows = self.sudo().browse([row_id for _group_id, row_id in found])
        by_id = {group.id: group for group in groups}
        return {by_id[group_id]: row for (group_id, _row_id), row in zip(found, rows)}

    @api.model
    def _rows_at(self, partners, when, company=None):
        """Return the row that protected each partner at any past moment, in one query (OWN-1).

        Groups are taken as they were then. A contact person is answered for the company it belongs to today.

        :param partners: res.partner
        :param when: naive UTC datetime
        :param company: res.company, the current one by default
        :return: dict of res.partner to sales.ownership (as superuser); partners that nobody owned are absent
        """
        company = company or self.env.company
        self.env["sales.customer.membership"].flush_model()
        self.flush_model()
        partners.flush_recordset(["commercial_partner_id"])
        found = self.env.execute_query(
            SQL(
                """
            SELECT DISTINCT ON (partner.id) partner.id, owned.id
              FROM res_partner partner
              JOIN sales_customer_membership member
                ON member.partner_id = partner.commercial_partner_id
               AND member.date_start <= %(when)s AND (member.date_end IS NULL OR member.date_end > %(when)s)
              JOIN sales_ownership owned
                ON owned.group_id = member.group_id AND owned.company_id = %(company)s
               AND owned.date_start <= %(when)s AND (owned.date_end IS NULL OR owned.date_end > %(when)s)
             WHERE partner.id = ANY(%(ids)s)
             -- after a merge the partner's own past comes before that of the partner merged into it
             ORDER BY partner.id, (member.partner_ref = partner.commercial_partner_id) DESC, owned.date_start DESC
            """,
                when=when,
                company=company.id,
                ids=partners.ids,
            )
        )
        rows = self.sudo().browse([row_id for _partner_id, row_id in found])
        by_id = {partner.id: partner for partner in partners}
        return {by_id[partner_id]: row for (partner_id, _row_id), row in zip(found, rows)}

    @api.model
    def _owner_at(self, partners, when):
        """Return who owned each partner in the current company at any moment up to now (OWN-1, OWN-2).

        :param partners: res.partner
        :param when: naive UTC datetime
        :return: dict of res.partner to res.users, empty where nobody owned the partner
        """
        rows = self._rows_at(partners, when)
        nobody = self.env["res.users"]
        return {partner: rows[partner].user_id if partner in rows else nobody for partner in partners}

    def _explain(self):
        """Return the story of these rows in words, newest first, for whoever may read them (OWN-1)."""
        sentences = []
        for row in self:
            values = {
                "owner": row.user_id.name,
                "start": row.company_id._sales_format_moment(row.date_start),
                "end": row.company_id._sales_format_moment(row.date_end)
                if row.date_end
                else self.env._("further notice"),
                "origin": dict(self._fields["origin"]._description_selection(self.env))[row.origin],
            }
            if row.last_log_id and row.status == "running":
                values |= {
                    "channel": dict(row.last_log_id._fields["channel"]._description_selection(self.env))[
                        row.last_log_id.channel
                    ],
                    "contact": row.company_id._sales_format_moment(row.last_log_id.contact_date),
                }
                sentence = self.env._(
                    "Protected for %(owner)s until %(end)s because of this contact: %(channel)s, %(contact)s. "
                    "Owner since %(start)s (%(origin)s).",
                    **values,
                )
            elif row.status == "running":
                sentence = self.env._(
                    "Protected for %(owner)s until %(end)s. Owner since %(start)s (%(origin)s).", **values
                )
            elif row.status == "waiting":
                sentence = self.env._("Goes to %(owner)s on %(start)s if protection lapses.", **values)
            elif row.end_reason:
                values["how"] = dict(self._fields["end_reason"]._description_selection(self.env))[row.end_reason]
                values["by"] = row.ended_by_id.name or ""
                sentence = self.env._(
                    "Owned by %(owner)s from %(start)s (%(origin)s) until %(end)s: %(how)s by %(by)s.", **values
                )
            else:
                sentence = self.env._(
                    "Owned by %(owner)s from %(start)s (%(origin)s) until %(end)s, when protection lapsed.", **values
                )
            sentences.append(sentence)
        return sentences
