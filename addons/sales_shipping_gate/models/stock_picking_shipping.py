# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .sales_shipping_inspection import STOCK


class StockPicking(models.Model):
    """What people must do with a delivery before it leaves, and afterwards (SHP-4, 6, 8)."""

    _inherit = "stock.picking"

    shipping_inspection_ids = fields.One2many("sales.shipping.inspection", "picking_id", "Inspections", readonly=True)
    shipping_inspection_state = fields.Selection(
        [("needed", "To Inspect"), ("passed", "Inspected")],
        compute="_compute_shipping_inspection_state",
        compute_sudo=True,
    )

    @api.depends("state", "carrier_id", "shipping_inspection_ids.state", "move_ids.quantity")
    def _compute_shipping_inspection_state(self):
        leaving = self.filtered(lambda picking: picking._shipping_leaves())
        gated = leaving.filtered(lambda picking: picking._shipping_inspected())
        missing = gated._shipping_missing_inspections()
        for picking in self:
            state = "needed" if picking in missing else "passed" if picking in gated else False
            picking.shipping_inspection_state = state

    @api.depends("carrier_id", "carrier_tracking_ref", "shipping_inspection_ids.state", "move_ids.quantity")
    def _compute_shipping_gate(self):
        result = super()._compute_shipping_gate()
        missing = self.filtered(lambda picking: picking._shipping_leaves())._shipping_missing()
        for picking, reasons in missing.items():
            held = [picking.shipping_gate_reason] if picking.shipping_gate_state == "held" else []
            picking.shipping_gate_state = "held"
            picking.shipping_gate_reason = " ".join([*held, *reasons])
        return result

    def action_shipping_inspect(self):
        """Open the inspection of a delivery; begins one where none is open. For stock users.

        :raises AccessError: for everybody else
        """
        self.ensure_one()
        self.check_access("read")
        if not self.env.user.has_group(STOCK):
            raise AccessError(self.env._("The warehouse inspects the packing."))
        if not self._shipping_leaves():
            raise UserError(self.env._("%(delivery)s does not leave: there is nothing to inspect.", delivery=self.name))
        inspection = self.env["sales.shipping.inspection"]._begin(self)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Packing Inspection"),
            "res_model": "sales.shipping.inspection",
            "res_id": inspection.id,
            "views": [(False, "form")],
        }

    def _shipping_leaves(self):
        """Return whether this is a delivery under a gate that is still to leave from the company's own stock."""
        self.ensure_one()
        return (
            self.company_id.shipping_gate_enabled
            and self.state not in ("done", "cancel")
            and bool(self.location_dest_id._gate_exits())
            and not self.location_id._gate_exits()
        )

    def _shipping_inspected(self):
        """Return whether deliveries like this one are inspected."""
        return self.company_id.shipping_inspection_required

    def _inspection_goods(self):
        """Return how much of each product lies ready on this delivery or has left with it, in the unit of the product.

        At the moment of leaving what stays behind is on the delivery too, and does not count.

        :return: dict of product id to float
        """
        self.ensure_one()
        goods = defaultdict(float)
        has_left = any(move.state == "done" for move in self.move_ids)
        # Not filtered: that would fetch the lines of each delivery by themselves.
        for move in self.move_ids:
            if move.state == "done" if has_left else move.state != "cancel":
                for line in move.move_line_ids:
                    goods[line.product_id.id] += line.quantity_product_uom
        return goods

    def _shipping_missing_inspections(self):
        goods = {picking: picking._inspection_goods() for picking in self.sudo()}
        return self.env["sales.shipping.inspection"]._missing(self, goods)

    def _shipping_missing(self):
        """Return what people still have to do before these deliveries leave, as sentences.

        :return: dict of stock.picking to list of str; deliveries for which nothing is left to do are absent
        """
        result = defaultdict(list)
        inspected = self.filtered(lambda picking: picking._shipping_inspected())
        for picking, text in inspected._shipping_missing_inspections().items():
            result[picking].append(text)
        for company, pickings in self.grouped("company_id").items():
            standing = company.shipping_carrier_block and pickings.carrier_id._shipping_standing(company)
            for picking in pickings:
                text = company.shipping_tracking_required and picking._shipping_carrier_reason()
                if text:
                    result[picking].append(text)
                if standing and standing.get(picking.carrier_id, (False, 0))[0] == "block":
                    result[picking].append(
                        self.env._(
                            "Held for the warehouse: %(carrier)s serves too badly (%(score)s). Choose another carrier.",
                            carrier=picking.carrier_id.name,
                            score=round(standing[picking.carrier_id][1]),
                        )
                    )
        return result

    def _shipping_carrier_reason(self):
        """Return what is missing about carrier and tracking number, in a sentence; nothing where all is there."""
        self.ensure_one()
        carrier = self.carrier_id
        if not carrier:
            return self.env._("Held for the warehouse: choose the carrier.")
        if (self.carrier_tracking_ref or "").strip() or not carrier._shipping_tracking_by_hand():
            return ""
        return self.env._("Held for the warehouse: enter the tracking number of %(carrier)s.", carrier=carrier.name)
