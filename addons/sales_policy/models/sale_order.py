# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ..tools import tell
from .sales_owned_mixin import SALES_USER


class SaleOrder(models.Model):
    _name = "sale.order"
    _inherit = ["sale.order", "sales.closed.mixin"]
    _sales_kept_by_server = frozenset(
        {"amount_tax", "amount_total", "amount_untaxed", "currency_rate", "transaction_ids"}
    )

    sales_credit_ids = fields.One2many("sales.credit", "order_id", "Credit History", groups=SALES_USER)
    credited_user_id = fields.Many2one(
        "res.users",
        "Credited To",
        compute="_compute_credit",
        search="_search_credited_user_id",
        groups=SALES_USER,
        compute_sudo=False,
    )
    credit_explanation = fields.Char("Why", compute="_compute_credit", groups=SALES_USER, compute_sudo=False)

    @api.depends("state", "partner_id", "user_id", "company_id", "sales_credit_ids")
    @api.depends_context("uid", "lang")
    def _compute_credit(self):
        fixed = self.env["sales.credit"]._latest(self._origin)
        rows = self.filtered(lambda order: order.state not in ("sale", "cancel"))._sales_owner_rows()
        visible = self.env["sales.ownership"].sudo().union(*rows.values())._filter_visible(self.env.user)
        for order in self:
            credit, row = fixed.get(order._origin.id), rows.get(order)
            if credit:
                order.credited_user_id = credit.user_id
                order.credit_explanation = order._explain_credit(credit)
            elif row:
                order.credited_user_id = row.user_id if row in visible else False
                order.credit_explanation = order._explain_owner(row, row in visible)
            else:
                order.credited_user_id = order.user_id
                order.credit_explanation = order._explain_salesperson()

    def _search_credited_user_id(self, operator, value):
        operator, value = self.env["res.users"]._sales_found(operator, value)
        if operator != "in":
            return NotImplemented
        users = [user_id for user_id in value if user_id]
        credits = self.env["sales.credit"].sudo().search([("user_id", "in", users)])
        settled = [
            order_id
            for order_id, row in self.env["sales.credit"]._latest(credits.order_id).items()
            if row.user_id.id in users
        ]
        Ownership = self.env["sales.ownership"]
        owned = Ownership.sudo()._search(
            Ownership._running_domain() & Domain("company_id", "in", self.env.companies.ids)
        )
        mine = Ownership.sudo()._search(
            Ownership._running_domain()
            & Ownership._visible_domain(self.env.user)
            & Domain("company_id", "in", self.env.companies.ids)
            & Domain("user_id", "in", users)
        )
        group = "partner_id.sales_customer_group_id"
        unsettled = Domain("sales_credit_ids", "=", False)
        quotation = Domain("state", "not in", ("sale", "cancel"))
        free = Domain(group, "=", False) | Domain(group, "not in", owned.subselect("group_id"))
        if False in value:
            users = [*users, False]
        return (
            Domain("id", "in", settled)
            | (unsettled & quotation & Domain(group, "in", mine.subselect("group_id")))
            | (unsettled & (free | ~quotation) & Domain("user_id", "in", users))
        )

    @api.model_create_multi
    def create(self, vals_list):
        orders = super().create(vals_list)
        # Asked of what was created: the state comes from defaults too.
        orders.filtered(lambda order: order.state == "sale")._sales_fix_credit()
        return orders

    def write(self, vals):
        """Change orders.

        :raises UserError: when an order that was credited once would get another customer (OWN-3)
        """
        customers = self._sales_credited_customers() if "partner_id" in vals else {}
        confirmed = self.filtered(lambda order: order.state != "sale") if vals.get("state") == "sale" else self.browse()
        result = super().write(vals)
        self._sales_check_customers(customers)
        confirmed._sales_fix_credit()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_credited(self):
        if self.env["sales.credit"].sudo().search_count([("order_id", "in", self.ids)], limit=1):
            raise UserError(
                self.env._("An order that was once confirmed has a credited person and cannot be deleted. Cancel it.")
            )

    def _sales_customer_group(self):
        """Return the customer group of this order, as superuser."""
        return self.sudo().partner_id.sales_customer_group_id

    def _sales_credited_customers(self):
        """Return the customers of those of these orders that have been credited, whatever became of them (OWN-3).

        :return: dict of sale.order to its customer as superuser: customer group, or commercial partner without one
        """
        orders = self.browse() if self.env.su else self.filtered("company_id.sales_ownership_enabled")
        credited = self.env["sales.credit"]._latest(orders) if orders else {}
        return {order: order._sales_customer() for order in orders if order.id in credited}

    def _sales_check_customers(self, customers):
        """Refuse that credited orders have got another customer: the credit was fixed for the one they had (OWN-3).

        :param dict customers: what ``_sales_credited_customers`` said before
        :raises UserError: naming the order and its customer
        """
        for order, customer in customers.items():
            if order._sales_customer() != customer:
                raise UserError(
                    self.env._(
                        "%(order)s was confirmed and credited for %(customer)s. Cancel it and make a new order for the "
                        "other customer.",
                        order=order.name,
                        customer=customer.display_name,
                    )
                )

    def _sales_customer(self):
        return self._sales_customer_group() or self.sudo().partner_id.commercial_partner_id

    def _sales_owner_rows(self):
        """Return the ledger row that protects the customer of each order now (OWN-3), one query per company.

        :return: dict of sale.order to sales.ownership (as superuser); orders of unprotected customers are absent
        """
        Ownership = self.env["sales.ownership"]
        rows = {}
        for company in self.company_id:
            orders = self.filtered(lambda order: order.company_id == company and order._sales_customer_group())
            running = Ownership._running(orders.sudo().partner_id.sales_customer_group_id, company) if orders else {}
            rows.update(
                (order, running[order._sales_customer_group()])
                for order in orders
                if order._sales_customer_group() in running
            )
        return rows

    def _sales_fix_credit(self):
        """Write down who is credited for orders that are being confirmed (OWN-3, OWN-5).

        An order that is cancelled and confirmed again keeps its credit: waiting for the protection to lapse gains
        nothing. Companies without customer ownership are left alone.
        """
        orders = self.filtered("company_id.sales_ownership_enabled")
        if not orders:
            return
        Credit = self.env["sales.credit"]
        fixed = Credit._latest(orders)
        open_orders = orders.filtered(lambda order: order.id not in fixed)
        # One query for the customers and for the author of the message that tells of the confirmation.
        (open_orders.sudo().partner_id | self.env.user.partner_id).mapped("display_name")
        rows = open_orders._sales_owner_rows()
        Credit.sudo().create(
            [
                {
                    "order_id": order.id,
                    "order_name": order.name,
                    "company_id": order.company_id.id,
                    "group_id": order._sales_customer_group().id,
                    "partner_name": order.partner_id.sudo().display_name,
                    "user_id": (rows[order].user_id if order in rows else order.user_id).id,
                    "closer_id": order.user_id.id,
                    "basis": "owner" if order in rows else "salesperson",
                    "ownership_id": order in rows and rows[order].id,
                }
                for order in open_orders
            ]
        )
        for order, row in rows.items():
            if order.user_id and order.user_id != row.user_id:
                order._sales_tell_credit(row)

    def _sales_tell_credit(self, row):
        """Tell owner and salesperson that a colleague's deal credits the owner."""
        tell(
            self.sudo(),
            row.user_id | self.user_id,
            lambda order: order.env._("%(order)s: credit goes to %(owner)s", order=order.name, owner=row.user_id.name),
            lambda order: order.env._(
                "%(closer)s closed %(order)s with %(customer)s, who is protected for %(owner)s. "
                "Result and commission are credited to %(owner)s.",
                closer=order.user_id.name,
                order=order.name,
                customer=order.partner_id.display_name,
                owner=row.user_id.name,
            ),
        )

    def _explain_credit(self, credit):
        if credit.basis == "decision":
            return self.env._(
                "Decided by %(manager)s: %(reason)s", manager=credit.create_uid.name, reason=credit.reason
            )
        if credit.basis == "owner":
            return self.env._(
                "The customer was protected for %(owner)s when the order was confirmed.", owner=credit.user_id.name
            )
        return self.env._("The customer was not protected when the order was confirmed: its salesperson is credited.")

    def _explain_salesperson(self):
        if not self.user_id or not self.company_id.sales_ownership_enabled:
            return False
        if self.state in ("sale", "cancel"):
            return self.env._("Confirmed before customer ownership was switched on: its salesperson is credited.")
        return self.env._("The customer is not protected: the salesperson of the order is credited.")

    def _explain_owner(self, row, named):
        until = row.company_id._sales_format_moment(row.date_end) if row.date_end else self.env._("further notice")
        if named:
            return self.env._(
                "The customer is protected for %(owner)s until %(until)s.", owner=row.user_id.name, until=until
            )
        return self.env._("The customer is protected until %(until)s: its owner will be credited.", until=until)

    def action_sales_decide_credit(self):
        """Open the decision about who is credited, for sales managers."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Decide Credit"),
            "res_model": "sales.credit.decision",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_order_ids": self.ids},
        }

    def _sales_decide_credit(self, user, reason):
        """Credit confirmed orders to somebody else, as a sales manager's recorded decision (OWN-3, OWN-9).

        :param user: res.users
        :param str reason: why
        :raises AccessError: for anybody but a sales manager, and for a manager who would gain by it
        :raises UserError: for orders that are not confirmed, somebody who is no colleague, or without a reason
        """
        if not self.env.user.has_group("sales_team.group_sale_manager"):
            raise AccessError(self.env._("Only a sales manager can decide who is credited."))
        if user == self.env.user:
            raise AccessError(self.env._("You cannot credit yourself. Another sales manager can decide that."))
        self.check_access("read")
        user._sales_check_colleague(self.company_id)
        if not (reason or "").strip():
            raise UserError(self.env._("Say why: a decision without a reason is not recorded."))
        if any(order.state != "sale" for order in self):
            raise UserError(
                self.env._("Until an order is confirmed its credit follows the customer. Assign the customer instead.")
            )
        self.env["sales.credit"].sudo().create(
            [
                {
                    "order_id": order.id,
                    "order_name": order.name,
                    "company_id": order.company_id.id,
                    "group_id": order._sales_customer_group().id,
                    "partner_name": order.partner_id.display_name,
                    "user_id": user.id,
                    "closer_id": order.user_id.id,
                    "basis": "decision",
                    "reason": reason,
                }
                for order in self
            ]
        )
        self.invalidate_recordset(["credited_user_id", "credit_explanation"])
