# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import clean_context, email_normalize

from .sales_complaint_type import SEVERITIES

# What people may write, as long as the complaint is open; everything else is filled in by the server.
REGISTRATION = {
    "subject",
    "partner_id",
    "contact_id",
    "contact_phone",
    "channel",
    "description",
    "order_id",
    "email_from",
}
CLASSIFICATION = {"type_id", "severity"}
ASSIGNMENT = {"user_id", "team_id"}
INVESTIGATION = {
    "cause_id",
    "whys",
    "findings",
    "verified_by",
    "participant_ids",
    "line_ids",
    "liability_ids",
    "measure_ids",
}
PROPOSAL = {"proposal", "disposition_ids"}
COSTS = {"freight_cost", "work_cost"}
# What says whose matter it is.
MATTER = {"order_id", "partner_id", "line_ids"}
EDITABLE = REGISTRATION | CLASSIFICATION | ASSIGNMENT | INVESTIGATION | PROPOSAL | COSTS
CREATABLE = EDITABLE - {"disposition_ids", "liability_ids", "measure_ids"} | {"company_id", "date"}
# The host writes these for its own bookkeeping.
HOST = {"activity_ids", "message_follower_ids", "message_partner_ids"}
OPEN = ("registered", "acknowledged", "investigation", "proposal", "reopened")
DECIDED = ("decided", "executing", "informed", "unfounded")
ENDED = ("closed", "withdrawn")


