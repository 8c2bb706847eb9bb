# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from markupsafe import Markup

from odoo import api, fields, models
from odoo.addons.sales_policy.tools import lock_rows
from odoo.exceptions import AccessError, UserError


class StockPicking(models.Model):
    """What happens after the goods have left: people are told, the customer confirms the receipt (SHP-6, SHP-14)."""

    _inherit = "stock.picking"

    shipping_receipt_ids = fields.One2many("sales.shipping.receipt", "picking_id", "Receipt", readonly=True)
    shipping_receipt_state = fields.Selection(
        [("open", "On the Way"), ("received", "Received")],
        "Receipt of Goods",
        compute="_compute_shipping_receipt_state",
        compute_sudo=True,
    )

    @api.depends("state", "shipping_receipt_ids")
    def _compute_shipping_receipt_state(self):
        for picking in self:
            if picking.shipping_receipt_ids:
                picking.shipping_receipt_state = "received"
            else:
                picking.shipping_receipt_state = picking._shipping_has_left() and "open"

    def _action_done(self):
        result = super()._action_done()
        self.sudo().filtered(lambda picking: picking._shipping_has_left())._shipping_tell_customer()
        return result

    def action_shipping_received(self):
        """Confirm for the customer that deliveries have arrived. For those who may ask for the shipment.

        :raises AccessError: for everybody else, the warehouse that sent the goods included
        """
        self.check_access("read")
        for picking in self:
            orders = picking.sudo().move_ids.sale_line_id.order_id or picking.sudo().sale_id
            if not orders or not all(order._gate_may_ask(self.env.user) for order in orders):
                raise AccessError(
                    self.env._("The salesperson of the order, a sales clerk or a sales manager confirms the receipt.")
                )
        self._shipping_receive("staff")
        return True

    def _shipping_has_left(self):
        """Return whether goods of the company went to a customer with this delivery."""
        self.ensure_one()
        return self.state == "done" and bool(
            self.company_id.shipping_gate_enabled
            and self.location_dest_id._gate_exits()
            and not self.location_id._gate_exits()
        )

    def _shipping_receive(self, source, person=False, note=False):
        """Record that deliveries have arrived; who may say so is for the caller to check.

        :param str source: "portal" or "staff"
        :param str person: who received the goods
        :raises UserError: for deliveries that have not left, or whose receipt is confirmed already
        """
        pickings = self.sudo()
        lock_rows(pickings)
        pickings.invalidate_recordset(["shipping_receipt_ids"])
        for picking in pickings:
            if not picking._shipping_has_left():
                raise UserError(self.env._("%(delivery)s has not left yet.", delivery=picking.name))
            if picking.shipping_receipt_ids:
                raise UserError(self.env._("%(delivery)s: the receipt is confirmed already.", delivery=picking.name))
        self.env["sales.shipping.receipt"].sudo().create(
            [
                {
                    "picking_id": picking.id,
                    "company_id": picking.company_id.id,
                    "source": source,
                    "user_id": self.env.uid,
                    "person": person or self.env.user.name,
                    "date": fields.Datetime.now(),
                    "note": note,
                }
                for picking in pickings
            ]
        )
        self.env["sales.shipping.request"]._follow_receipts(pickings.move_ids.sale_line_id.order_id)

    def _shipping_tell_customer(self):
        """Tell the customers of orders with which carrier and tracking number their goods left (SHP-6)."""
        for picking in self.filtered("company_id.shipping_tracking_required"):
            for order in picking.move_ids.sale_line_id.order_id:
                customer = order.partner_id
                theirs = picking.with_context(lang=customer.lang)
                order.with_context(lang=customer.lang).message_post(
                    body=theirs._shipping_customer_text(),
                    subject=theirs.env._("%(order)s has been shipped", order=order.name),
                    partner_ids=customer.ids,
                    message_type="comment",
                    subtype_xmlid="mail.mt_comment",
                )

    def _shipping_customer_text(self):
        self.ensure_one()
        text = Markup("<p>%s</p>") % self.env._(
            "Your goods have left with %(carrier)s (%(delivery)s).",
            carrier=self.carrier_id.name,
            delivery=self.name,
        )
        if self.carrier_tracking_ref:
            text += Markup("<p>%s</p>") % self.env._("Tracking number: %(number)s", number=self.carrier_tracking_ref)
        # A carrier with several parcels gives a list of links, which is no address.
        if self.carrier_tracking_url and self.carrier_tracking_url.startswith("http"):
            text += Markup('<p><a href="%s">%s</a></p>') % (
                self.carrier_tracking_url,
                self.env._("Follow the shipment"),
            )
        return text
