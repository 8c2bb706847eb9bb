# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from ..tools import lock_rows
from .sales_owned_mixin import SALES_USER


class SaleOrder(models.Model):
    """Who is entitled to the commission once the first money is in (OWN-8)."""

    _inherit = "sale.order"

    sales_money_count = fields.Integer(
        "Money Settled", readonly=True, copy=False, groups=fields.NO_ACCESS, help="Written to lock the order."
    )
    sales_entitlement_ids = fields.One2many(
        "sales.entitlement", "order_id", "Entitlements", groups=f"{SALES_USER},account.group_account_invoice"
    )
    sales_entitlement_count = fields.Integer(
        "Entitlement Entries",
        compute="_compute_sales_entitlement_count",
        groups=f"{SALES_USER},account.group_account_invoice",
        compute_sudo=False,
    )

    @api.depends("sales_entitlement_ids")
    @api.depends_context("uid")
    def _compute_sales_entitlement_count(self):
        counts = dict(
            self.env["sales.entitlement"]._read_group([("order_id", "in", self.ids)], ["order_id"], ["__count"])
        )
        for order in self:
            order.sales_entitlement_count = counts.get(order._origin, 0)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_entitled(self):
        if self.env["sales.entitlement"].sudo().search_count([("order_id", "in", self.ids)], limit=1):
            raise UserError(
                self.env._("An order whose first money arrived entitles somebody and cannot be deleted. Cancel it.")
            )

    def action_sales_entitlements(self):
        """Open the entitlements of this order."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("sales_policy.sales_entitlement_action")
        return {**action, "domain": [("order_id", "=", self.id)], "context": {"create": False}}

    def action_sales_propose_split(self):
        """Open the proposals to share the entitlement of this order, or a new one."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("sales_policy.sales_entitlement_split_action")
        action |= {"domain": [("order_id", "=", self.id)], "context": {"default_order_id": self.id}}
        if not self.env["sales.entitlement.split"].search_count([("order_id", "=", self.id)], limit=1):
            action["views"] = [(False, "form")]
        return action

    def action_sales_fix_entitlements(self):
        """Check orders for money whose arrival went unnoticed, for sales managers and accountants.

        :raises AccessError: for anybody else
        """
        groups = ("sales_team.group_sale_manager", "account.group_account_invoice")
        if not any(self.env.user.has_group(group) for group in groups):
            raise AccessError(self.env._("Sales managers and accountants check orders for entitlements."))
        self.check_access("read")
        created = self._fix_entitlements()
        message = self.env._("%(count)s entitlements recorded", count=len(created))
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {"type": "success", "message": message, "next": {"type": "ir.actions.act_window_close"}},
        }

    def _fix_entitlements(self):
        """Fix who is entitled for those of these orders that have money and no entitlement yet (OWN-8). Idempotent.

        Cancelled orders, companies that have not switched it on, and money that arrived before they did are left alone.

        :return: sales.entitlement, the new entries
        """
        Entitlement = self.env["sales.entitlement"].sudo()
        orders = self.sudo().filtered(lambda sale: sale.company_id.sales_entitlement_enabled and sale.state != "cancel")
        if not orders:
            return Entitlement
        fixed = Entitlement.search_fetch([("order_id", "in", orders.ids)], ["order_id"]).order_id
        return (orders - fixed)._sales_entitle((orders - fixed)._sales_money_in())

    @api.model
    def _sales_entitle(self, money):
        """Record the entitlements that follow from the first money of orders that have none yet.

        Asks two queries however many orders: one locks the orders and reads what is needed, one records.

        :param money: dict of sale.order to MoneyIn
        :return: sales.entitlement, the new entries
        """
        Entitlement = self.env["sales.entitlement"].sudo()
        money = {sale.id: found for sale, found in money.items() if found.evidence and found.amount > 0}
        if not money:
            return Entitlement
        vals_list = []
        for row in self.browse(money)._sales_lock_for_entitlement():
            first = money[row["id"]].evidence
            # Money recorded for an order of the time before stays with that time, even if it is matched anew.
            if row["since"] and max(first.recorded, row["create_date"]) < row["since"]:
                continue
            vals_list += self._sales_entitlement_vals(row, first)
        return Entitlement.create(vals_list)

    def _sales_lock_money(self):
        """Let what money does to an order happen one after the other."""
        lock_rows(self, "sales_money_count")

    def _sales_lock_for_entitlement(self):
        """Lock these orders and return what their entitlements are made of; orders that have one are left out.

        :return: list of dict, ordered by order
        """
        for model in (
            "res.company",
            "res.partner",
            "res.users",
            "sales.credit",
            "sales.approval",
            "sales.entitlement.split",
        ):
            self.env[model].flush_model()
        rows = self.env.execute_query_dict(
            SQL(
                """
                UPDATE sale_order sale
                   SET sales_money_count = COALESCE(sale.sales_money_count, 0) + 1
                  FROM (SELECT id FROM sale_order WHERE id = ANY(%(ids)s) ORDER BY id FOR NO KEY UPDATE) locked
                 WHERE sale.id = locked.id
                   AND NOT EXISTS (SELECT FROM sales_entitlement given WHERE given.order_id = sale.id)
             RETURNING sale.id, sale.name, sale.state, sale.company_id, sale.team_id, sale.user_id, sale.currency_id,
                       sale.amount_untaxed, sale.currency_rate, sale.create_date,
                       (SELECT sales_entitlement_since FROM res_company WHERE id = sale.company_id) AS since,
                       (SELECT currency_id FROM res_company WHERE id = sale.company_id) AS company_currency_id,
                       (SELECT sale_team_id FROM res_users WHERE id = sale.user_id) AS closer_team_id,
                       (SELECT complete_name FROM res_partner WHERE id = sale.partner_id) AS partner_name,
                       (SELECT user_id FROM sales_credit credit
                         WHERE credit.order_id = sale.id ORDER BY id DESC LIMIT 1) AS credited_id,
                       EXISTS (SELECT FROM sales_credit credit WHERE credit.order_id = sale.id) AS is_credited,
                       (SELECT split.id FROM sales_entitlement_split split
                          JOIN sales_approval approval
                            ON approval.res_model = 'sales.entitlement.split' AND approval.res_id = split.id
                           AND approval.status = 'used'
                         WHERE split.order_id = sale.id ORDER BY approval.id DESC LIMIT 1) AS split_id
                """,
                ids=list(self.ids),
            )
        )
        rows.sort(key=lambda row: row["id"])
        # Who writes their name on an order that was confirmed for nobody gains nothing by it.
        uncredited = [row for row in rows if not row["is_credited"]]
        owners = self.browse(row["id"] for row in uncredited if row["state"] != "sale")._sales_protected_for()
        for row in uncredited:
            row["credited_id"] = owners.get(row["id"]) or row["user_id"]
        return rows

    def _sales_protected_for(self):
        """Return who would be credited as owner of the customer if these quotations were confirmed now (OWN-3).

        :return: dict of order id to id of the owner
        """
        rows = self.filtered("company_id.sales_ownership_enabled")._sales_owner_rows()
        return {sale.id: row.user_id.id for sale, row in rows.items()}

    @api.model
    def _sales_entitlement_vals(self, row, first):
        """Return the values of the entitlements of one order; none while nobody is credited.

        :param dict row: of _sales_lock_for_entitlement
        :param MoneyFlow first: the first money
        """
        shares, more = self._sales_shares(row)
        base, rate = float(row["amount_untaxed"] or 0.0), float(row["currency_rate"] or 1.0)
        return [
            {
                "order_id": row["id"],
                "order_name": row["name"],
                "partner_name": row["partner_name"],
                "company_id": row["company_id"],
                "team_id": row["team_id"],
                "user_id": user_id,
                "closer_id": row["user_id"],
                "share": share,
                "kind": "money",
                "rank": rank,
                "currency_id": row["currency_id"],
                "company_currency_id": row["company_currency_id"],
                "base_amount": base,
                "amount": base * share / 100,
                "company_amount": base * share / 100 / rate,
                "date": first.date,
                "moment": first.moment,
                "money_amount": first.amount,
                "evidence": first.text,
                "evidence_model": first.model,
                "evidence_id": first.res_id,
                **more,
            }
            for rank, (user_id, share) in enumerate(shares)
        ]

    @api.model
    def _sales_shares(self, row):
        """Return the shares of an order as pairs of user id and per cent, and where they come from.

        A split that was approved beforehand goes before a rule, a rule before the whole for who is credited.
        """
        split = self.env["sales.entitlement.split"].sudo().browse(row["split_id"] or [])
        if split:
            return split._shares(), {"split_id": split.id}
        owner_id, closer_id = row["credited_id"], row["user_id"]
        if owner_id and closer_id and owner_id != closer_id:
            share, name = self.env["sales.entitlement.rule"]._owner_share(row["company_id"], row["closer_team_id"])
            if share is not None:
                shares = [(owner_id, share), (closer_id, 100 - share)]
                return [(user_id, part) for user_id, part in shares if part], {"rule_name": name}
        return ([(owner_id, 100.0)] if owner_id else []), {}
