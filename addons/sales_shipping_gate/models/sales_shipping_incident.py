# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.addons.sales_policy.tools import take_files
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import clean_context

MANAGER = "sales_team.group_sale_manager"
OFFICER = "sales_policy.group_policy_officer"
# What whoever found it reports; what somebody else assesses later; everything else is stamped by the server.
REPORTED = {"kind", "picking_id", "order_id", "date", "facts", "photo_ids"}
ASSESSED = {"employee_ids", "rule_id", "carrier_id", "loss", "freight", "claim", "recovered"}
# The usual offence; the schedule says what it costs.
RULES = {
    "delay": "sales_policy.sales_penalty_rule_shipping_late",
    "wrong": "sales_policy.sales_penalty_rule_shipping_wrong",
    "damage": "sales_policy.sales_penalty_rule_shipping_damage",
    "loss": "sales_policy.sales_penalty_rule_shipping_damage",
}


class SalesShippingIncident(models.Model):
    """Something went wrong with a shipment: what, who or which carrier answers for it, what it cost (SHP-10)."""

    _name = "sales.shipping.incident"
    _description = "Shipping Incident"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "id desc"
    _mail_post_access = "read"
    _check_company_auto = True

    name = fields.Char("Number", readonly=True, copy=False)
    kind = fields.Selection(
        [("delay", "Delay"), ("wrong", "Wrong goods"), ("damage", "Damage"), ("loss", "Loss")], required=True
    )
    picking_id = fields.Many2one(
        "stock.picking", "Delivery", required=True, index=True, ondelete="restrict", check_company=True
    )
    order_id = fields.Many2one(
        "sale.order",
        compute="_compute_from_picking",
        store=True,
        readonly=False,
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
    )
    company_id = fields.Many2one(related="picking_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    partner_id = fields.Many2one(related="picking_id.partner_id", string="Customer")
    carrier_id = fields.Many2one(
        "delivery.carrier", compute="_compute_from_picking", store=True, readonly=False, index="btree_not_null"
    )
    date = fields.Date("Happened On", required=True, default=fields.Date.context_today)
    facts = fields.Text(required=True, help="What happened, and how it is known.")
    photo_ids = fields.Many2many("ir.attachment", string="Photos")
    is_automatic = fields.Boolean("Found by Itself", readonly=True, copy=False)
    reporter_id = fields.Many2one("res.users", "Reported By", readonly=True, copy=False, ondelete="restrict")
    # As everybody may see people: sales managers have no rights on the records of HR.
    employee_ids = fields.Many2many("hr.employee.public", string="Responsible", check_company=True, tracking=True)
    rule_id = fields.Many2one(
        "sales.penalty.rule",
        "Offence",
        compute="_compute_rule_id",
        store=True,
        readonly=False,
        check_company=True,
        domain="[('source', '=', 'shipping'), ('kind', '=', 'offence')]",
    )
    loss = fields.Monetary(tracking=True)
    freight = fields.Monetary(tracking=True)
    claim = fields.Monetary("Claimed from the Carrier", tracking=True)
    recovered = fields.Monetary("Paid by the Carrier", tracking=True)
    penalty_count = fields.Integer(compute="_compute_penalty_count", compute_sudo=True)
    state = fields.Selection(
        [("open", "Open"), ("proposed", "Penalties Proposed"), ("settled", "Settled")],
        required=True,
        readonly=True,
        default="open",
        copy=False,
        index=True,
        tracking=True,
    )
    settled_by_id = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    settled_date = fields.Datetime("Settled On", readonly=True, copy=False)

    _amounts_positive = models.Constraint(
        "CHECK (loss >= 0 AND freight >= 0 AND claim >= 0 AND recovered >= 0)", "Amounts cannot be below zero."
    )

    @api.constrains("company_id", "picking_id", "order_id")
    def _check_delivery(self):
        for incident in self:
            orders = incident.picking_id.move_ids.sale_line_id.order_id | incident.picking_id.sale_id
            if incident.company_id != incident.picking_id.company_id or (incident.order_id - orders):
                raise ValidationError(self.env._("Order and company of an incident are those of its delivery."))

    @api.depends("picking_id")
    def _compute_from_picking(self):
        for incident in self:
            incident.order_id = incident.picking_id.sudo().sale_id
            incident.carrier_id = incident.picking_id.carrier_id

    @api.depends("kind")
    def _compute_rule_id(self):
        for incident in self:
            rule = self.env.ref(RULES.get(incident.kind, RULES["delay"]), raise_if_not_found=False)
            incident.rule_id = rule if rule and rule.active else False

    @api.depends("state")
    def _compute_penalty_count(self):
        counts = dict(
            self.env["sales.penalty"]._read_group(
                [("res_model", "=", self._name), ("res_id", "in", self.ids)], ["res_id"], ["__count"]
            )
        )
        for incident in self:
            incident.penalty_count = counts.get(incident.id, 0)

    @api.model_create_multi
    def create(self, vals_list):
        """Report incidents. Who answers for them and what they cost is assessed by a manager.

        :raises AccessError: for values that the reporter does not decide
        """
        if not self.env.su:
            allowed = REPORTED | (ASSESSED if self._may_assess() else set())
            if any(set(vals) - allowed for vals in vals_list):
                raise AccessError(self._assess_text())
        number = self.env["ir.sequence"].sudo().next_by_code
        # No default of the caller's context counts.
        incidents = super(SalesShippingIncident, self.with_context(clean_context(self.env.context))).create(
            [{"reporter_id": self.env.uid, **vals, "name": number("sales.shipping.incident")} for vals in vals_list]
        )
        incidents = incidents.with_env(self.env)
        if not self.env.su:
            incidents.picking_id.check_access("read")
            incidents._check_not_concerned()
            incidents._take_photos({})
            incidents._check_happened()
        return incidents

    def write(self, vals):
        """Assess an incident. What was reported stays as it was reported.

        :raises AccessError: for everybody but sales managers and policy officers, and for people concerned
        """
        own = {name for name in vals if not name.startswith(("activity_", "message_"))}
        if own and not self.env.su:
            if own - ASSESSED - {"photo_ids"} or (own & ASSESSED and not self._may_assess()):
                raise AccessError(self._assess_text())
            self._check_open("open")
            self._check_not_concerned()
        photos = {incident: incident.photo_ids for incident in self.sudo()} if "photo_ids" in own else {}
        result = super().write(vals)
        if own and not self.env.su:
            self._check_not_concerned()
            if any(former - incident.photo_ids for incident, former in photos.items()):
                raise UserError(self.env._("Photos of an incident stay on file. You can add others."))
            if photos:
                self._take_photos(photos)
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_evidence(self):
        raise UserError(self.env._("An incident stays on file. Settle it, and say why."))

    def action_propose_penalties(self):
        """Propose a case for each person responsible, with equal shares of loss and freight. For assessors.

        :raises AccessError: for everybody else, and for people concerned
        """
        self._check_assessor("open")
        for incident in self:
            if not incident.employee_ids or not incident.rule_id:
                raise UserError(
                    self.env._("%(incident)s: say who is responsible and for which offence.", incident=incident.name)
                )
            self.env["sales.penalty"]._propose(incident._penalty_values())
        self.sudo().write({"state": "proposed"})
        return True

    def action_settle(self):
        """End incidents: penalties were proposed, the carrier has paid, or nobody is to blame. For assessors."""
        self._check_assessor("open", "proposed")
        self.sudo().write({"state": "settled", "settled_by_id": self.env.uid, "settled_date": fields.Datetime.now()})
        return True

    def action_view_penalties(self):
        """Open the cases that were proposed because of this incident and that the current user may read."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Cases"),
            "res_model": "sales.penalty",
            "view_mode": "list,form",
            "domain": [("res_model", "=", self._name), ("res_id", "=", self.id)],
        }

    def _penalty_values(self):
        """Return what is proposed about each person; what the shares do not divide evenly bears the first."""
        incident = self.sudo()
        people = incident.employee_ids
        rule_currency = incident.rule_id.currency_id or incident.currency_id
        shares = {}
        for name in ("loss", "freight"):
            total = incident.currency_id._convert(incident[name], rule_currency, incident.company_id, incident.date)
            share = rule_currency.round(total / len(people))
            shares[name] = [rule_currency.round(total - share * (len(people) - 1))] + [share] * (len(people) - 1)
        return [
            {
                "employee_id": person.id,
                "rule_id": incident.rule_id.id,
                "date": incident.date,
                "facts": f"{incident.name}, {incident.picking_id.name}: {incident.facts}",
                "res_model": self._name,
                "res_id": incident.id,
                **{name: shares[name][number] for name in shares if shares[name][number] > 0},
            }
            for number, person in enumerate(people)
        ]

    def _take_photos(self, former):
        """Let photos that were uploaded for an incident belong to it: whoever assesses it has to see them.

        :param dict former: incident to the photos that it had before
        """
        for incident in self.sudo():
            added = incident.photo_ids - former.get(incident, incident.photo_ids.browse())
            if take_files(incident, added):
                raise UserError(
                    self.env._("Please upload photos here: a file of another record could be removed there.")
                )

    def _check_happened(self):
        # Where the reporter is, it may be tomorrow already.
        today = fields.Date.context_today(self)
        for incident in self.sudo():
            if incident.date > max(today, incident.company_id._sales_today()):
                raise UserError(self.env._("Report what has happened: the date cannot be in the future."))

    def _may_assess(self):
        return any(self.env.user.has_group(group) for group in (MANAGER, OFFICER))

    def _assess_text(self):
        return self.env._(
            "A sales manager or a policy officer says who answers for an incident and what it cost; what was "
            "reported stays."
        )

    def _check_assessor(self, *states):
        self.check_access("read")
        if not self._may_assess() or not self.env.user.active:
            raise AccessError(self._assess_text())
        self._check_not_concerned()
        self._check_open(*states)

    def _check_open(self, *states):
        for incident in self.sudo():
            if incident.state not in states:
                raise UserError(
                    self.env._("%(incident)s: this step is over. Report another incident.", incident=incident.name)
                )

    def _check_not_concerned(self):
        """Refuse that people assess what they answer for themselves."""
        for incident in self.sudo():
            if self._may_assess() and self.env.user in incident.employee_ids.user_id:
                raise AccessError(
                    self.env._("%(incident)s concerns you: somebody else assesses it.", incident=incident.name)
                )
