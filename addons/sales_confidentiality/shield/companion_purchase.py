# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Purchases: whoever sells, keeps the stock or buys without clearance lets goods be bought all the same."""

from .companion_product import may_use_cost, with_costs
from .companions import companion, compute_plain_name
from .guard import guard_of, inside, is_cleared


@companion("product.product.standard_price", "purchase.order.line")
class OrderedPrice:
    """The price of a line is that of the vendor; where there is none, nobody is shown the cost in its place."""

    __slots__ = ()

    def _prepare_purchase_order_line(self, product_id, product_qty, product_uom, company_id, partner_id, po):
        return super(OrderedPrice, inside(self))._prepare_purchase_order_line(
            inside(product_id), product_qty, product_uom, company_id, partner_id, po
        )

    def _compute_price_unit_and_date_planned_and_name(self):
        if may_use_cost(self.env):
            return super()._compute_price_unit_and_date_planned_and_name()
        prices = {line: line.price_unit for line in self}
        result = super()._compute_price_unit_and_date_planned_and_name()
        for line in self:
            if line.price_unit != prices[line] and not line.selected_seller_id:
                same = line.product_id == line._origin.product_id
                line.price_unit = line.technical_price_unit = prices[line] if same else 0.0
        return result


@companion("product.product.standard_price", "purchase.order")
class OrderName:
    """The name of a purchase order says its total, where a client asks for that."""

    __slots__ = ()

    def _compute_display_name(self):
        guard = guard_of(self, "amount_total")
        if guard is None or not self.env.context.get("show_total_amount") or is_cleared(self.env, guard):
            return super()._compute_display_name()
        return compute_plain_name(OrderName, self, show_total_amount=False)


@companion("product.product.standard_price", "stock.rule")
class BuyRule:
    """What is needed once more is added to a line that is on order, at the vendor's price for all of it."""

    __slots__ = ()

    def _update_purchase_order_line(self, product_id, product_qty, product_uom, company_id, values, line):
        return super(BuyRule, inside(self))._update_purchase_order_line(
            inside(product_id), product_qty, product_uom, company_id, values, inside(line)
        )


@companion("product.product.standard_price", "purchase.order")
@companion("product.product.standard_price", "account.move")
@companion("product.product.standard_price", "mrp.bom")
@companion("product.product.standard_price", "mrp.production")
class CatalogPrice:
    """The catalogue shows what a vendor asks on purchase documents, and the cost where nobody asks anything."""

    __slots__ = ()

    def _get_product_price_and_data(self, product):
        found = super(CatalogPrice, with_costs(self))._get_product_price_and_data(with_costs(product))
        is_sale = self._name == "account.move" and self.is_sale_document()
        if is_sale or "min_qty" in found or may_use_cost(self.env):
            return found
        return {**found, "price": 0}

    def _update_order_line_info(self, product_id, quantity, **kwargs):
        price = super(CatalogPrice, with_costs(self))._update_order_line_info(product_id, quantity, **kwargs)
        return 0 if self._name.startswith("mrp.") and not may_use_cost(self.env) else price