class SalesComplaint(models.Model):
    """A customer's complaint, from the first word to the proof that the customer was told the result (CMP-1…9).

    Nobody writes the state: each step is a method that checks role and state, in ``sales_complaint_flow.py`` and
    its neighbours. A complaint is never deleted.
    """

    _name = "sales.complaint"
    _description = "Complaint"
    _inherit = ["sales.approval.mixin", "portal.mixin", "rating.mixin", "mail.activity.mixin"]
    _order = "id desc"
    _mail_post_access = "read"
    _primary_email = "email_from"
    _check_company_auto = True

    name = fields.Char("Number", required=True, readonly=True, copy=False, index="trigram")
    subject = fields.Char(required=True, tracking=True)
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    team_id = fields.Many2one("sales.complaint.team", "Complaint Team", index=True, check_company=True, tracking=True)
    type_id = fields.Many2one(
        "sales.complaint.type",
        required=True,
        index=True,
        check_company=True,
        tracking=True,
        default=lambda self: self._default_type(),
    )
    kind = fields.Selection(related="type_id.kind", store=True, index=True)
    severity = fields.Selection(SEVERITIES, required=True, default="minor", tracking=True)
    channel = fields.Selection(
        [("portal", "Portal"), ("email", "E-mail"), ("phone", "Phone"), ("visit", "Visit"), ("dealer", "Dealer")],
        required=True,
        default="phone",
    )
    partner_id = fields.Many2one(
        "res.partner", "Customer", index=True, tracking=True, check_company=True, ondelete="restrict"
    )
    commercial_partner_id = fields.Many2one(
        related="partner_id.commercial_partner_id", string="Company of the Customer", store=True, index=True
    )
    contact_id = fields.Many2one("res.partner", check_company=True)
    contact_phone = fields.Char("Phone")
    email_from = fields.Char("E-mail")
    email_normalized = fields.Char(compute="_compute_email_normalized", store=True, index="btree_not_null")
    description = fields.Html(sanitize=True, sanitize_attributes=True)
    date = fields.Datetime("Received On", required=True, default=fields.Datetime.now)
    registrar_id = fields.Many2one("res.users", "Received By", required=True, readonly=True, copy=False, index=True)
    order_id = fields.Many2one("sale.order", index=True, check_company=True)
    salesperson_id = fields.Many2one(
        "res.users", compute="_compute_sale", store=True, precompute=True, index=True, help="Who sold the goods."
    )
    sales_team_id = fields.Many2one("crm.team", compute="_compute_sale", store=True, precompute=True, index=True)
    user_id = fields.Many2one(
        "res.users", "Handled By", index=True, tracking=True, domain="[('share', '=', False)]", check_company=True
    )
    participant_ids = fields.Many2many(
        "res.users", string="People Involved", domain="[('share', '=', False)]", help="They read and investigate."
    )
    line_ids = fields.One2many("sales.complaint.line", "complaint_id", "Goods")
    evidence_ids = fields.One2many("sales.complaint.evidence", "complaint_id", readonly=True)
    evidence_count = fields.Integer(compute="_compute_evidence_count")

    # Whoever has it speaks in the name of the customer: it goes out by mail and is shown to nobody.
    access_token = fields.Char(groups=fields.NO_ACCESS)
    state = fields.Selection(
        [
            ("registered", "Registered"),
            ("acknowledged", "Acknowledged"),
            ("investigation", "Under Investigation"),
            ("proposal", "Proposal"),
            ("decided", "Decided"),
            ("executing", "Being Executed"),
            ("informed", "Customer Informed"),
            ("closed", "Closed"),
            ("unfounded", "Unfounded"),
            ("withdrawn", "Withdrawn"),
            ("reopened", "Reopened"),
        ],
        required=True,
        readonly=True,
        copy=False,
        default="registered",
        index=True,
        tracking=True,
    )
    round = fields.Integer(required=True, readonly=True, copy=False, default=1)
    round_ids = fields.One2many("sales.complaint.round", "complaint_id", "Earlier Rounds", readonly=True)
    step_ids = fields.One2many("sales.complaint.step", "complaint_id", "Trail", readonly=True)

    cause_id = fields.Many2one("sales.complaint.cause", index=True, tracking=True, ondelete="restrict")
    whys = fields.Text("Five Whys", help="Why? And why that? Until the last answer can be acted upon.")
    findings = fields.Text()
    proposal = fields.Text("Proposed Settlement")
    grounds = fields.Selection(
        [("justified", "Justified"), ("partly", "Partly Justified"), ("unfounded", "Unfounded")],
        readonly=True,
        copy=False,
        tracking=True,
    )
    decision = fields.Text(readonly=True, copy=False)
    decider_id = fields.Many2one("res.users", "Decided By", readonly=True, copy=False)
    decided_date = fields.Datetime("Decided On", readonly=True, copy=False)
    closed_date = fields.Datetime("Closed On", readonly=True, copy=False)
    liability_ids = fields.One2many("sales.complaint.liability", "complaint_id", "Responsible")
    measure_ids = fields.One2many("sales.complaint.measure", "complaint_id", "Actions")

    @api.model
    def _default_type(self):
        return self.env["sales.complaint.type"].search([("company_id", "in", [False, self.env.company.id])], limit=1)

    @api.constrains("order_id", "partner_id", "company_id")
    def _check_order(self):
        for complaint in self:
            order = complaint.order_id
            if order and order.partner_id.commercial_partner_id != complaint.partner_id.commercial_partner_id:
                raise ValidationError(
                    self.env._("%(order)s was not sold to this customer. Choose another order.", order=order.name)
                )
        self.line_ids._check_documents()

    @api.constrains("contact_id")
    def _check_contact(self):
        for complaint in self:
            if self._is_staff(complaint.contact_id):
                raise ValidationError(self.env._("A colleague is no contact of the customer: letters would go there."))

    @api.depends("order_id", "partner_id")
    def _compute_sale(self):
        # A snapshot: it depends on which order it is, not on what becomes of the order later.
        for complaint in self:
            order, partner = complaint.order_id.sudo(), complaint.partner_id.sudo()
            complaint.salesperson_id = order.user_id or partner.user_id or partner.commercial_partner_id.user_id
            complaint.sales_team_id = order.team_id or complaint.salesperson_id.sale_team_id

    @api.depends("email_from")
    def _compute_email_normalized(self):
        for complaint in self:
            complaint.email_normalized = email_normalize(complaint.email_from, strict=False)

    @api.depends("evidence_ids")
    def _compute_evidence_count(self):
        counts = dict(
            self.env["sales.complaint.evidence"]._read_group(
                [("complaint_id", "in", self.ids)], ["complaint_id"], ["__count"]
            )
        )
        for complaint in self:
            complaint.evidence_count = counts.get(complaint, 0)

    def _compute_access_url(self):
        result = super()._compute_access_url()
        for complaint in self:
            complaint.access_url = f"/my/complaints/{complaint.id}"
        return result

    @api.depends("name", "subject")
    def _compute_display_name(self):
        for complaint in self:
            complaint.display_name = " · ".join(filter(None, [complaint.name, complaint.subject]))

    @api.onchange("order_id")
    def _onchange_order(self):
        if self.order_id and not self.partner_id:
            self.partner_id = self.order_id.partner_id

    @api.onchange("partner_id")
    def _onchange_partner(self):
        self.contact_phone = self.contact_phone or self.partner_id.phone
        self.email_from = self.email_from or self.partner_id.email

    @api.model_create_multi
    def create(self, vals_list):
        """Register complaints; the current user has received them (CMP-1).

        :raises AccessError: for values that only the server fills in
        """
        # An empty form sends empty lists for whatever it shows.
        vals_list = [{name: value for name, value in vals.items() if value != []} for vals in vals_list]
        if not self.env.su and any(set(vals) - CREATABLE for vals in vals_list):
            self._refuse_server_values(set().union(*vals_list) - CREATABLE)
        # No default of the caller's context gets round the refusal above.
        clean = self.with_context(clean_context(self.env.context), mail_create_nosubscribe=True)
        complaints = super(SalesComplaint, clean).create([clean._complete(vals) for vals in vals_list])
        complaints = complaints.with_env(self.env)
        if complaints.order_id:
            complaints.order_id.check_access("read")
        self.env["sales.complaint.step"]._stamp(complaints, "registered")
        complaints._set_deadlines()
        complaints._note_parties()
        return complaints

    def write(self, vals):
        """Change what people may change, as long as the complaint is open.

        :raises AccessError: for values that only the server fills in, and for people without the role
        :raises UserError: once the complaint is decided
        """
        if self.env.su or not vals or not self:
            return super().write(vals)
        names = set(vals) - HOST
        if names - EDITABLE:
            self._refuse_server_values(names - EDITABLE)
        self._check_may_write(names)
        if "type_id" in vals:
            self._check_may_hand_over(self.env["sales.complaint.type"].browse(vals["type_id"]))
        before = self._matters() if names & MATTER else {}
        result = super().write(vals)
        if vals.get("order_id"):
            self.order_id.check_access("read")
        if names & MATTER:
            self._note_parties(before)
        if names & CLASSIFICATION:
            self._reclassified()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_registered(self):
        raise UserError(self.env._("A complaint is never deleted. Withdraw it, with the reason."))

    def copy_data(self, default=None):
        """Refuse to copy a complaint: each one is received once."""
        raise UserError(self.env._("A complaint cannot be duplicated. Register the new one."))

    def _complete(self, vals):
        """Return the values of a new complaint, completed by the server."""
        team = self.env["sales.complaint.team"].sudo().browse(vals.get("team_id"))
        company = self.env["res.company"].browse(vals.get("company_id") or team.company_id.id or self.env.company.id)
        type_id = vals.get("type_id") or self._default_type().id
        if not team:
            team = self.env["sales.complaint.type"].sudo().browse(type_id).team_id.filtered(
                lambda found: found.company_id == company
            ) or self.env["sales.complaint.team"].sudo().search([("company_id", "=", company.id)], limit=1)
        moment = fields.Datetime.to_datetime(vals.get("date")) or fields.Datetime.now()
        handler = team.user_id.filtered(lambda user: user.active and company in user.company_ids)
        return {
            "user_id": handler.id,
            **vals,
            "type_id": type_id,
            "team_id": team.id,
            "company_id": company.id,
            # Received later than now is a mistake; the clock of the answer runs from the receipt.
            "date": min(moment, fields.Datetime.now()),
            "name": company._sales_complaint_number(moment),
            "registrar_id": self.env.uid,
        }

    def _refuse_server_values(self, names):
        labels = sorted(self._fields[name]._description_string(self.env) for name in names if name in self._fields)
        raise AccessError(
            self.env._("The server fills this in itself, by the steps of the complaint: %(fields)s", fields=labels)
        )
