# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import fields, models


class SalesComplaint(models.Model):
    _inherit = "sales.complaint"

    repair_count = fields.Integer("Repairs", compute="_compute_repair_count", compute_sudo=True)

    def _compute_repair_count(self):
        for complaint in self:
            complaint.repair_count = len(complaint.disposition_ids.repair_id)

    def action_view_repairs(self):
        """Open the repair orders of these complaints, as far as the current user may see them."""
        self.check_access("read")
        action = self.env["ir.actions.actions"]._for_xml_id("repair.action_repair_order_tree")
        return {**action, "domain": [("id", "in", self.sudo().disposition_ids.repair_id.ids)], "context": {}}
