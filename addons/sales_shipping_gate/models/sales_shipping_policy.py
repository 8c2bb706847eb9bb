# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import ormcache


class SalesShippingPolicy(models.Model):
    """What must be in before the goods of certain orders may leave (SHP-3). The first policy that fits counts."""

    _name = "sales.shipping.policy"
    _description = "Shipping Policy"
    _inherit = ["sales.cached.mixin"]
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    company_id = fields.Many2one("res.company", index=True, help="Leave empty for all companies.")
    currency_id = fields.Many2one("res.currency", required=True, default=lambda self: self.env.company.currency_id)
    requirement = fields.Selection(
        [
            ("none", "Nothing"),
            ("full", "Full payment"),
            ("deposit", "Deposit"),
            ("value", "What has been paid may leave"),
            ("credit", "Credit terms"),
        ],
        "Before Goods Leave",
        required=True,
        default="full",
    )
    deposit_percent = fields.Float("Deposit (%)", default=30)
    credit_limit = fields.Monetary(help="0: the limit on the customer.")
    overdue_days = fields.Integer(
        "Overdue Days Allowed", help="No invoice of the customer may be overdue for longer than this."
    )
    hold_level = fields.Selection(
        lambda self: self.env["res.company"]._fields["shipping_hold_level"]._description_selection(self.env),
        "While Money Is Missing",
        help="Leave empty for the company's setting.",
    )
    # A policy that lost the last one of its criteria would fit everybody: what a policy names is not deleted.
    team_ids = fields.Many2many(
        "crm.team",
        string="Sales Teams",
        ondelete="restrict",
        help="Of the person credited for the order, whatever team the order says.",
    )
    partner_ids = fields.Many2many("res.partner", string="Customers", ondelete="restrict")
    category_ids = fields.Many2many("res.partner.category", string="Customer Tags", ondelete="restrict")
    country_ids = fields.Many2many("res.country", string="Countries", ondelete="restrict")
    payment_term_ids = fields.Many2many(
        "account.payment.term",
        string="Payment Terms",
        ondelete="restrict",
        help="Those on the customer, whatever the order says.",
    )
    product_category_ids = fields.Many2many(
        "product.category",
        string="Product Categories",
        ondelete="restrict",
        help="All goods of the order belong to one of them.",
    )
    amount_from = fields.Monetary("Order Total From")
    amount_to = fields.Monetary("Order Total Below", help="0: no upper end.")

    _deposit_is_share = models.Constraint(
        "CHECK (requirement != 'deposit' OR (deposit_percent > 0 AND deposit_percent <= 100))",
        "A deposit is more than 0 and at most 100 percent.",
    )

    @api.constrains("credit_limit", "overdue_days", "amount_from", "amount_to")
    def _check_not_negative(self):
        for policy in self:
            if min(policy.credit_limit, policy.overdue_days, policy.amount_from, policy.amount_to) < 0:
                raise ValidationError(self.env._("Limits, days and amounts cannot be negative."))

    @api.model
    def _forget_cached(self):
        # Orders that were released under other policies are judged again.
        result = super()._forget_cached()
        self.env["sale.order"]._gate_forget_marks()
        return result

    @api.model
    @ormcache("company_ids")
    def _policy_ids(self, company_ids):
        """Return the ids of the policies that may count in some companies, in their order.

        :param tuple company_ids: ids of res.company
        """
        # What is active is asked for by name: a client's context must not bring archived policies back.
        domain = [("company_id", "in", [False, *company_ids]), ("active", "=", True)]
        return tuple(self.sudo().search(domain)._ids)

    @api.model
    def _policies_of(self, companies):
        """Return the policies that may count in some companies, in their order, as superuser."""
        # A policy that names archived tags does not fit everybody, nor does a client's context bring them back.
        return self.sudo().with_context(active_test=False).browse(self._policy_ids(tuple(companies.ids)))

    @api.model
    @ormcache()
    def _holds_early(self):
        """Return whether any order may be held before the door: no delivery made, or nothing reserved."""
        companies = self.env["res.company"].sudo()
        companies = companies.search([("shipping_gate_enabled", "=", True), ("active", "in", [True, False])])
        levels = {*companies.mapped("shipping_hold_level"), *self._policies_of(companies).mapped("hold_level")}
        return bool(levels & {"delivery", "reservation"})

    @api.model
    def _policies_for(self, orders):
        """Return the policy that counts for each order.

        :return: dict of sale.order to sales.shipping.policy (as superuser); empty where none fits: full payment
        """
        policies = self._policies_of(orders.sudo().company_id)
        empty = policies.browse()
        orders = orders.sudo().with_context(active_test=True)
        return {order: next((policy for policy in policies if policy._match(order)), empty) for order in orders}
