# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

PLANNED = {"complaint_id", "line_id", "kind", "quantity", "amount", "note", "responsible_id", "planned_date"}
# Money that no promise obliges the company to give.
GIVEN = ("reduction", "compensation")
# Each piece is settled once: by one of these.
SETTLING = ("replacement", "refund", "nothing")
BY_HAND = ("visit", "repair")


class SalesComplaintDisposition(models.Model):
    """What is done about some of the goods: proposed, decided with the complaint, carried out once (CMP-9).

    Its state follows from the decision and from the documents of the host; nobody writes it.
    """

    _name = "sales.complaint.disposition"
    _description = "Disposition"
    _order = "complaint_id, id"

    complaint_id = fields.Many2one(
        "sales.complaint",
        required=True,
        index=True,
        ondelete="restrict",
        compute="_compute_complaint",
        store=True,
        readonly=False,
        precompute=True,
    )
    company_id = fields.Many2one(related="complaint_id.company_id", store=True, index=True)
    round = fields.Integer(required=True, readonly=True, default=1)
    line_id = fields.Many2one(
        "sales.complaint.line",
        "Goods",
        index=True,
        ondelete="restrict",
        domain="[('complaint_id', '=', complaint_id)]",
    )
    kind = fields.Selection(
        [
            ("return", "Return"),
            ("replacement", "Free Replacement"),
            ("refund", "Refund"),
            ("reduction", "Price Reduction"),
            ("compensation", "Compensation"),
            ("visit", "Visit"),
            ("repair", "Repair"),
            ("nothing", "Nothing"),
        ],
        "What Is Done",
        required=True,
    )
    quantity = fields.Float(
        digits="Product Unit", compute="_compute_quantity", store=True, readonly=False, precompute=True
    )
    product_uom_id = fields.Many2one(related="line_id.product_uom_id")
    currency_id = fields.Many2one("res.currency", compute="_compute_currency", store=True, precompute=True)
    amount = fields.Monetary("Amount (Untaxed)", compute="_compute_amount", store=True, readonly=False, precompute=True)
    company_currency_id = fields.Many2one(related="company_id.currency_id", string="Company Currency")
    company_amount = fields.Monetary(
        "Amount in Company Currency", "company_currency_id", compute="_compute_company_amount", store=True
    )
    note = fields.Char()
    responsible_id = fields.Many2one("res.users", "Who Goes", domain="[('share', '=', False)]")
    planned_date = fields.Date("When")
    decided_date = fields.Datetime("Decided On", readonly=True, copy=False)
    cancelled_date = fields.Datetime("Cancelled On", readonly=True, copy=False)
    done_date = fields.Datetime("Done On", readonly=True, copy=False)
    executor_id = fields.Many2one("res.users", "Set Going By", readonly=True, copy=False)
    # The documents of the host: private to the server, so that nobody can pass off another one as this.
    picking_ids = fields.Many2many(
        "stock.picking", "sales_complaint_disposition_picking_rel", string="Transfers", readonly=True, copy=False
    )
    credit_note_ids = fields.Many2many(
        "account.move", "sales_complaint_disposition_move_rel", string="Credit Notes", readonly=True, copy=False
    )
    event_id = fields.Many2one("calendar.event", "Visit", readonly=True, copy=False, index="btree_not_null")
    state = fields.Selection(
        [
            ("proposed", "Proposed"),
            ("decided", "To Carry Out"),
            ("going", "Under Way"),
            ("done", "Done"),
            ("cancelled", "Cancelled"),
        ],
        compute="_compute_state",
        store=True,
        index=True,
    )
    document_names = fields.Char("Documents", compute="_compute_document_names", compute_sudo=True)

    _amount_not_negative = models.Constraint("CHECK (amount >= 0)", "An amount cannot be below zero.")
    _quantity_not_negative = models.Constraint("CHECK (quantity >= 0)", "A quantity cannot be below zero.")

    @api.constrains("complaint_id", "line_id", "kind", "quantity", "amount", "cancelled_date")
    def _check_limits(self):
        """Refuse more than is complained about, in pieces and in money."""
        for line in self.line_id:
            unit = line.product_uom_id
            # For what nothing was given in an earlier round, something can be in this one.
            live = line.disposition_ids.filtered(
                lambda found: (
                    found.state != "cancelled" and (found.kind != "nothing" or found.round == found.complaint_id.round)
                )
            )
            for kinds in (SETTLING, ("return",), BY_HAND):
                total = sum(live.filtered(lambda found, kinds=kinds: found.kind in kinds).mapped("quantity"))
                above = unit.compare(total, line.quantity) > 0 if unit else total > line.quantity
                if above:
                    raise ValidationError(
                        self.env._(
                            "%(goods)s: the complaint is about %(quantity)g, dispositions for %(total)g would be made.",
                            goods=line.display_name,
                            quantity=line.quantity,
                            total=total,
                        )
                    )
            paid_back = sum(live.filtered(lambda found: found.kind in ("refund", "reduction")).mapped("amount"))
            value = line.price_unit * line.quantity
            if line._source() and line.currency_id.compare_amounts(paid_back, value) > 0:
                raise ValidationError(
                    self.env._(
                        "%(goods)s: %(value)s were paid, %(amount)s cannot be given back. Call what goes beyond it a "
                        "compensation.",
                        goods=line.display_name,
                        value=line.currency_id.format(value),
                        amount=line.currency_id.format(paid_back),
                    )
                )
        for disposition in self:
            if disposition.line_id and disposition.line_id.complaint_id != disposition.complaint_id:
                raise ValidationError(self.env._("These goods belong to another complaint."))
            goods = disposition.kind in ("return", "replacement", "refund", "reduction")
            if goods and not disposition.line_id:
                raise ValidationError(self.env._("Choose the goods that are returned, replaced or paid back."))
            if goods and disposition.kind != "reduction" and not disposition.quantity:
                raise ValidationError(self.env._("Say how many pieces."))
            paid = disposition.line_id.price_unit * disposition.quantity
            if disposition.kind == "refund" and disposition.currency_id.compare_amounts(disposition.amount, paid) > 0:
                raise ValidationError(
                    self.env._(
                        "%(goods)s: %(value)s were paid for %(quantity)g, %(amount)s cannot be refunded.",
                        goods=disposition.line_id.display_name,
                        value=disposition.currency_id.format(paid),
                        quantity=disposition.quantity,
                        amount=disposition.currency_id.format(disposition.amount),
                    )
                )
            if disposition.kind in GIVEN and not disposition.amount:
                raise ValidationError(self.env._("Say how much money."))

    @api.depends("line_id")
    def _compute_complaint(self):
        for disposition in self:
            disposition.complaint_id = disposition.line_id.complaint_id or disposition.complaint_id

    @api.depends("line_id", "kind")
    def _compute_quantity(self):
        for disposition in self:
            disposition.quantity = disposition.quantity or disposition.line_id.quantity

    @api.depends("line_id", "complaint_id")
    def _compute_currency(self):
        for disposition in self:
            disposition.currency_id = disposition.line_id.currency_id or disposition.complaint_id.currency_id

    @api.depends("kind", "quantity", "line_id")
    def _compute_amount(self):
        for disposition in self:
            if disposition.kind == "refund":
                disposition.amount = disposition.currency_id.round(
                    disposition.line_id.price_unit * disposition.quantity
                )
            elif disposition.kind not in GIVEN:
                disposition.amount = 0

    @api.depends("amount", "currency_id", "complaint_id")
    def _compute_company_amount(self):
        for disposition in self:
            company = disposition.company_id
            day = company._sales_local_date(disposition.complaint_id.date) if disposition.complaint_id.date else None
            disposition.company_amount = (
                disposition.currency_id._convert(disposition.amount, company.currency_id, company, day)
                if disposition.currency_id and company
                else 0
            )

    @api.depends(
        "decided_date", "executor_id", "cancelled_date", "done_date", "picking_ids.state", "credit_note_ids.state"
    )
    def _compute_state(self):
        for disposition in self:
            documents = disposition.sudo()._documents()
            if disposition.cancelled_date:
                disposition.state = "cancelled"
            elif disposition.done_date:
                disposition.state = "done"
            elif any(document.state not in ("done", "posted") for document in documents):
                disposition.state = "going"
            elif documents and disposition.sudo()._is_complete():
                disposition.state = "done"
            elif disposition.executor_id and disposition.kind in BY_HAND:
                disposition.state = "going"
            else:
                disposition.state = "decided" if disposition.decided_date else "proposed"

    @api.depends("picking_ids", "credit_note_ids")
    @api.depends_context("lang")
    def _compute_document_names(self):
        for disposition in self:
            documents = [document for some in disposition._document_sets() for document in some]
            disposition.document_names = ", ".join(document.display_name for document in documents)

    @api.depends("kind", "line_id", "quantity", "amount")
    @api.depends_context("lang")
    def _compute_display_name(self):
        labels = dict(self._fields["kind"]._description_selection(self.env))
        for disposition in self:
            parts = [labels.get(disposition.kind), disposition.line_id.display_name]
            if disposition.kind in GIVEN:
                parts.append(disposition.currency_id.format(disposition.amount))
            disposition.display_name = " · ".join(filter(None, parts))

    @api.model_create_multi
    def create(self, vals_list):
        """Propose dispositions. For who may propose, as long as the complaint is open.

        :raises AccessError: for values that only the server fills in
        """
        if not self.env.su and any(set(vals) - PLANNED for vals in vals_list):
            raise AccessError(self.env._("A disposition is decided and carried out by the buttons of the complaint."))
        plain = {f"default_{name}": None for name in self._fields if name not in PLANNED}
        context = {name: value for name, value in self.env.context.items() if name not in plain}
        dispositions = super(SalesComplaintDisposition, self.with_env(self.env(context=context))).create(vals_list)
        dispositions = dispositions.with_env(self.env)
        for disposition in dispositions.sudo():
            disposition.round = disposition.complaint_id.round
        dispositions._check_open()
        return dispositions

    def write(self, vals):
        """Change what is proposed.

        :raises AccessError: for values that only the server fills in
        :raises UserError: once it is decided
        """
        if not self.env.su:
            if set(vals) - PLANNED:
                raise AccessError(
                    self.env._("A disposition is decided and carried out by the buttons of the complaint.")
                )
            self._check_open()
        result = super().write(vals)
        if not self.env.su:
            self._check_open()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_decided(self):
        self._check_open()

    def _check_open(self):
        if self.env.su:
            return
        self.complaint_id._check_may_write({"disposition_ids"})
        for disposition in self:
            if disposition.state != "proposed":
                raise UserError(
                    self.env._(
                        "%(disposition)s is decided and stays as it is. Take the decision back first.",
                        disposition=disposition.display_name,
                    )
                )

    def _document_sets(self):
        """Return the documents of the host, a recordset for each of its models."""
        return [self.picking_ids, self.credit_note_ids]

    def _documents(self):
        """Return the documents of the host that count: those that were cancelled there do not."""
        return [document for some in self._document_sets() for document in some if document.state != "cancel"]

    def _freeze(self):
        self.write({"decided_date": fields.Datetime.now()})
