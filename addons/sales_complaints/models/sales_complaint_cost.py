# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models


class SalesComplaint(models.Model):
    """What a complaint costs: the cost of poor quality, in company currency."""

    _inherit = "sales.complaint"

    disposition_ids = fields.One2many("sales.complaint.disposition", "complaint_id", "Dispositions")
    freight_cost = fields.Monetary("Freight")
    work_cost = fields.Monetary("Work")
    credit_cost = fields.Monetary("Credited", compute="_compute_cost", store=True, compute_sudo=True)
    goods_cost = fields.Monetary("Goods Replaced", compute="_compute_cost", store=True, compute_sudo=True)
    total_cost = fields.Monetary("Cost of Poor Quality", compute="_compute_cost", store=True, compute_sudo=True)

    _costs_not_negative = models.Constraint(
        "CHECK (COALESCE(freight_cost, 0) >= 0 AND COALESCE(work_cost, 0) >= 0)", "A cost cannot be below zero."
    )

    @api.depends(
        "freight_cost",
        "work_cost",
        "disposition_ids.kind",
        "disposition_ids.credit_note_ids.state",
        "disposition_ids.credit_note_ids.amount_untaxed_signed",
        "disposition_ids.picking_ids.state",
        "disposition_ids.picking_ids.move_ids.value",
    )
    def _compute_cost(self):
        for complaint in self:
            notes = complaint.disposition_ids.credit_note_ids.filtered(lambda move: move.state == "posted")
            replaced = complaint.disposition_ids.filtered(lambda found: found.kind == "replacement").picking_ids
            moves = replaced.filtered(lambda picking: picking.state == "done").move_ids
            out = moves.filtered(lambda move: move.location_dest_id.usage == "customer")
            complaint.credit_cost = abs(sum(notes.mapped("amount_untaxed_signed")))
            complaint.goods_cost = abs(sum(out.mapped("value")))
            complaint.total_cost = (
                complaint.credit_cost + complaint.goods_cost + complaint.freight_cost + complaint.work_cost
            )
