# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command, Domain
from odoo.tools import clean_context

# What the requester writes into a draft; everything else is stamped by the server.
DRAFT_FIELDS = {"line_ids", "needed_date", "consignee", "address", "phone", "labels", "documents", "demands"}
# Requests that count against what is undelivered, and those of them whose goods may leave.
ASKED = ("submitted", "checked", "released", "picking", "shipped", "received", "closed")
ISSUED = ("released", "picking", "shipped", "received", "closed")
OPEN = ("submitted", "checked", "released", "picking", "shipped")


class SalesShippingRequest(models.Model):
    """Asking for the shipment of goods of an order, checked by the sales clerk, until the customer has them (SHP-1).

    Nobody writes the state: it follows from the steps that were taken, each by its role, in the methods of
    ``sales_shipping_request_flow.py``.
    """

    _name = "sales.shipping.request"
    _description = "Shipping Request"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "id desc"
    _mail_post_access = "read"
    _check_company_auto = True

    name = fields.Char("Number", readonly=True, copy=False)
    order_id = fields.Many2one("sale.order", required=True, index=True, ondelete="restrict", check_company=True)
    company_id = fields.Many2one(related="order_id.company_id", store=True, index=True)
    partner_id = fields.Many2one(related="order_id.partner_id", string="Customer")
    line_ids = fields.One2many(
        "sales.shipping.request.line",
        "request_id",
        "Goods",
        compute="_compute_line_ids",
        store=True,
        readonly=False,
        copy=False,
    )
    needed_date = fields.Date("Needed By", compute="_compute_needed_date", store=True, readonly=False)
    consignee = fields.Char(compute="_compute_consignee", store=True, readonly=False)
    address = fields.Char(compute="_compute_consignee", store=True, readonly=False)
    phone = fields.Char(compute="_compute_consignee", store=True, readonly=False)
    labels = fields.Char(help="Which labels go on the packages.")
    documents = fields.Char("Accompanying Documents")
    demands = fields.Text("Special Demands")

    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("submitted", "Submitted"),
            ("checked", "Checked"),
            ("released", "Shipping Order Issued"),
            ("picking", "Being Prepared"),
            ("shipped", "Shipped"),
            ("received", "Received"),
            ("closed", "Closed"),
            ("refused", "Refused"),
            ("cancelled", "Cancelled"),
        ],
        compute="_compute_state",
        store=True,
        index=True,
        tracking=True,
    )
    requester_id = fields.Many2one(
        "res.users", "Requested By", readonly=True, copy=False, index="btree_not_null", ondelete="restrict"
    )
    clerk_id = fields.Many2one("res.users", "Checked By", readonly=True, copy=False, ondelete="restrict")
    step_ids = fields.One2many("sales.shipping.request.step", "request_id", "Trail", readonly=True)
    target_date = fields.Datetime("Next Step Due", readonly=True, copy=False, index="btree_not_null")
    escalated_date = fields.Datetime(readonly=True, copy=False)
    is_late = fields.Boolean("Late", compute="_compute_is_late", search="_search_is_late")

    @api.constrains("company_id", "order_id")
    def _check_company_of_order(self):
        for request in self:
            if request.company_id != request.order_id.company_id:
                raise ValidationError(self.env._("A shipping request belongs to the company of its order."))

    @api.depends("order_id")
    def _compute_line_ids(self):
        for request in self:
            lines = request.order_id.order_line._origin.sudo()
            room = lines._shipping_undelivered()
            request.line_ids = [Command.clear()] + [
                Command.create({"order_line_id": line.id, "quantity": quantity})
                for line, quantity in room.items()
                if line.product_uom_id.compare(quantity, 0) > 0
            ]

    @api.depends("order_id")
    def _compute_needed_date(self):
        for request in self:
            moment = request.order_id.commitment_date
            request.needed_date = moment and request.order_id.company_id._sales_local_date(moment)

    @api.depends("order_id")
    def _compute_consignee(self):
        # A snapshot: the goods go where they were asked for, whatever becomes of the address later.
        for request in self:
            partner = request.order_id.partner_shipping_id
            request.consignee = partner.display_name
            lines = partner._display_address(without_company=True).split("\n") if partner else ()
            request.address = ", ".join(filter(None, (line.strip(" ,") for line in lines)))
            request.phone = partner.phone

    @api.depends("step_ids.step")
    def _compute_state(self):
        states = {name for name, _label in self._fields["state"].selection}
        for request in self:
            taken = [step.step for step in request.step_ids if step.step in states]
            request.state = taken[-1] if taken else "draft"

    @api.depends("target_date", "state")
    def _compute_is_late(self):
        now = fields.Datetime.now()
        for request in self:
            request.is_late = request.state in OPEN and bool(request.target_date) and request.target_date < now

    def _search_is_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        late = Domain("state", "in", OPEN) & Domain("target_date", "<", fields.Datetime.now())
        if set(value) >= {True, False}:
            return Domain.TRUE
        return late if True in value else ~late

    @api.model_create_multi
    def create(self, vals_list):
        """Draft requests; without lines, for everything that is undelivered and not asked for yet.

        :raises AccessError: for values that only the server fills in
        """
        if not self.env.su:
            self._check_only(DRAFT_FIELDS | {"order_id"}, vals_list)
        number = self.env["ir.sequence"].sudo().next_by_code
        # No default of the caller's context counts.
        requests = super(SalesShippingRequest, self.with_context(clean_context(self.env.context))).create(
            [{**vals, "name": number("sales.shipping.request")} for vals in vals_list]
        )
        requests = requests.with_env(self.env)
        if not self.env.su:
            requests._check_may_ask()
        return requests

    def write(self, vals):
        """Change drafts. What was submitted stays as it is.

        :raises AccessError: for values that only the server fills in, and people who may not ask
        :raises UserError: after it was submitted
        """
        if not self.env.su:
            # Activities are the business of the mail addon.
            own = {name for name in vals if not name.startswith(("activity_", "message_"))}
            self._check_only(DRAFT_FIELDS, [dict.fromkeys(own)])
            if own:
                self._check_may_ask()
                self._check_state("draft")
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_asked(self):
        if self.filtered(lambda request: request.state != "draft"):
            raise UserError(self.env._("What was asked for stays on file. Cancel the request instead."))

    def _check_only(self, names, vals_list):
        if any(set(vals) - names for vals in vals_list):
            raise AccessError(self.env._("The server stamps the steps of a shipping request itself."))

    def _check_may_ask(self):
        """Let the salesperson of the order, a sales clerk or a sales manager ask.

        :raises AccessError: for everybody else
        """
        self.order_id.check_access("read")
        if not all(request.order_id._gate_may_ask(self.env.user) for request in self):
            raise AccessError(
                self.env._("Only the salesperson of the order, a sales clerk or a sales manager can ask for this.")
            )

    def _check_role(self, group, message):
        """Refuse users without a group.

        :param str group: xml id
        :param str message: who can do it, in the user's language
        """
        self.check_access("read")
        if not self.env.user.has_group(group) or not self.env.user.active:
            raise AccessError(message)

    def _check_state(self, *states):
        """Refuse a step that is not the next one."""
        names = dict(self._fields["state"]._description_selection(self.env))
        for request in self.sudo():
            if request.state not in states:
                raise UserError(
                    self.env._(
                        "%(request)s: this step is for requests in “%(wanted)s”. This one is in “%(state)s”.",
                        request=request.name,
                        wanted=" / ".join(names[state] for state in states),
                        state=names[request.state],
                    )
                )
