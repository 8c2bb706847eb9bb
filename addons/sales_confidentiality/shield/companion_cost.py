# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Steps of the host that reckon with costs on behalf of people who may not see them."""

from odoo import api

from .companion_product import may_use_cost
from .companions import companion
from .guard import inside


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


@companion("product.product.standard_price", "mrp.production")
class ProductionCost:
    """What is made is worth what went into it."""

    __slots__ = ()

    def _cal_price(self, consumed_moves):
        return super(ProductionCost, inside(self))._cal_price(inside(consumed_moves))


@companion("product.product.standard_price", "purchase.order.line")
class OrderedPrice:
    """Whoever sells lets goods be bought, at a price that is not theirs to see."""

    __slots__ = ()

    def _prepare_purchase_order_line(self, product_id, product_qty, product_uom, company_id, partner_id, po):
        return super(OrderedPrice, inside(self))._prepare_purchase_order_line(
            inside(product_id), product_qty, product_uom, company_id, partner_id, po
        )


@companion("product.product.standard_price", "product.supplierinfo")
class VendorName:
    """The name of a vendor's line says the price."""

    __slots__ = ()

    def _compute_display_name(self):
        if may_use_cost(self.env):
            return super()._compute_display_name()
        simple = self.with_context(use_simplified_supplier_name=True)
        result = super(VendorName, simple)._compute_display_name()
        for row, other in zip(self, simple, strict=True):
            row.display_name = other.display_name
        return result
