# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    sales_complaint_count = fields.Integer("Complaints", compute="_compute_sales_complaint_count")

    def _compute_sales_complaint_count(self):
        Complaint = self.env["sales.complaint"]
        companies = self.commercial_partner_id
        counts = dict(
            Complaint._read_group(
                [("commercial_partner_id", "in", companies.ids)], ["commercial_partner_id"], ["__count"]
            )
        )
        for partner in self:
            partner.sales_complaint_count = counts.get(partner.commercial_partner_id, 0)

    def action_sales_complaints(self):
        """Open the complaints of this customer; a new one is for this customer."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("sales_complaints.sales_complaint_action")
        return {
            **action,
            "domain": [("commercial_partner_id", "=", self.commercial_partner_id.id)],
            "context": {"default_partner_id": self.id},
        }
