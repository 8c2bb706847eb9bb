# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Steps of the host that reckon with costs, or tell them, on behalf of people who may not see them."""

from odoo import api

from .companion_product import may_use_cost, with_costs
from .companions import companion, compute_plain_name
from .guard import inside


@companion("product.product.standard_price", "product.template")
@companion("product.product.standard_price", "product.product")
@companion("product.product.standard_price", "stock.lot")
class BornWithCost:
    """A product and a lot are valued when they are born, whoever makes them."""

    __slots__ = ()

    @api.model_create_multi
    def create(self, vals_list):
        # What somebody may set is asked of them; lots need not be classified.
        if self._shield:
            vals_list = self._shield_born(vals_list)
        return super(BornWithCost, inside(self)).create(vals_list).with_env(self.env)


@companion("product.product.standard_price", "pos.order.line")
class CounterCost:
    """What is sold over the counter notes its cost."""

    __slots__ = ()

    def _compute_total_cost(self, stock_moves):
        return super(CounterCost, inside(self))._compute_total_cost(stock_moves and inside(stock_moves))


@companion("product.product.standard_price", "account.move.line")
class CogsValue:
    """A posted invoice books the cost of what it sells."""

    __slots__ = ()

    def _get_cogs_value(self):
        return super(CogsValue, inside(self))._get_cogs_value()


@companion("product.product.standard_price", "product.supplierinfo")
class VendorName:
    """The name of a vendor's line says the price."""

    __slots__ = ()

    def _compute_display_name(self):
        if may_use_cost(self.env):
            return super()._compute_display_name()
        return compute_plain_name(VendorName, self, use_simplified_supplier_name=True)


@companion("product.product.standard_price", "product.template")
class VendorAtCounter:
    """The till tells about a product what it can be told."""

    __slots__ = ()

    def get_product_info_pos(self, price, quantity, pos_config_id, product_variant_id=False):
        found = super(VendorAtCounter, with_costs(self)).get_product_info_pos(
            price, quantity, pos_config_id, product_variant_id
        )
        return found if may_use_cost(self.env) else {**found, "suppliers": []}


@companion("product.product.standard_price", "account.analytic.line")
class AnalyticAmount:
    """An analytic line that is made by hand proposes the cost of its product as amount."""

    __slots__ = ()

    def _apply_onchange_methods(self, field_name, result):
        amount = self.amount
        applied = super()._apply_onchange_methods(field_name, result)
        if self.amount != amount and not may_use_cost(self.env):
            self.amount = amount
        return applied
