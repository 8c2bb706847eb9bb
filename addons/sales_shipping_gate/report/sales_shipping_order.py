# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, models


class SalesShippingOrder(models.AbstractModel):
    """The printed shipping order: of issued requests only (SHP-2)."""

    _name = "report.sales_shipping_gate.sales_shipping_order"
    _description = "Shipping Order"

    @api.model
    def _get_report_values(self, docids, data=None):
        requests = self.env["sales.shipping.request"].browse(docids)
        requests.check_access("read")
        requests._check_state("released", "picking", "shipped", "received", "closed")
        return {"doc_ids": docids, "doc_model": "sales.shipping.request", "docs": requests}
