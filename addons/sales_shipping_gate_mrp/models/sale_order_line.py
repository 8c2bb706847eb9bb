# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import models


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _gate_ordered(self, moved):
        """Let the components of a kit leave instead of the kit, as many as it takes (SHP-3)."""
        ordered = super()._gate_ordered(moved)
        if all(product == line.product_id for line, product in moved):
            return ordered
        for company, lines in self.sudo().grouped("company_id").items():
            kits = self.env["mrp.bom"].sudo()._bom_find(lines.product_id, company_id=company.id, bom_type="phantom")
            for line in lines.filtered(lambda line, kits=kits: line.product_id in kits):
                quantity = ordered.pop((line, line.product_id))
                bom = kits[line.product_id]
                quantity = line.product_id.uom_id._compute_quantity(quantity, bom.product_uom_id) / bom.product_qty
                # Exploded as the delivery was: some components depend on what the customer chose.
                _boms, components = bom.explode(
                    line.product_id,
                    quantity,
                    picking_type=bom.picking_type_id,
                    never_attribute_values=line.product_no_variant_attribute_value_ids,
                )
                for component, values in components:
                    product = component.product_id
                    needed = component.product_uom_id._compute_quantity(values["qty"], product.uom_id)
                    ordered[line, product] = ordered.get((line, product), 0.0) + needed
        return ordered

    def _gate_counted_value(self):
        """Return what of this line counts as delivered or invoiced, in the currency of the order."""
        drafts = self.invoice_lines.filtered(lambda item: item.parent_state == "draft")
        # Nobody owes yet what a draft bills.
        invoiced = self.qty_invoiced - sum(
            -item.quantity if item.move_type == "out_refund" else item.quantity for item in drafts
        )
        return max(self.qty_delivered, invoiced) * self.price_total / self.product_uom_qty
