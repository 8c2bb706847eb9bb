# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.addons.sales_policy.tools import lock_rows
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from .sale_order import CLERK, SALES_MANAGER
from .sales_shipping_request import ASKED

STOCK = "stock.group_stock_user"
# The company's hours for the step that comes next.
TARGETS = {
    "submitted": "shipping_check_hours",
    "released": "shipping_pick_hours",
    "picking": "shipping_ship_hours",
    "shipped": "shipping_receipt_hours",
}


class SalesShippingRequest(models.Model):
    """The steps of a request: submitted, checked by another person, issued, prepared, shipped, received, closed."""

    _inherit = "sales.shipping.request"

    def action_submit(self):
        """Ask for the shipment. For the salesperson of the order, a sales clerk or a sales manager.

        :raises AccessError: for everybody else
        :raises UserError: for an order that is not confirmed, or more than what is undelivered
        """
        self.check_access("write")
        self._check_may_ask()
        self._check_state("draft")
        requests = self.sudo()
        lock_rows(requests.order_id)
        requests._check_undelivered()
        requests.write({"requester_id": self.env.uid})
        self._take("submitted")
        self._tell(
            {request: request.company_id._sales_users_of(CLERK) for request in requests},
            lambda request: request.env._("%(request)s: please check", request=request.name),
            lambda request: request.env._(
                "%(person)s asks for the shipment of %(order)s. Go through it again with %(person)s, check the stock, "
                "then confirm the check.",
                person=request.requester_id.name,
                order=request.order_id.name,
            ),
        )
        return True

    def action_check(self):
        """Confirm that the request was gone through again with the requester. For a sales clerk who asked for nothing.

        Where the money is in, the shipping order is issued at once; else when it comes.

        :raises AccessError: for everybody else, the requester included
        """
        self._check_role(CLERK, self.env._("A sales clerk checks shipping requests."))
        self._check_state("submitted")
        user = self.env.user
        for request in self.sudo():
            involved = request.requester_id | request.create_uid
            involved |= request.order_id.user_id | request.order_id.credited_user_id
            if user in involved:
                raise AccessError(
                    self.env._(
                        "%(request)s is your own request or sale: another sales clerk checks it.", request=request.name
                    )
                )
        lock_rows(self.order_id)
        self.sudo()._check_undelivered()
        self.sudo().write({"clerk_id": user.id})
        self._take(
            "checked",
            {
                request: self.env._("Verified again with %(person)s.", person=request.requester_id.name)
                for request in self.sudo()
            },
        )
        self._issue_paid(self.order_id)
        self.env["sale.order"].sudo()._sales_money_moved(orders=self.order_id)
        return True

    def action_issue(self):
        """Issue the shipping order, for example on a special release. For a sales clerk.

        :raises UserError: while the goods are held for money
        """
        self._check_role(CLERK, self.env._("A sales clerk issues shipping orders."))
        self._check_state("checked")
        orders = self.sudo().order_id
        lock_rows(orders)
        payable = orders._shipping_payable()
        for request in self.sudo():
            if request.order_id not in payable:
                reason = request.order_id.shipping_gate_reason or request._waiting_for()
                raise UserError(reason)
        self._take("released")
        self.env["sale.order"].sudo()._sales_money_moved(orders=orders)
        return True

    def action_start(self):
        """Note that the warehouse has begun to prepare the goods. For stock users."""
        self._check_role(STOCK, self.env._("The warehouse prepares the goods."))
        self._check_state("released")
        self._take("picking")
        return True

    def action_close(self):
        """Close requests whose goods are received and paid for. For a sales clerk.

        :raises UserError: while the customer owes money for the order
        """
        self._check_role(CLERK, self.env._("A sales clerk closes shipping requests."))
        self._check_state("received")
        orders = self.sudo().order_id
        money = orders._gate_money()
        for order in orders:
            owed = order.amount_total - money[order]
            if order.currency_id.compare_amounts(owed, order._gate_tolerance()) > 0:
                raise UserError(
                    self.env._(
                        "%(order)s: %(amount)s is still owed. Close the request when it is paid.",
                        order=order.name,
                        amount=order.currency_id.format(owed),
                    )
                )
        self._take("closed")
        return True

    def action_refuse(self):
        """Open the question for the reason of a refusal."""
        return self._action_reason("refuse", self.env._("Refuse"))

    def action_cancel(self):
        """Open the question for the reason of a cancellation."""
        return self._action_reason("cancel", self.env._("Cancel"))

    def _action_reason(self, step, title):
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": "sales.shipping.request.reason",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_step": step, "default_request_ids": self.ids},
        }

    def _refuse(self, reason):
        """Refuse requests that are not issued yet, with a reason. For sales clerks and sales managers."""
        self.check_access("read")
        if not any(self.env.user.has_group(group) for group in (CLERK, SALES_MANAGER)):
            raise AccessError(self.env._("A sales clerk or a sales manager refuses shipping requests."))
        self._check_reason(reason)
        self._check_state("submitted", "checked")
        self._take("refused", dict.fromkeys(self.sudo(), reason))
        self._tell_requester(lambda request: request.env._("%(request)s was refused", request=request.name), reason)

    def _cancel(self, reason):
        """Cancel what has not left of some requests, with a reason. For those who may ask."""
        self.check_access("read")
        self._check_may_ask()
        self._check_reason(reason)
        self._check_state("draft", "submitted", "checked", "released", "picking")
        requests = self.sudo()
        lock_rows(requests.order_id)
        shipped = requests._shipped_quantities()
        for request in requests:
            if not any(shipped[line] for line in request.line_ids):
                request._take("cancelled", {request: reason}, self.env.user)
                continue
            # What has left stays covered by the request.
            for line in request.line_ids:
                if shipped[line]:
                    line.quantity = min(line.quantity, shipped[line])
                else:
                    line.unlink()
            request._take("cut", {request: reason}, self.env.user)
        self._follow_goods(requests.order_id)
        self.env["sale.order"].sudo()._sales_money_moved(orders=requests.order_id)

    def _check_reason(self, reason):
        if not (reason or "").strip():
            raise UserError(self.env._("Please give a reason."))

    def _take(self, step, notes=None, user=None):
        """Take a step, stamped by the server, and work out when the next one is due."""
        user = user or self.env.user
        requests = self.sudo()
        self.env["sales.shipping.request.step"]._stamp(requests, step, notes, user)
        field = TARGETS.get(step)
        if step == "cut":
            return
        for company, some in requests.grouped("company_id").items():
            hours = field and company[field]
            due = company._sales_deadline(fields.Datetime.now(), hours=hours) if hours else False
            some.write({"target_date": due, "escalated_date": False})

    def _check_undelivered(self):
        """Refuse to ask for more than what is undelivered and in no other request. The orders are locked."""
        for request in self:
            if request.order_id.state != "sale":
                raise UserError(
                    self.env._("%(order)s is not confirmed. Confirm it first.", order=request.order_id.name)
                )
            if not request.line_ids:
                raise UserError(
                    self.env._("%(request)s asks for nothing. Add the goods that are to leave.", request=request.name)
                )
            lines = request.line_ids.order_line_id
            out = lines._shipping_out()
            if request.state == "draft":
                for line in request.line_ids:
                    line.delivered_before = out[line.order_line_id]
                room = lines._shipping_undelivered()
            else:
                asked = lines._shipping_asked(ASKED)
                room = {line: line.product_uom_qty - max(out[line], asked[line]) for line in lines}
            for line in request.line_ids:
                left = room.get(line.order_line_id, 0.0)
                wanted = line.quantity if request.state == "draft" else 0.0
                if line.uom_id.compare(wanted, left) > 0:
                    raise UserError(
                        self.env._(
                            "%(request)s: of %(product)s only %(left)s %(unit)s can still be asked for, the rest has "
                            "left or is in another request.",
                            request=request.name,
                            product=line.product_name,
                            left=max(left + (line.quantity - wanted), 0.0),
                            unit=line.uom_id.name,
                        )
                    )

    @api.model
    def _issue_paid(self, orders):
        """Issue the shipping orders of checked requests for which nothing but the money was missing, and it is in."""
        checked = self.sudo().search([("order_id", "in", orders.ids), ("state", "=", "checked")])
        if not checked:
            return
        payable = checked.order_id._shipping_payable()
        ready = checked.filtered(lambda request: request.order_id in payable)
        if ready:
            ready._take("released", dict.fromkeys(ready, self.env._("The goods may leave.")), self.env.user)

    def _shipped_quantities(self, ready=None):
        """Return how much of each line of these requests has left; the oldest request of an order line goes first.

        :param dict ready: sale.order.line to float: what counts as if it had left
        :return: dict of sales.shipping.request.line to float
        """
        order_lines = self.line_ids.order_line_id
        out = order_lines._shipping_out()
        domain = Domain("order_line_id", "in", order_lines.ids) & Domain("request_id.state", "in", ASKED)
        rows = self.env["sales.shipping.request.line"].sudo().search(domain, order="id")
        shipped, left = dict.fromkeys(self.line_ids, 0.0), {}
        for order_line, mine in rows.grouped("order_line_id").items():
            left[order_line] = (
                (ready or {}).get(order_line, 0.0) + out[order_line] - min(mine.mapped("delivered_before"))
            )
        for line in rows:
            shipped[line] = max(min(line.quantity, left[line.order_line_id]), 0.0)
            left[line.order_line_id] -= shipped[line]
        return shipped

    @api.model
    def _follow_goods(self, orders):
        """Stamp as shipped the requests of these orders of which everything has left."""
        domain = Domain("order_id", "in", orders.ids) & Domain("state", "in", ("released", "picking"))
        requests = self.sudo().search(domain)
        if not requests:
            return
        shipped = requests._shipped_quantities()
        gone = requests.filtered(
            lambda request: all(line.uom_id.compare(line.quantity, shipped[line]) <= 0 for line in request.line_ids)
        )
        if gone:
            gone._take("shipped", gone._shipping_notes(), self.env.user)
            gone._tell_shipped()

    @api.model
    def _follow_receipts(self, orders):
        """Stamp as received the requests of these orders all deliveries of which have arrived."""
        shipped = self.sudo().search([("order_id", "in", orders.ids), ("state", "=", "shipped")])
        arrived = shipped.filtered(lambda request: all(picking.shipping_receipt_ids for picking in request._pickings()))
        if arrived:
            arrived._take("received", user=self.env.user)
