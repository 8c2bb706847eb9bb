# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import SUPERUSER_ID, api
from odoo.exceptions import AccessError, UserError

from .companions import companion
from .guard import guard_of, inside, is_cleared, within


def may_use_cost(env):
    guard = _guard_of_cost(env)
    return env.uid == SUPERUSER_ID or guard is None or guard.mode == "readonly" or is_cleared(env, guard)


def with_costs(records):
    """Return records with which the server reckons costs, and is kept from everything else that is confidential."""
    guard = _guard_of_cost(records.env)
    return records if guard is None else within(records, guard)


def _guard_of_cost(env):
    return guard_of(env["product.product"], "standard_price")


@companion("product.product.standard_price", "stock.move")
class MoveValue:
    """Whoever delivers goods need not know what they cost."""

    __slots__ = ()

    def _set_value(self, *args, **kwargs):
        return super(MoveValue, inside(self))._set_value(*args, **kwargs)

    def _merge_moves(self, merge_into=False):
        # Moves are only merged where their unit prices are the same, whoever merges them.
        merge_into = merge_into and inside(merge_into)
        return super(MoveValue, inside(self))._merge_moves(merge_into=merge_into).with_env(self.env)

    def _prepare_move_split_vals(self, qty):
        return super(MoveValue, inside(self))._prepare_move_split_vals(qty)


@companion("product.product.standard_price", "product.product")
class VendorPrice:
    """Vendors are compared by their prices, whoever orders."""

    __slots__ = ()

    def _update_standard_price(self, *args, **kwargs):
        return super(VendorPrice, inside(self))._update_standard_price(*args, **kwargs)

    def _prepare_sellers(self, *args, **kwargs):
        return super(VendorPrice, inside(self))._prepare_sellers(*args, **kwargs).with_env(self.env)

    def _select_seller(self, *args, **kwargs):
        return super(VendorPrice, inside(self))._select_seller(*args, **kwargs).with_env(self.env)


@companion("product.product.standard_price", "product.pricelist.item")
class CostPrice:
    """A price that is calculated from the cost tells the cost."""

    __slots__ = ()

    @api.model_create_multi
    def create(self, vals_list):
        items = super().create(vals_list)
        items._check_cost_base()
        return items

    def write(self, vals):
        result = super().write(vals)
        if {"base", "compute_price", "base_pricelist_id"} & vals.keys():
            self._check_cost_base()
        return result

    def _check_cost_base(self):
        costly = self.sudo().filtered(lambda item: item.base == "standard_price")
        if costly and not may_use_cost(self.env):
            raise AccessError(
                self.env._("You are not cleared for costs, so you cannot set up prices that are calculated from them.")
            )

    def _compute_price(self, *args, **kwargs):
        # Discounts and surcharges of a price list may be classified too: the server calculates with them.
        return super(CostPrice, self.sudo())._compute_price(*args, **kwargs)

    def _compute_base_price(self, product, *args, **kwargs):
        if self.sudo().base == "standard_price" and not may_use_cost(self.env):
            raise UserError(
                self.env._(
                    "The price list “%(pricelist)s” calculates from costs, and you are not cleared for them. Choose "
                    "another price list, or ask somebody who is cleared to enter the price.",
                    pricelist=self.sudo().pricelist_id.name,
                )
            )
        return super()._compute_base_price(product, *args, **kwargs)


@companion("product.product.standard_price", "stock.forecasted_product_product")
class ForecastValue:
    """What comes and goes is for whoever manages the stock; what it is worth is for the cleared."""

    __slots__ = ()

    def _get_report_header(self, *args, **kwargs):
        header = super(ForecastValue, with_costs(self))._get_report_header(*args, **kwargs)
        if not may_use_cost(self.env):
            header.pop("value", None)
        return header
