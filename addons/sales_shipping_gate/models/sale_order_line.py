# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from collections import Counter, defaultdict

from odoo import api, fields, models
from odoo.exceptions import UserError

# What an order is worth. Core lets everybody in the warehouse write it.
TERMS = {"price_unit", "discount", "tax_ids", "product_id", "product_uom_id", "product_uom_qty", "order_id"}


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    # What was under way when the gate was switched on, in the unit of the line. It may leave as before.
    shipping_spared_qty = fields.Float(groups=fields.NO_ACCESS, copy=False, digits="Product Unit")

    @api.model_create_multi
    def create(self, vals_list):
        self.env["res.company"]._gate_check_terms(TERMS, vals_list)
        return super().create(vals_list)

    def write(self, vals):
        if not self:
            # Core writes to no line at all, on behalf of people who may write to none.
            return super().write(vals)
        # People fill in what was delivered of services only.
        of_goods = "qty_delivered" in vals and "stock_move" in self.mapped("qty_delivered_method")
        self.env["res.company"]._sales_check_reckoned(of_goods)
        self.env["res.company"]._gate_check_terms(TERMS, [vals])
        if "product_uom_qty" in vals and self.env["res.company"]._gate_watched():
            self.sudo()._gate_check_lowered(vals["product_uom_qty"])
        goods = {"product_id", "product_uom_id"} & vals.keys()
        if goods and self.env["res.company"]._gate_watched():
            self.sudo()._gate_goods_change({name: vals[name] for name in goods}, by_hand=not self.env.su)
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_gone(self):
        # Entered anew, the goods would leave once more for the same money.
        gone = self.env["res.company"]._gate_watched() and self.sudo().move_ids.filtered(lambda m: m.state == "done")
        if gone:
            raise UserError(
                self.env._(
                    "%(goods)s has left on this line, so the line stays. Lower its quantity instead.",
                    goods=gone[0].product_id.display_name,
                )
            )

    def _gate_check_lowered(self, quantity):
        """Refuse that less is ordered than has left; core asks this of confirmed orders only.

        :raises UserError: naming the goods and what to do instead
        """
        for line in self.filtered("company_id.shipping_gate_enabled"):
            left = line.qty_delivered if line.qty_delivered_method == "stock_move" else 0.0
            compare = line.product_uom_id.compare
            if left > 0 and compare(quantity, left) < 0 and compare(quantity, line.product_uom_qty) < 0:
                raise UserError(
                    self.env._(
                        "%(order)s: %(quantity)s %(unit)s of %(goods)s have left, so no less can be ordered. Let them "
                        "come back by a return first.",
                        order=line.order_id.name,
                        quantity=left,
                        unit=line.product_uom_id.name,
                        goods=line.product_id.display_name,
                    )
                )

    def _gate_goods_change(self, goods, by_hand):
        """Let lines be about other goods: what was under way when the gate was switched on were not these.

        :param dict goods: the new ``product_id`` and ``product_uom_id``, or one of them
        :param bool by_hand: whether somebody does it
        :raises UserError: when more, or something else, would leave for the same money (SHP-3)
        """
        changed = self.filtered(lambda line: any(line[name].id != value for name, value in goods.items()))
        changed.filtered("shipping_spared_qty").shipping_spared_qty = 0
        for line in changed if by_hand else ():
            is_other = goods.get("product_id", line.product_id.id) != line.product_id.id
            # Another product has another price, as long as no invoice keeps the old one.
            may_change = is_other and not line.invoice_lines
            if line.state == "sale" and line.company_id.shipping_gate_enabled and not may_change:
                raise UserError(
                    self.env._(
                        "%(order)s is confirmed, so the line stays with %(goods)s and its unit. Add another line.",
                        order=line.order_id.name,
                        goods=line.product_id.display_name,
                    )
                )

    def _sales_bound(self):
        moving = self.filtered(lambda line: any(move.state != "cancel" for move in line.move_ids))
        return super()._sales_bound() | moving

    def _gate_net_out(self):
        """Return how much of each line and product is with the customer, in the unit of the product.

        Counted on done stock move lines: what left less what came back, whatever the order was told about it.

        :return: dict of (sale.order.line, product.product) to float
        """
        result = defaultdict(float)
        lines = self.env["stock.move.line"].sudo().search([("move_id.sale_line_id", "in", self.ids)], order="id")
        # Not asked of the database: what is written just now would be written there twice.
        lines = lines.filtered(lambda line: line.move_id.state == "done")
        exits = (lines.location_id | lines.location_dest_id)._gate_exits()
        for line in lines:
            result[line.move_id.sale_line_id, line.product_id] += line.quantity_product_uom * line._gate_direction(
                exits
            )
        return result

    def _gate_ordered(self, moved):
        """Return how much of each product may leave on these lines, in the unit of the product.

        :param moved: collection of (sale.order.line, product.product) in question
        :return: dict of (sale.order.line, product.product) to float; other products do not belong to the line
        """
        return {
            (line, line.product_id): line.product_uom_id._compute_quantity(
                line.product_uom_qty, line.product_id.uom_id, rounding_method="HALF-UP"
            )
            for line in self
            if line.product_id
        }

    def _gate_value_of(self, quantities):
        """Return what goods on lines of orders are worth together; see ``_gate_values_of``."""
        return sum(self._gate_values_of(quantities).values())

    def _gate_values_of(self, quantities):
        """Return what goods on lines of orders are worth, taxes included, in the currency of the order.

        A line that is delivered in several products, as a kit is, is worth the same in each of them.

        :param dict quantities: (sale.order.line, product.product) to float, in the unit of the product
        :return: dict of sale.order.line to float
        """
        ordered, values = self._gate_ordered(quantities), defaultdict(float)
        products = Counter(line for line, _product in ordered)
        for (line, product), quantity in quantities.items():
            if ordered.get((line, product)):
                values[line] += line.price_total * quantity / ordered[line, product] / products[line]
        return values
