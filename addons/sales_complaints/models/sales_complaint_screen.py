# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import Command, api, fields, models


class SalesComplaint(models.Model):
    """What leads from a complaint to what belongs to it. Each target checks who may see it."""

    _inherit = "sales.complaint"

    to_execute = fields.Boolean("To Carry Out", compute="_compute_to_execute")

    @api.depends("disposition_ids.state")
    def _compute_to_execute(self):
        for complaint in self:
            complaint.to_execute = any(found.state == "decided" for found in complaint.disposition_ids)

    @api.model
    def _action_new(self, partner, source, records, order=None):
        """Open the form of a new complaint.

        :param partner: res.partner that complains
        :param str source: field of a line that names where its goods are from
        :param records: what they are from, a line each
        :param order: sale.order that the complaint is about, if any
        """
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Complaint"),
            "res_model": self._name,
            "view_mode": "form",
            "context": {
                "default_partner_id": partner.id,
                **({"default_order_id": order.id} if order else {}),
                "default_line_ids": [Command.create({source: record.id, "quantity": 1}) for record in records],
            },
        }

    def action_view_evidence(self):
        """Open the photos and documents of these complaints; new ones belong to the first."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Evidence"),
            "res_model": "sales.complaint.evidence",
            "view_mode": "kanban,list,form",
            "domain": [("complaint_id", "in", self.ids)],
            "context": {"default_complaint_id": self[:1].id},
        }

    def action_view_penalties(self):
        """Open the cases proposed because of these complaints that the current user may read."""
        action = self.env["ir.actions.act_window"]._for_xml_id("sales_policy.sales_penalty_action")
        return {**action, "domain": [("res_model", "=", self._name), ("res_id", "in", self.ids)], "context": {}}

    def action_preview(self):
        """Open the page that the customer sees, to read only."""
        self.ensure_one()
        self.check_access("read")
        return {"type": "ir.actions.act_url", "target": "self", "url": self.access_url}
