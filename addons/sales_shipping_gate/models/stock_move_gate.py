# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from collections import defaultdict

from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import groupby

# Compared by identity: a client can send a context key, but never this object.
PASS = object()


def goes_out(record, exits):
    """Tell whether goods leave with a stock move or with one of its lines.

    Goods of a vendor that go to a customer leave too: that is a dropshipment. What goes back to a vendor does not.

    :param exits: stock.location, those outside of the company
    """
    source, target = record.location_id, record.location_dest_id
    back = target.usage == "supplier" and (source in exits or record._gate_is_purchase_return())
    return target in exits and source.usage != "customer" and not back


class StockMove(models.Model):
    """The gate: whether goods that are leaving may leave (SHP-3). Every path ends in ``_gate_check``."""

    _inherit = "stock.move"

    def _gate_leaving(self):
        """Return how much leaves on each of these moves, in the unit of the product.

        :return: dict of stock.move to float; moves on which nothing leaves are absent
        """
        exits = (
            self.location_id
            | self.location_dest_id
            | self.move_line_ids.location_id
            | self.move_line_ids.location_dest_id
        )._gate_exits()
        leaving = {}
        for move in self:
            lines = move.move_line_ids
            quantity = sum(line.quantity_product_uom for line in lines if goes_out(line, exits))
            if not lines and goes_out(move, exits):
                quantity = move.product_qty
            if quantity > 0 and (move.sale_line_id or not move._gate_is_foreign_property()):
                leaving[move] = quantity
        return leaving

    def _gate_is_purchase_return(self):
        """Return whether goods go back to the vendor they came from, no more than came."""
        self.ensure_one()
        receipt = self.origin_returned_move_id
        if receipt.state != "done" or receipt.location_id.usage != "supplier" or receipt.product_id != self.product_id:
            return False
        vendor, partner = receipt.picking_id.partner_id, self.picking_id.partner_id
        if vendor and partner and vendor.commercial_partner_id != partner.commercial_partner_id:
            return False
        returns = (receipt.returned_move_ids | self).filtered(
            lambda move: (
                move == self
                or move.state == "done"
                and "supplier" in (move.location_dest_id | move.move_line_ids.location_dest_id).mapped("usage")
            )
        )

        def quantity(moves):
            return sum(move.product_uom._compute_quantity(move.quantity, move.product_id.uom_id) for move in moves)

        return self.product_id.uom_id.compare(quantity(returns), quantity(receipt)) <= 0

    def _gate_is_foreign_property(self):
        """Return whether all that moves belongs to the customer and was here as such, for example for a repair.

        Whoever writes an owner on goods of the company takes them from stock that the owner does not have.
        """
        self.ensure_one()
        lines = self.move_line_ids
        if not self.product_id.is_storable or not lines or not all(line.owner_id for line in lines):
            return False
        partner = (self.picking_id.partner_id or self.partner_id).commercial_partner_id
        if not partner or lines.owner_id.commercial_partner_id != partner:
            return False
        # Counted on what has moved: an owner can be written on a quant, or on goods that never came from him.
        domain = Domain("product_id", "=", self.product_id.id) & Domain("owner_id", "in", lines.owner_id.ids)
        domain &= Domain("company_id", "=", self.company_id.id) & Domain("move_id.sale_line_id", "=", False)
        domain &= Domain("move_id.origin_returned_move_id", "=", False)
        moved = self.env["stock.move.line"].sudo().search(domain).filtered(lambda line: line.move_id.state == "done")
        here = 0.0
        for line in moved:
            came, went = line.location_id.usage == "customer", line.location_dest_id.usage == "customer"
            here += (came - went) * line.quantity_product_uom
        return self.product_id.uom_id.compare(here, 0) >= 0

    def _gate_check(self):
        """Let these done moves pass, or refuse the whole transaction.

        What passed is remembered as long as it is out, so that history never trips over a later refund.

        :raises UserError: naming who holds the goods, what is missing and who can help
        """
        done = self.filtered(lambda move: move.state == "done")
        done._gate_check_companies()
        moves = done.filtered("company_id.shipping_gate_enabled")
        if not moves:
            return
        # Recomputations that wait come here again by themselves: let them, before anything is judged.
        for model in (self, self.move_line_ids):
            model._recompute_model(model._gate_constrain._constrains)
        out = moves._gate_leaving()
        compare = {move: move.product_id.uom_id.compare(out.get(move, 0.0), move.shipping_passed_qty) for move in moves}
        # What was booked back has to pass again, should it leave once more.
        for move in moves:
            if compare[move] < 0:
                move.shipping_passed_qty = out.get(move, 0.0)
        leaving = {move: quantity for move, quantity in out.items() if compare[move] > 0}
        if not leaving:
            return
        if self.env.context.get("shipping_gate_pass") is not PASS:
            linked = self.browse([move.id for move in leaving if move.sale_line_id])
            unlinked = self.browse([move.id for move in leaving if not move.sale_line_id])
            linked._gate_check_orders(leaving)
            unlinked._gate_check_unlinked(leaving)
            self.browse([move.id for move in leaving])._gate_check_conditions(leaving)
        for quantity, passed in groupby(leaving, key=leaving.get):
            self.browse([move.id for move in passed]).shipping_passed_qty = quantity

    def _gate_check_companies(self):
        """Refuse that goods pass from one company to another: core asks when a transfer is validated, never later.

        :raises UserError: when one of the companies has its gate on
        """
        if not self.env["res.company"]._gate_watched():
            return
        for move in self:
            lines = move.move_line_ids
            places = move.location_id | move.location_dest_id | lines.location_id | lines.location_dest_id
            companies = move.company_id | places.company_id
            if len(companies) > 1 and any(company.shipping_gate_enabled for company in companies):
                raise UserError(
                    self.env._(
                        "%(document)s is a transfer of %(company)s: goods of another company cannot move with it. Make "
                        "a transfer in each company.",
                        document=move.picking_id.name or move.product_id.display_name,
                        company=move.company_id.name,
                    )
                )

    def _gate_check_orders(self, leaving):
        """Judge moves that belong to orders: order by order, with everything that leaves in this step."""
        if not self:
            return
        lines = self.sale_line_id
        orders = lines.order_id
        orders._gate_lock()
        net_out = lines._gate_net_out()
        self._gate_check_quantities(lines, net_out)
        policies = self.env["sales.shipping.policy"]._policies_for(orders)
        on_credit = orders.filtered(lambda order: policies[order].requirement == "credit")
        on_credit._gate_customers()._gate_lock_exposure()
        verdicts = orders._gate_verdicts(at_door=True)
        releases = None
        for order, moves in self.grouped(lambda move: move.sale_line_id.order_id).items():
            verdict = verdicts.get(order)
            if not verdict:
                raise UserError(
                    self.env._(
                        "%(order)s is not a confirmed order of %(company)s: its goods cannot leave. Confirm it first.",
                        order=order.name,
                        company=moves.company_id[:1].name,
                    )
                )
            if moves.company_id - order.company_id:
                raise UserError(
                    self.env._(
                        "%(order)s is an order of %(company)s: goods of another company cannot leave on it.",
                        order=order.name,
                        company=order.company_id.name,
                    )
                )
            if verdict.code != "hold":
                moves = moves.filtered(lambda move: not move._gate_is_spared(net_out))
            if not moves or self._gate_may_leave(order, verdict):
                continue
            releases = self.env["sales.shipping.release"]._usable(orders) if releases is None else releases
            value = moves._gate_value(leaving)
            release = releases.get(order)
            if verdict.code == "hold" or not release or not release._covers(moves.sale_line_id, value):
                raise UserError(moves._gate_refusal(order, verdict, release, value))
            release._consume(value, self.env.user)

    def _gate_may_leave(self, order, verdict):
        """Return whether the verdict about the order covers the goods that are leaving."""
        if not verdict.is_open:
            return False
        if verdict.code == "partly":
            value = order._gate_value_out()
            room = verdict.money + order._gate_tolerance()
            return order.currency_id.compare_amounts(value, room) <= 0
        return True

    def _gate_check_quantities(self, lines, net_out):
        """Refuse that more leaves than was ordered, or something else."""
        ordered = lines._gate_ordered(net_out)
        for (line, product), quantity in net_out.items():
            allowed = ordered.get((line, product))
            if allowed is None:
                raise UserError(
                    self.env._(
                        "%(product)s is not on this line of %(order)s. Change the order first.",
                        product=product.display_name,
                        order=line.order_id.name,
                    )
                )
            if product.uom_id.compare(quantity, allowed) > 0:
                raise UserError(
                    self.env._(
                        "%(order)s: %(quantity)s %(unit)s of %(product)s would be with the customer, ordered were "
                        "%(allowed)s. Correct the quantity, or change the order first.",
                        order=line.order_id.name,
                        quantity=quantity,
                        unit=product.uom_id.name,
                        product=product.display_name,
                        allowed=allowed,
                    )
                )

    def _gate_is_spared(self, net_out):
        """Return whether these goods were under way when the gate was switched on."""
        self.ensure_one()
        line = self.sale_line_id
        if not line.shipping_spared_qty or self.product_id != line.product_id:
            return False
        spared = line.product_uom_id._compute_quantity(line.shipping_spared_qty, self.product_id.uom_id)
        return self.product_id.uom_id.compare(net_out[line, self.product_id], spared) <= 0

    def _gate_value(self, leaving):
        """Return what leaves on these moves of one order is worth, taxes included, in the order's currency.

        :param dict leaving: stock.move to float, in the unit of the product
        """
        quantities = defaultdict(float)
        for move in self:
            quantities[move.sale_line_id, move.product_id] += leaving[move]
        return self.sale_line_id._gate_value_of(quantities)

    def _gate_check_unlinked(self, leaving):
        """Judge moves without an order line: deliveries made by hand.

        :param dict leaving: stock.move to float, how much leaves, in the unit of the product
        """
        gated = self.filtered("company_id.shipping_gate_unlinked")
        for move in self - gated:
            order = (move.picking_id.sale_id or move.picking_id.reference_ids.sale_ids)[:1]
            if order:
                raise UserError(
                    self.env._(
                        "%(product)s is not on %(order)s. Add it to the order first.",
                        product=move.product_id.display_name,
                        order=order.name,
                    )
                )
        released = gated.picking_id._gate_released()
        for move in gated:
            other = move.move_line_ids.product_id - move.product_id
            more = move.product_id.uom_id.compare(leaving[move], move.product_qty) > 0
            if not move.picking_id or move.picking_id not in released or other or more:
                raise UserError(
                    self.env._(
                        "%(document)s is not for an order: the general manager has to release it. Ask for it, or make "
                        "the delivery from an order.",
                        document=move.picking_id.name or move.product_id.display_name,
                    )
                )

    def _gate_refusal(self, order, verdict, release, value):
        """Return why goods of an order may not leave, and who can help."""
        text = order._gate_explain(verdict)
        if verdict.code == "partly":
            text = self.env._(
                "Goods for %(money)s are paid; with these, goods for %(value)s would be with the customer.",
                money=order.currency_id.format(verdict.money),
                value=order.currency_id.format(order._gate_value_out()),
            )
        if release and verdict.code != "hold":
            text += " " + self.env._(
                "The special release covers goods for %(amount)s, these are worth %(value)s.",
                amount=order.currency_id.format(release.amount),
                value=order.currency_id.format(value),
            )
        return f"{order.name}: {text}"
