# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import fields, models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    sales_complaint_ids = fields.One2many("sales.complaint", "order_id", "Complaints on File", readonly=True)
    sales_complaint_count = fields.Integer("Complaints", compute="_compute_sales_complaint_count")

    def _compute_sales_complaint_count(self):
        counts = dict(
            self.env["sales.complaint"]._read_group([("order_id", "in", self.ids)], ["order_id"], ["__count"])
        )
        for order in self:
            order.sales_complaint_count = counts.get(order, 0)

    def action_sales_complaints(self):
        """Open the complaints about this order."""
        action = self.env["ir.actions.act_window"]._for_xml_id("sales_complaints.sales_complaint_action")
        return {**action, "domain": [("order_id", "in", self.ids)], "context": {}}

    def action_register_complaint(self):
        """Open a new complaint about this order: goods that were delivered are filled in."""
        self.ensure_one()
        complaint = self.env["sales.complaint"]
        return complaint._action_new(self.partner_id, "sale_line_id", complaint._lines_to_complain(self), self)
