# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import models
from odoo.fields import Domain


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _gate_shipped_not_invoiced(self, customers, companies, root, today):
        """Count the components of kits that are not complete, too: for Odoo nothing of them is delivered (SHP-3)."""
        owed = super()._gate_shipped_not_invoiced(customers, companies, root, today)
        mine = Domain("partner_id.commercial_partner_id", "in", customers.ids) | Domain(
            "partner_invoice_id.commercial_partner_id", "in", customers.ids
        )
        lines = self.env["sale.order.line"].sudo().with_context(active_test=False)
        kits = lines.search(
            Domain("order_id", "any", mine & Domain("company_id", "in", companies.ids))
            & Domain("product_id.product_tmpl_id.bom_ids.type", "=", "phantom")
            & Domain("move_ids.state", "=", "done")
        ).filtered(lambda line: line.qty_delivered < line.product_uom_qty)
        values = kits._gate_values_of(kits._gate_net_out())
        for line in kits:
            value = max(values[line] - line._gate_counted_value(), 0.0)
            amount = line.currency_id._convert(value, root.currency_id, line.company_id, today)
            for customer in line.order_id._gate_customers() & customers:
                owed[customer.id] += amount
        return owed
