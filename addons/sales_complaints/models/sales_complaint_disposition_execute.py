# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from .sales_complaint_disposition import BY_HAND


class SalesComplaintDisposition(models.Model):
    """Carrying out what was decided, through the documents of the host: once, and by one person (CMP-9)."""

    _inherit = "sales.complaint.disposition"

    def action_execute(self):
        """Make the documents of decided dispositions. For who handles the complaint.

        The documents are drafts of their owners: the warehouse validates transfers, accounting posts credit notes.

        :raises UserError: for one that is not decided, or was set going already, also of two at once
        """
        self.complaint_id._check_may_handle()
        self.complaint_id._check_state("decided", "executing", "informed")
        self.complaint_id._lock()
        self.invalidate_recordset()
        for disposition in self.sudo():
            if disposition.state != "decided":
                raise UserError(
                    self.env._(
                        "%(disposition)s is in “%(state)s” already: %(documents)s",
                        disposition=disposition.display_name,
                        state=dict(self._fields["state"]._description_selection(self.env))[disposition.state],
                        documents=disposition.document_names or disposition.executor_id.name or "–",
                    )
                )
        self.sudo().write({"executor_id": self.env.uid})
        for disposition in self.sudo():
            getattr(disposition, f"_execute_{disposition.kind}")()
        complaints = self.complaint_id
        notes = {
            complaint: "\n".join(
                filter(None, (" ".join(filter(None, (found.display_name, found.document_names))) for found in some))
            )
            for complaint, some in self.sudo().grouped("complaint_id").items()
        }
        started = complaints.filtered(lambda complaint: complaint.sudo().state == "decided")
        started._go("executing", "executed", notes)
        self.env["sales.complaint.step"]._stamp(complaints - started, "executed", notes)
        return True

    def action_done(self):
        """Say that a visit or repair has taken place. For who went, or who handles the complaint."""
        self.check_access("read")
        for disposition in self.sudo():
            if self.env.user != disposition.responsible_id:
                disposition.complaint_id.with_user(self.env.user)._check_may_handle()
            if disposition.kind not in BY_HAND or disposition.state != "going":
                raise UserError(self.env._("%(disposition)s is not under way.", disposition=disposition.display_name))
        self.sudo().write({"done_date": fields.Datetime.now()})
        self.sudo().event_id.activity_ids.action_feedback()
        return True

    def action_view_documents(self):
        """Open the document, with the rights of the current user."""
        self.ensure_one()
        self.check_access("read")
        documents = self.sudo()._documents()
        if not documents:
            raise UserError(self.env._("There is no document yet."))
        return {
            "type": "ir.actions.act_window",
            "res_model": documents[0]._name,
            "res_id": documents[0].id,
            "views": [(False, "form")],
        }

    def _cancel(self):
        """Cancel dispositions with the documents that are not carried out yet. Goods and money that moved stay.

        :raises UserError: when a document is done already
        """
        self.complaint_id._lock()
        self.invalidate_recordset()
        for disposition in self.sudo():
            if disposition.state == "done":
                raise UserError(self.env._("%(disposition)s was carried out.", disposition=disposition.display_name))
            disposition.picking_ids.filtered(lambda picking: picking.state != "done").action_cancel()
            disposition.credit_note_ids.filtered(lambda move: move.state == "draft").button_cancel()
            disposition.event_id.activity_ids.unlink()
            disposition.event_id.unlink()
        self.sudo().write({"cancelled_date": fields.Datetime.now()})

    def _execute_nothing(self):
        self.done_date = fields.Datetime.now()

    def _execute_visit(self):
        person = self.responsible_id or self.complaint_id.user_id or self.env.user
        if not person.active:
            raise AccessError(self.env._("%(person)s has left. Name somebody else.", person=person.name))
        self.responsible_id = person
        day = self.planned_date or self.company_id._sales_today()
        self.event_id = self.complaint_id._plan_visit(self.display_name, person, day)

    def _execute_repair(self):
        self._execute_visit()

    def _execute_return(self):
        """Make a return of the deliveries, the latest first, by core's own wizard."""
        line, pickings = self.line_id, self.env["stock.picking"]
        unit, missing = line.product_id.uom_id, self._missing()
        for move, room in line._returnable().items():
            quantity = min(room, missing)
            if unit.compare(quantity, 0) <= 0:
                continue
            missing -= quantity
            delivery = move.picking_id
            wizard = (
                self.env["stock.return.picking"]
                .with_context(active_id=delivery.id, active_ids=delivery.ids, active_model="stock.picking")
                .create({"picking_id": delivery.id})
            )
            for item in wizard.product_return_moves:
                item.quantity = unit._compute_quantity(quantity, move.product_uom) if item.move_id == move else 0
            pickings |= wizard._create_return()
        if unit.compare(missing, 0) > 0:
            raise UserError(
                self.env._(
                    "%(goods)s: the deliveries leave nothing more to return (%(quantity)g are missing). Register the "
                    "receipt by hand, or change the disposition.",
                    goods=line.display_name,
                    quantity=missing,
                )
            )
        for picking in pickings:
            picking.origin = f"{self.complaint_id.name} / {picking.origin}"
        self.picking_ids |= pickings

    def _execute_replacement(self):
        """Deliver again at no charge, by the routes of the goods and the warehouse that delivered before."""
        line, complaint = self.line_id, self.complaint_id
        product = line.product_id
        if not product or product.type != "consu":
            raise UserError(self.env._("%(goods)s cannot be delivered.", goods=line.display_name))
        moves = line._deliveries()
        order = line.sale_line_id.order_id
        partner = moves[:1].picking_id.partner_id or order.partner_shipping_id or complaint.partner_id
        warehouse = moves[:1].picking_type_id.warehouse_id or order.warehouse_id
        warehouse = warehouse or self.env["stock.warehouse"].search([("company_id", "=", self.company_id.id)], limit=1)
        reference = self.env["stock.reference"].create({"name": complaint.name})
        location = partner.property_stock_customer
        live = complaint.disposition_ids.filtered(lambda found: found.line_id == line and found.state != "cancelled")
        returned = sum(live.filtered(lambda found: found.kind == "return").mapped("quantity"))
        # What comes back makes room for the first replacements, not for each of them.
        replaced = sum(
            live.filtered(lambda found: found.kind == "replacement" and found.id <= self.id).mapped("quantity")
        )
        # It is delivered again on the order. What does not come back is no sale: nobody is to be billed for it.
        takes_back = line.product_uom_id.compare(returned, replaced) >= 0
        self.env["stock.rule"].run(
            [
                self.env["stock.rule"].Procurement(
                    product,
                    self._missing(),
                    product.uom_id,
                    location,
                    line.name,
                    complaint.name,
                    self.company_id,
                    {
                        "reference_ids": reference,
                        "date_planned": fields.Datetime.now(),
                        "warehouse_id": warehouse,
                        "partner_id": partner.id,
                        "location_final_id": location,
                        "company_id": self.company_id,
                        "sale_line_id": line.sale_line_id.id if takes_back else False,
                    },
                )
            ]
        )
        pickings = reference.move_ids.picking_id
        if not pickings:
            raise UserError(
                self.env._("No route delivers %(goods)s. Ask the warehouse to set one.", goods=line.display_name)
            )
        pickings.filtered(lambda picking: picking.state == "draft").action_confirm()
        self.picking_ids |= pickings

    def _missing(self):
        """Return how many pieces have not crossed the customer's door yet, in the unit of the product."""
        back = self.kind == "return"
        moves = self.picking_ids.move_ids.filtered(
            lambda move: move.state == "done" and move.product_id == self.line_id.product_id
        )
        crossed = moves.filtered(
            lambda move: (
                (move.location_id.usage == "customer") == back and (move.location_dest_id.usage == "customer") != back
            )
        )
        unit = self.line_id.product_id.uom_id
        moved = sum(move.product_uom._compute_quantity(move.quantity, unit) for move in crossed)
        return self.line_id._in_unit_of_product(self.quantity) - moved

    def _is_given(self):
        """Tell whether goods or money have left, or come back, for this disposition."""
        return bool(
            self.picking_ids.filtered(lambda picking: picking.state == "done")
            or self.credit_note_ids.filtered(lambda move: move.state == "posted")
        )

    def _is_complete(self):
        """Tell whether finished documents carry out the whole of what was decided: the warehouse may do a part."""
        product = self.line_id.product_id
        if product not in self.picking_ids.move_ids.product_id:
            # Credit notes; and sets, of which the parts are moved.
            return True
        return product.uom_id.compare(self._missing(), 0) <= 0
