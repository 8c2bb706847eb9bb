# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

import uuid

from odoo import api, fields, models
from odoo.addons.sales_policy.tools import lock_and_reread
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import plaintext2html

from .sales_complaint_roles import CLERK, MANAGER

# The whole, and its sides.
SCORES = ("score", "score_goods", "score_delivery", "score_service", "score_price")
# A customer who gives no more than this is to be called.
BAD = 2


class SalesOpinion(models.Model):
    """One customer's opinion in one round: asked, answered once, never changed (CMP-8).

    Customers answer on the portal. What staff was told on the phone or on a visit is marked with who took it down.
    """

    _name = "sales.opinion"
    _description = "Opinion of a Customer"
    _inherit = ["sales.evidence.mixin", "portal.mixin"]
    _order = "id desc"
    _rec_name = "partner_id"

    round_id = fields.Many2one(
        "sales.opinion.round", "Opinion Round", required=True, index=True, readonly=True, ondelete="restrict"
    )
    company_id = fields.Many2one("res.company", required=True, index=True, readonly=True)
    partner_id = fields.Many2one(
        "res.partner", "Customer", required=True, index=True, readonly=True, ondelete="restrict"
    )
    contact_id = fields.Many2one("res.partner", "Person Asked", readonly=True, help="Who was asked, for the customer.")
    salesperson_id = fields.Many2one("res.users", index=True, readonly=True)
    # Whoever has it answers in the name of the customer.
    access_token = fields.Char(groups=fields.NO_ACCESS)
    sent_date = fields.Datetime("Letter Sent On", readonly=True)
    reminded_date = fields.Datetime("Reminded On", readonly=True)
    answered_date = fields.Datetime("Answered On", readonly=True)
    channel = fields.Selection([("portal", "Portal"), ("phone", "Phone"), ("visit", "Visit")], readonly=True)
    taker_id = fields.Many2one(
        "res.users", "Taken Down By", readonly=True, help="Staff who entered what the customer said."
    )
    score = fields.Integer("On the Whole", readonly=True, aggregator="avg", help="1 to 5.")
    score_goods = fields.Integer("Goods", readonly=True, aggregator="avg")
    score_delivery = fields.Integer("Delivery and Transport", readonly=True, aggregator="avg")
    score_service = fields.Integer("Service", readonly=True, aggregator="avg")
    score_price = fields.Integer("Price", readonly=True, aggregator="avg")
    text = fields.Text("What Could Be Better", readonly=True)
    complaint_id = fields.Many2one("sales.complaint", readonly=True, index="btree_not_null")
    measure_ids = fields.One2many("sales.complaint.measure", "opinion_id", "Actions", readonly=True)
    state = fields.Selection(
        [("asked", "Asked"), ("answered", "Answered"), ("silent", "Not Answered")],
        compute="_compute_state",
        search="_search_state",
    )

    _scores_in_range = models.Constraint(
        "CHECK (answered_date IS NULL OR score BETWEEN 1 AND 5)", "An opinion is a number from 1 to 5."
    )

    @api.depends("answered_date", "round_id.date_end", "round_id.closed_date")
    def _compute_state(self):
        for opinion in self:
            found = opinion.round_id
            over = found.closed_date or found._is_over()
            opinion.state = "answered" if opinion.answered_date else "silent" if over else "asked"

    def _search_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        silent, answered = Domain("answered_date", "=", False), Domain("answered_date", "!=", False)
        parts = {
            "answered": answered,
            "asked": silent & Domain("round_id.state", "=", "open"),
            "silent": silent & Domain("round_id.state", "!=", "open"),
        }
        return Domain.OR(part for name, part in parts.items() if name in value)

    def _compute_access_url(self):
        result = super()._compute_access_url()
        for opinion in self:
            opinion.access_url = f"/my/opinions/{opinion.id}"
        return result

    @api.model
    def _ask(self, asked_in, customers):
        """Create the opinions of customers who are asked in a round.

        :param asked_in: sales.opinion.round
        :param customers: res.partner, commercial entities
        :return: sales.opinion
        """
        people = customers.child_ids.filtered(lambda person: person.email and person.type in ("contact", "other"))
        contacts = people.sorted("id", reverse=True).grouped("parent_id")
        return self.create(
            [
                {
                    "round_id": asked_in.id,
                    "company_id": asked_in.company_id.id,
                    "partner_id": customer.id,
                    "contact_id": (customer if customer.email else contacts.get(customer, customer)[-1:]).id,
                    "salesperson_id": customer.user_id.id,
                    "access_token": str(uuid.uuid4()),
                }
                for customer in customers
            ]
        )

    def _send(self, template):
        """Send a letter with the link to those of these customers who have an address."""
        reachable = self.sudo().filtered("contact_id.email")
        self.env.ref(template).sudo().send_mail_batch(reachable.ids)

    def _answer(self, scores, text, channel, taker=None):
        """Keep the answer of a customer, once and until the round is over. Who answers is for the caller to check.

        :param dict scores: numbers from 1 to 5 by name of ``SCORES``; all but ``score`` may be absent
        :param str text: plain text
        :param str channel: portal, phone or visit
        :param taker: res.users who takes it down for the customer, if anybody
        :raises UserError: for other numbers, a second answer, or one that comes too late
        """
        self.ensure_one()
        lock_and_reread(self.sudo())
        opinion = self.sudo()
        if opinion.answered_date:
            raise UserError(self.env._("You have answered already. Thank you."))
        if opinion.state != "asked":
            raise UserError(self.env._("This round is over. Please talk to your contact with us."))
        given = {name: scores.get(name) or 0 for name in SCORES}
        if given["score"] not in range(1, 6) or any(number not in range(6) for number in given.values()):
            raise UserError(self.env._("An opinion is a number from 1 to 5."))
        opinion._evidence_write(
            {
                **{name: number for name, number in given.items() if number},
                "text": (text or "").strip()[:10000] or False,
                "channel": channel,
                "taker_id": taker.id if taker else False,
                "answered_date": fields.Datetime.now(),
            }
        )
        opinion._rate()
        if given["score"] <= BAD:
            opinion._tell_bad()

    def _rate(self):
        """Let the host count the opinion among its ratings."""
        self.env["rating.rating"].sudo().create(
            [
                {
                    "res_model_id": self.env["ir.model"]._get_id(self._name),
                    "res_id": opinion.id,
                    "partner_id": opinion.partner_id.id,
                    "rated_partner_id": opinion.salesperson_id.partner_id.id,
                    "rating": opinion.score,
                    "feedback": opinion.text,
                    "consumed": True,
                }
                for opinion in self
            ]
        )

    def _tell_bad(self):
        """Give the salesperson, else the complaint managers, a task: this customer is to be called."""
        for opinion in self:
            people = opinion.salesperson_id.filtered("active") or opinion.company_id._sales_users_of(MANAGER)
            for user in people:
                told = opinion.round_id.with_context(lang=user.lang)
                told.activity_schedule(
                    "mail.mail_activity_data_todo",
                    summary=told.env._(
                        "Call %(customer)s: gave %(score)s of 5", customer=opinion.partner_id.name, score=opinion.score
                    ),
                    note=opinion.text,
                    user_id=user.id,
                )

    def action_take_down(self):
        """Open the form in which staff enters what a customer said. For who sees the opinion."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Take Down"),
            "res_model": "sales.opinion.answer",
            "view_mode": "form",
            "target": "new",
            "context": {"default_opinion_id": self.id},
        }

    def action_complain(self):
        """Register a complaint of the customer out of the opinion, or open the one there is (CMP-8).

        :raises AccessError: for people who do not handle complaints
        """
        self.ensure_one()
        self._check_may_follow()
        opinion = self.sudo()
        lock_and_reread(opinion)
        if not opinion.answered_date:
            raise UserError(self.env._("%(customer)s has not answered.", customer=opinion.partner_id.name))
        if not opinion.complaint_id:
            Complaint = self.env["sales.complaint"]
            kinds = self.env["sales.complaint.type"].search(
                [("kind", "=", "service"), ("company_id", "in", [False, opinion.company_id.id])], limit=1
            )
            complaint = Complaint.create(
                {
                    "subject": self.env._("Opinion: %(round)s", round=opinion.round_id.name),
                    "description": plaintext2html(opinion.text or ""),
                    "partner_id": opinion.partner_id.id,
                    "contact_id": opinion.contact_id.id,
                    "company_id": opinion.company_id.id,
                    "channel": opinion.channel,
                    "email_from": opinion.contact_id.email,
                    "contact_phone": opinion.contact_id.phone,
                    **({"type_id": kinds.id} if kinds else {}),
                }
            )
            opinion._evidence_write({"complaint_id": complaint.id})
        return {
            "type": "ir.actions.act_window",
            "res_model": "sales.complaint",
            "res_id": opinion.complaint_id.id,
            "views": [(False, "form")],
        }

    def action_measure(self):
        """Open the form of an action that this opinion leads to. For complaint managers."""
        self.ensure_one()
        self._check_may_follow()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Action"),
            "res_model": "sales.complaint.measure",
            "view_mode": "form",
            "target": "new",
            "context": {"default_opinion_id": self.id, "default_kind": "preventive"},
        }

    def _check_may_follow(self):
        self.check_access("read")
        if not any(self.env.user.has_group(group) for group in (MANAGER, CLERK)):
            raise AccessError(self.env._("A complaint manager or a sales clerk makes a complaint or an action of it."))

    def _is_of(self, user):
        """Return whether this opinion is asked of the company of a customer who has logged in."""
        mine = user.partner_id.commercial_partner_id
        return user.share and not user._is_public() and mine == self.sudo().partner_id.commercial_partner_id

    @api.model
    def _open_of(self, user):
        """Return what a customer who has logged in is asked at present, as superuser."""
        if not user.share or user._is_public():
            return self.sudo().browse()
        return self.sudo().search(
            [("partner_id", "=", user.partner_id.commercial_partner_id.id), ("state", "=", "asked")]
        )
