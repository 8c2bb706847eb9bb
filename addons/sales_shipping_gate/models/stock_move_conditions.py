# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import models
from odoo.exceptions import UserError

from .sales_licence import Sale
from .sales_shipping_request import ISSUED


class StockMove(models.Model):
    """What people must have done when goods leave, whatever the money says; part of the gate's one check."""

    _inherit = "stock.move"

    def _action_done(self, cancel_backorder=False):
        moves = super()._action_done(cancel_backorder=cancel_backorder)
        left = moves.filtered(lambda move: move.state == "done" and move.sale_line_id)
        self.env["sales.shipping.request"]._follow_goods(left.sale_line_id.order_id)
        return moves

    def _gate_check_conditions(self, leaving):
        """Refuse moves on which goods leave while people still have something to do.

        :param dict leaving: stock.move to float, how much leaves, in the unit of the product
        :raises UserError: naming what is missing and who can do it
        """
        self._gate_check_requests()
        self._gate_check_licences()
        self._gate_check_deliveries()

    def _gate_check_licences(self):
        """Refuse regulated goods for whose customer or salesperson no licence is valid today (SHP-12)."""
        if not self.env["sales.licence.type"]._regulating_ids():
            return
        sales = {}
        for move in self.sudo():
            order = move.sale_line_id.order_id
            partners = order.partner_id | (move.picking_id.partner_id or move.partner_id)
            sales[move] = Sale(
                move.company_id, partners, order.user_id, move.product_id | move.move_line_ids.product_id
            )
        for move, reasons in self.env["sales.licence"]._lacking(sales).items():
            document = move.sale_line_id.order_id.name or move.picking_id.name or move.product_id.display_name
            text = " ".join([f"{document}:", *reasons])
            raise UserError(text)

    def _gate_check_deliveries(self):
        """Refuse deliveries that are not inspected, or have no carrier, where that is needed (SHP-4, SHP-8)."""
        moves = self.filtered(lambda move: not move._gate_is_dropshipped())
        pickings = moves.picking_id
        for move in moves - pickings.move_ids:
            if move.company_id.shipping_inspection_required or move.company_id.shipping_tracking_required:
                raise UserError(
                    self.env._(
                        "%(product)s would leave without a delivery, so nobody can inspect it. Make a delivery.",
                        product=move.product_id.display_name,
                    )
                )
        for picking, reasons in pickings._shipping_missing().items():
            text = " ".join([f"{picking.name}:", *reasons])
            raise UserError(text)

    def _gate_is_dropshipped(self):
        """Return whether all that moves comes from a vendor: it has never been in the company's hands."""
        self.ensure_one()
        sources = self.move_line_ids.location_id or self.location_id
        return all(location.usage == "supplier" for location in sources)

    def _gate_check_requests(self):
        """Refuse that more leaves than the issued shipping requests say (SHP-1, SHP-2)."""
        moves = self.filtered(lambda move: move.sale_line_id and move.company_id.shipping_request_required)
        lines = moves.sale_line_id
        if not lines:
            return
        net_out = lines._gate_net_out()
        lines = moves.filtered(lambda move: not move._gate_is_spared(net_out)).sale_line_id
        out, issued = lines._shipping_out(), lines._shipping_asked(ISSUED)
        for line in lines:
            allowed = issued[line] + line.shipping_spared_qty
            if line.product_uom_id.compare(out[line], allowed) > 0:
                waiting = self.env["sales.shipping.request"].sudo()
                waiting = waiting.search(
                    [("order_id", "=", line.order_id.id), ("state", "in", ("submitted", "checked"))], limit=1
                )
                raise UserError(
                    self.env._(
                        "%(order)s: %(quantity)s %(unit)s of %(product)s would be with the customer, asked for and "
                        "issued are %(allowed)s. %(who)s",
                        order=line.order_id.name,
                        quantity=out[line],
                        unit=line.product_uom_id.name,
                        product=line.product_id.display_name,
                        allowed=allowed,
                        who=waiting._waiting_for() or line.order_id._shipping_ask_text(),
                    )
                )
