# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

BATCH = 1000


class SalesEntitlement(models.Model):
    """Who is entitled to the commission of an order, fixed when its first money arrived (OWN-8).

    A refund or a cancellation changes nothing. A sales manager corrects an entry by a counter-entry with a reason.
    """

    _name = "sales.entitlement"
    _inherit = ["sales.evidence.mixin"]
    _description = "Commission Entitlement"
    _order = "moment desc, id desc"
    _rec_name = "order_name"

    order_id = fields.Many2one("sale.order", required=True, index=True, ondelete="restrict", readonly=True)
    order_name = fields.Char("Order Number", required=True, readonly=True)
    partner_name = fields.Char("Customer at the Time", readonly=True)
    company_id = fields.Many2one("res.company", required=True, index=True, ondelete="restrict", readonly=True)
    team_id = fields.Many2one("crm.team", "Sales Team", ondelete="restrict", readonly=True)
    user_id = fields.Many2one("res.users", "Entitled", required=True, index=True, ondelete="restrict", readonly=True)
    closer_id = fields.Many2one("res.users", "Salesperson of the Order", ondelete="restrict", readonly=True)
    share = fields.Float("Share (%)", digits=(6, 2), readonly=True, aggregator=None)
    kind = fields.Selection(
        [
            ("money", "First Money"),
            ("split", "Approved Split"),
            ("decision", "Manager's Decision"),
            ("counter", "Counter-Entry"),
        ],
        required=True,
        readonly=True,
    )
    rank = fields.Integer(readonly=True, help="Position among the shares that the first money fixed.")
    currency_id = fields.Many2one("res.currency", required=True, ondelete="restrict", readonly=True)
    base_amount = fields.Monetary(
        "Order Amount (Untaxed)",
        readonly=True,
        aggregator=None,
        help="The untaxed amount of the order at the moment when its first money arrived.",
    )
    amount = fields.Monetary(
        "Entitled Amount",
        readonly=True,
        help="The share of the untaxed amount of the order that this person's commission is reckoned on. "
        "A counter-entry is negative.",
    )
    company_currency_id = fields.Many2one("res.currency", required=True, ondelete="restrict", readonly=True)
    company_amount = fields.Monetary(
        "Entitled Amount in Company Currency",
        currency_field="company_currency_id",
        readonly=True,
        help="At the exchange rate of the order.",
    )
    date = fields.Date("Date of the Money", required=True, index=True, readonly=True, help="The day in the books.")
    moment = fields.Datetime(
        "Money Arrived On", required=True, readonly=True, help="When the server learned that the money is in."
    )
    money_amount = fields.Monetary("First Money", readonly=True, aggregator=None)
    evidence = fields.Char(readonly=True, help="The payment that fixed the entitlement, as it was named then.")
    evidence_model = fields.Char(readonly=True)
    evidence_id = fields.Many2oneReference("Evidence Record", model_field="evidence_model", readonly=True)
    split_id = fields.Many2one("sales.entitlement.split", index="btree_not_null", ondelete="restrict", readonly=True)
    rule_name = fields.Char("Split Rule", readonly=True)
    reason = fields.Char(readonly=True)
    corrects_id = fields.Many2one(
        "sales.entitlement", "Corrected Entry", index="btree_not_null", ondelete="restrict", readonly=True
    )
    correction_ids = fields.One2many("sales.entitlement", "corrects_id", "Corrections")
    is_countered = fields.Boolean("Taken Back", compute="_compute_is_countered", search="_search_is_countered")

    # The last line of defence: the order's row is locked before entries are added.
    _first_money_unique = models.UniqueIndex("(order_id, rank) WHERE kind = 'money'")
    _counter_unique = models.UniqueIndex("(corrects_id) WHERE kind = 'counter'")

    @api.depends("correction_ids.kind")
    def _compute_is_countered(self):
        countered = self.sudo().search([("corrects_id", "in", self.ids), ("kind", "=", "counter")]).corrects_id
        for entry in self:
            entry.is_countered = entry.id in countered._ids

    def _search_is_countered(self, operator, value):
        if operator != "in":
            return NotImplemented
        countered = self.sudo()._search([("kind", "=", "counter")])
        return [("id", "in" if True in value else "not in", countered.subselect("corrects_id"))]

    @api.depends("order_name", "user_id", "share")
    def _compute_display_name(self):
        for entry in self:
            entry.display_name = self.env._(
                "%(order)s: %(person)s %(share)g %%",
                order=entry.order_name,
                person=entry.user_id.name or "",
                share=entry.share,
            )

    def action_open_evidence(self):
        """Open the payment that fixed this entitlement, for those who may read it."""
        self.ensure_one()
        self.check_access("read")
        evidence = self.env[self.evidence_model].browse(self.evidence_id).exists() if self.evidence_model else None
        if not evidence:
            raise UserError(self.env._("The payment is no longer in the books. It was: %s", self.evidence or ""))
        if evidence._name == "account.bank.statement.line":
            evidence = evidence.move_id
        evidence.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": evidence._name,
            "res_id": evidence.id,
            "views": [(False, "form")],
        }

    def action_correct(self):
        """Open the counter-entry of a sales manager."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Correct Entitlement"),
            "res_model": "sales.entitlement.correction",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_entitlement_ids": self.ids},
        }

    def _sales_correct(self, reason, user=None):
        """Take entries back by counter-entries, as a sales manager's recorded decision (OWN-8).

        :param str reason: why
        :param user: res.users, who is entitled instead; nobody if empty
        :raises AccessError: for anybody but a sales manager, and for a manager who would gain by it
        :raises UserError: for entries that were taken back before, somebody who is no colleague, or without a reason
        """
        if not self.env.user.has_group("sales_team.group_sale_manager"):
            raise AccessError(self.env._("Only a sales manager can correct an entitlement."))
        if user and user == self.env.user:
            raise AccessError(
                self.env._("You cannot give an entitlement to yourself. Another sales manager can decide that.")
            )
        self.check_access("read")
        user = user or self.env["res.users"]
        user._sales_check_colleague(self.company_id)
        if not (reason or "").strip():
            raise UserError(self.env._("Say why: a correction without a reason is not recorded."))
        counters = self._counter(reason=reason)
        if user:
            self._copy_to([{**values, "user_id": user.id} for values in self._again("decision", reason=reason)])
        return counters

    def _counter(self, **values):
        """Add the counter-entries of these entries.

        :raises UserError: when one of them is a counter-entry or was taken back before
        """
        entries = self.sudo()
        entries.order_id._sales_lock_money()
        done = entries.filtered(lambda entry: entry.kind == "counter" or entry.is_countered)
        if done:
            raise UserError(
                self.env._(
                    "%(entry)s was taken back before. Correct the entry that stands now.", entry=done[0].display_name
                )
            )
        return self._copy_to(
            [
                {**vals, "share": -vals["share"], "amount": -vals["amount"], "company_amount": -vals["company_amount"]}
                for vals in self._again("counter", **values)
            ]
        )

    def _again(self, kind, **values):
        """Return the values of further entries about the same money that refer to these ones."""
        names = [
            name
            for name, field in self._fields.items()
            if field.store and field.column_type and name not in (*models.MAGIC_COLUMNS, "rank", "reason")
        ]
        return [
            {
                **{name: entry._fields[name].convert_to_write(entry[name], entry) for name in names},
                "kind": kind,
                "corrects_id": entry.id,
                **values,
            }
            for entry in self.sudo()
        ]

    @api.model
    def _copy_to(self, vals_list):
        return self.sudo().create(vals_list)

    @api.model
    def _cron_catch_up(self):
        """Fix the entitlements of orders whose money came by a path that nobody noticed."""
        last = 0
        while True:
            orders = self._orders_to_check(last)
            if not orders:
                break
            orders._fix_entitlements()
            last = orders[-1].id
            if not self.env["ir.cron"]._commit_progress(len(orders), remaining=len(self._orders_to_check(last))):
                break

    @api.model
    def _orders_to_check(self, last):
        """Return the next orders that may have money and have no entitlement, in the order of their ids."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT sale.id
                  FROM sale_order sale
                  JOIN res_company company ON company.id = sale.company_id AND company.sales_entitlement_enabled
                 WHERE sale.id > %(last)s AND sale.state != 'cancel'
                   AND NOT EXISTS (SELECT FROM sales_entitlement given WHERE given.order_id = sale.id)
                   AND (EXISTS (SELECT FROM sale_order_line line
                                  JOIN sale_order_line_invoice_rel rel ON rel.order_line_id = line.id
                                  JOIN account_move_line item ON item.id = rel.invoice_line_id
                                  JOIN account_move invoice ON invoice.id = item.move_id
                                 WHERE line.order_id = sale.id AND invoice.state = 'posted'
                                   AND invoice.payment_state NOT IN ('not_paid', 'invoicing_legacy'))
                    OR EXISTS (SELECT FROM sale_order_transaction_rel rel
                                  JOIN payment_transaction tx ON tx.id = rel.transaction_id
                                 WHERE rel.sale_order_id = sale.id AND tx.state = 'done'))
                 ORDER BY sale.id
                 LIMIT %(batch)s
                """,
                last=last,
                batch=BATCH,
            )
        )
        return self.env["sale.order"].sudo().browse(row[0] for row in rows)
