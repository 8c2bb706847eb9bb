# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.addons.sales_policy.tools import lock_rows, tell
from odoo.exceptions import UserError
from odoo.fields import Domain

from .sale_order import FINANCE, GENERAL_MANAGER
from .sales_shipping_incident import MANAGER, OFFICER


class SalesShippingRelease(models.Model):
    """What left on a special release is followed until it is paid for (SHP-14)."""

    _inherit = "sales.shipping.release"

    followed_date = fields.Datetime("Told That It Is Not Paid", readonly=True, copy=False)
    is_broken = fields.Boolean("Promise Missed", compute="_compute_is_broken", compute_sudo=True)

    @api.depends("used_date", "promised_date", "order_id.amount_total")
    def _compute_is_broken(self):
        broken = self._origin._broken()
        for release in self:
            release.is_broken = release._origin in broken

    @api.model
    def _without_server_values(self, vals):
        return super()._without_server_values({name: value for name, value in vals.items() if name != "followed_date"})

    def action_propose_penalty(self):
        """Propose a case about the salesperson whose customer did not pay as promised. For managers and officers.

        :raises UserError: while the promise is not missed, or when a case was proposed already
        """
        self.check_access("read")
        user = self.env.user
        if not user.active or not any(user.has_group(group) for group in (MANAGER, OFFICER)):
            raise UserError(self.env._("A sales manager or a policy officer proposes penalties."))
        Penalty = self.env["sales.penalty"]
        lock_rows(self)
        for release in self:
            if not release.is_broken:
                raise UserError(self.env._("%(order)s: the promise is not missed.", order=release.order_id.name))
            domain = [("res_model", "=", self._name), ("res_id", "=", release.id), ("dropped_date", "=", False)]
            if Penalty.sudo().search_count(domain, limit=1):
                raise UserError(self.env._("%(order)s: a case was proposed already.", order=release.order_id.name))
            Penalty._propose([release._penalty_values()])
        return True

    def _penalty_values(self):
        order = self.sudo().order_id
        rule = self.env.ref("sales_policy.sales_penalty_rule_payment_late", raise_if_not_found=False)
        people = order.user_id.employee_ids.filtered(lambda person: person.company_id == order.company_id)
        if not rule or not rule.active or not people:
            raise UserError(
                self.env._(
                    "%(order)s: there is no offence for late money in the schedule, or the salesperson is no employee.",
                    order=order.name,
                )
            )
        return {
            "employee_id": people[0].id,
            "rule_id": rule.id,
            "date": self.promised_date,
            "facts": self.env._(
                "%(order)s left on special release; payment was promised for %(date)s and is not in.",
                order=order.name,
                date=self.promised_date,
            ),
            "res_model": self._name,
            "res_id": self.id,
        }

    def _check_exposure(self):
        result = super()._check_exposure()
        order = self.order_id.sudo()
        if order.company_id.shipping_refuse_broken:
            customer = order.partner_id.commercial_partner_id
            domain = Domain("order_id.partner_id.commercial_partner_id", "=", customer.id)
            domain &= Domain("company_id", "=", order.company_id.id)
            broken = self.sudo().search(domain & Domain("used_date", "!=", False))._broken()[:1]
            if broken:
                raise UserError(
                    self.env._(
                        "%(customer)s promised to pay %(order)s by %(date)s and has not. No further special release "
                        "before that is paid.",
                        customer=customer.display_name,
                        order=broken.order_id.name,
                        date=broken.promised_date,
                    )
                )
        return result

    def _broken(self):
        """Return those of these releases whose goods have left, and whose money is not in after the promised date."""
        now = fields.Datetime.now()
        past = self.sudo().filtered(
            lambda release: release.used_date and release.promised_date < release.company_id._sales_local_date(now)
        )
        money = past.order_id._gate_money()

        def owes(release):
            order = release.order_id
            return order.currency_id.compare_amounts(order.amount_total - money[order], order._gate_tolerance()) > 0

        return past.filtered(owes)

    def _approval_decided(self, approvals):
        # A request that waited for nothing but the money is issued now.
        result = super()._approval_decided(approvals)
        self.env["sale.order"]._sales_money_moved(orders=self.order_id)
        return result

    @api.model
    def _cron_follow(self):
        """Tell finance and general managers once of each promise that was missed."""
        domain = Domain("used_date", "!=", False) & Domain("followed_date", "=", False)
        # Where the company is, it may be tomorrow already.
        broken = self.search(domain & Domain("promised_date", "<=", fields.Date.today()))._broken()
        for release in broken:
            company = release.company_id
            tell(
                release,
                company._sales_users_of(FINANCE) | company._sales_users_of(GENERAL_MANAGER) | release.order_id.user_id,
                lambda release: release.env._(
                    "%(order)s left on special release and is not paid", order=release.order_id.name
                ),
                lambda release: release.env._(
                    "%(customer)s promised to pay by %(date)s.",
                    customer=release.partner_id.display_name,
                    date=release.promised_date,
                ),
            )
        broken.write({"followed_date": fields.Datetime.now()})
