# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from typing import NamedTuple

from odoo import api, fields, models
from odoo.tools import ormcache


class Named(NamedTuple):
    """What the policies in force look at on a customer."""

    payment_terms: frozenset
    is_by_country: bool
    is_by_limit: bool
    is_by_due_date: bool


class SalesShippingPolicy(models.Model):
    """Whether a policy fits an order: all its criteria do. Terms come from the customer, never from the order.

    Whom to invoice is written on the order too: what a policy asks of the customer, both have to fit.
    """

    _inherit = "sales.shipping.policy"

    @api.model
    def _in_force(self):
        """Return the policies in force, of all companies, as superuser; what is active is no client's to say."""
        return self.sudo().with_context(active_test=False).search([("active", "=", True)])

    @api.model
    @ormcache()
    def _named_terms(self):
        """Return what decides on a customer how its goods may leave, in any company.

        :return: Named
        """
        policies = self._in_force()
        return Named(
            frozenset(policies.payment_term_ids.ids),
            bool(policies.country_ids),
            any(policy.requirement == "credit" and not policy.credit_limit for policy in policies),
            "credit" in policies.mapped("requirement"),
        )

    def _match(self, order):
        """Return whether all criteria of this policy fit an order; an addon adds one by extending this."""
        self.ensure_one()
        return all(
            fits(order)
            for fits in (
                self._match_company,
                self._match_team,
                self._match_partner,
                self._match_category,
                self._match_country,
                self._match_payment_term,
                self._match_product_category,
                self._match_amount,
            )
        )

    def _match_company(self, order):
        return not self.company_id or self.company_id == order.company_id

    def _match_team(self, order):
        # Whom the ledger credits; the team on the order is what its salesperson writes there.
        return not self.team_ids or order.credited_user_id.sale_team_id in self.team_ids

    def _match_partner(self, order):
        return not self.partner_ids or order._gate_customers() <= self.partner_ids.commercial_partner_id

    def _match_category(self, order):
        return not self.category_ids or all(
            customer.category_id & self.category_ids for customer in order._gate_customers()
        )

    def _match_country(self, order):
        return not self.country_ids or all(
            customer.country_id in self.country_ids for customer in order._gate_customers()
        )

    def _match_payment_term(self, order):
        customers = order._gate_customers().with_company(order.company_id)
        return not self.payment_term_ids or all(
            customer.property_payment_term_id in self.payment_term_ids for customer in customers
        )

    def _match_product_category(self, order):
        if not self.product_category_ids:
            return True
        paths = tuple(self.product_category_ids.mapped("parent_path"))
        goods = order.order_line.filtered(lambda line: line.product_id.type == "consu").product_id.categ_id
        return bool(goods) and all(category.parent_path.startswith(paths) for category in goods)

    def _match_amount(self, order):
        if not self.amount_from and not self.amount_to:
            return True
        # The rate of the order's own day: an order does not change its policy with the rate of the day.
        day = fields.Date.to_date(order.date_order) or fields.Date.context_today(self)
        total = order.currency_id._convert(order.amount_total, self.currency_id, order.company_id, day)
        compare = self.currency_id.compare_amounts
        return compare(total, self.amount_from) >= 0 and (not self.amount_to or compare(total, self.amount_to) < 0)
