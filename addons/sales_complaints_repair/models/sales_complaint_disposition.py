# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.exceptions import UserError


class SalesComplaintDisposition(models.Model):
    """A repair is carried out by a repair order of the host, under warranty; done when that is done (CMP-9)."""

    _inherit = "sales.complaint.disposition"

    repair_id = fields.Many2one("repair.order", readonly=True, copy=False, index="btree_not_null")

    @api.depends("repair_id.state")
    def _compute_state(self):
        result = super()._compute_state()
        for disposition in self:
            # An order that the workshop has cancelled is made again.
            if disposition.state == "going" and disposition.sudo().repair_id.state == "cancel":
                disposition.state = "decided"
        return result

    @api.depends("repair_id")
    def _compute_document_names(self):
        return super()._compute_document_names()

    def action_done(self):
        """Say that a visit or repair has taken place; of one with a repair order, the workshop says so there."""
        self.check_access("read")
        for disposition in self.sudo():
            if disposition.repair_id.state not in (False, "done", "cancel"):
                raise UserError(
                    self.env._(
                        "%(repair)s is not finished. The workshop ends it there.",
                        repair=disposition.repair_id.name,
                    )
                )
        return super().action_done()

    def _document_sets(self):
        return [*super()._document_sets(), self.repair_id]

    def _cancel(self):
        for disposition in self.sudo():
            if disposition.repair_id.state not in (False, "done", "cancel"):
                disposition.repair_id.action_repair_cancel()
        return super()._cancel()

    def _execute_repair(self):
        line = self.line_id
        if line.product_id.type != "consu":
            # Goods without a product are no matter of the workshop: somebody goes there.
            return super()._execute_repair()
        self.repair_id = (
            self.env["repair.order"]
            .with_company(self.company_id)
            .create(
                {
                    "company_id": self.company_id.id,
                    "partner_id": self.complaint_id.partner_id.id,
                    "product_id": line.product_id.id,
                    "product_qty": line._in_unit_of_product(self.quantity),
                    "product_uom": line.product_id.uom_id.id,
                    "lot_id": line.lot_id.id,
                    "user_id": (self.responsible_id or self.complaint_id.user_id or self.env.user).id,
                    "schedule_date": self.planned_date or fields.Datetime.now(),
                    "under_warranty": True,
                    "internal_notes": self.note or line.defect,
                }
            )
        )
        return None
