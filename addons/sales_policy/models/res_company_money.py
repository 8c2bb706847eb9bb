# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL, ormcache


class ResCompany(models.Model):
    """What a company does when money arrives."""

    _inherit = "res.company"

    sales_entitlement_enabled = fields.Boolean(
        "Commission Entitlement",
        help="From the moment this is switched on, the first money of an order fixes who is entitled to the "
        "commission. Orders whose first money arrived before stay as they are.",
    )
    sales_entitlement_since = fields.Datetime("Entitlement Since", readonly=True, copy=False)
    sales_exclusive_deposit = fields.Float(
        "Deposit for Exclusive Goods (%)",
        help="How much of an order has to be paid before exclusive goods are taken. 0: any money will do.",
    )
    sales_late_money_rate = fields.Float(
        "Yearly Rate for Late Money (%)",
        default=6.0,
        help="What overdue money costs the company in a year. The loss proposed for late money is reckoned with it.",
    )

    _sales_exclusive_deposit_range = models.Constraint(
        "CHECK (sales_exclusive_deposit BETWEEN 0 AND 100)",
        "The deposit for exclusive goods lies between 0 and 100 %.",
    )
    _sales_late_money_rate_positive = models.Constraint(
        "CHECK (sales_late_money_rate >= 0)",
        "The yearly rate for late money cannot be negative.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        companies = super().create(vals_list)
        companies.filtered("sales_entitlement_enabled")._sales_entitlement_start()
        return companies

    def write(self, vals):
        """Note from when on entitlements are fixed: what was paid before stays as it is (OWN-8)."""
        off = self.filtered(lambda company: not company.sales_entitlement_enabled)
        result = super().write(vals)
        if "sales_entitlement_enabled" in vals:
            off.filtered("sales_entitlement_enabled")._sales_entitlement_start()
            self.env.registry.clear_cache()
        return result

    def _sales_entitlement_start(self):
        # The clock that stamps the payments: that of the transaction.
        self.sales_entitlement_since = self.env.cr.now().replace(microsecond=0)
        self.env.registry.clear_cache()

    @api.model
    @ormcache()
    def _sales_claims_watched(self):
        """Return whether people or orders gain a claim by money: entitlements are on, or goods are exclusive.

        Where neither is the case, orders and payments cost no query more than without this addon.
        """
        self.env["res.company"].flush_model(["sales_entitlement_enabled"])
        [[enabled]] = self.env.execute_query(
            SQL("SELECT EXISTS (SELECT FROM res_company WHERE sales_entitlement_enabled)")
        )
        return enabled or self._sales_exclusive_watched()

    @api.model
    @ormcache()
    def _sales_exclusive_watched(self):
        """Return whether goods are sold once, or an order still wants or holds such goods."""
        self.env["product.template"].flush_model(["sales_sold_once"])
        self.env["sale.order.line"].flush_model(["sales_unit_key"])
        self.env["sales.exclusive.claim"].flush_model(["released_on"])
        [[watched]] = self.env.execute_query(
            SQL(
                "SELECT EXISTS (SELECT FROM product_template WHERE sales_sold_once)"
                " OR EXISTS (SELECT FROM sale_order_line WHERE sales_unit_key IS NOT NULL)"
                " OR EXISTS (SELECT FROM sales_exclusive_claim WHERE released_on IS NULL)"
            )
        )
        return watched

    @api.model
    def _sales_money_watched(self):
        """Return whether anything at all follows from money that moves; an addon adds what it makes of it."""
        return self._sales_claims_watched()

    @api.model
    def _sales_check_reckoned(self, claimed):
        """Refuse that people say what an order is worth, what money is in, or for which order (OWN-6, OWN-8, SHP-3).

        :param claimed: whether somebody does
        :raises AccessError: for everybody but the server, where anything follows from money
        """
        if claimed and not self.env.su and self._sales_money_watched():
            raise AccessError(
                self.env._(
                    "This follows from quantities, prices, deliveries, invoices and payments. Change those instead."
                )
            )
