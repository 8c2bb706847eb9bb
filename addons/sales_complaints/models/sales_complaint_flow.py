# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.exceptions import UserError

from .sales_complaint import OPEN
from .sales_complaint_given import USAGE

# In which the customer can still take a complaint back.
RETRACTABLE = (*OPEN, "decided", "executing", "unfounded")


class SalesComplaint(models.Model):
    """The steps of a complaint up to the decision and its execution (CMP-2, 3, 7)."""

    _inherit = "sales.complaint"

    def _go(self, state, step, notes=None, **values):
        """Take a step with complaints that were checked; the only place where the state is written.

        :param str state: the new state
        :param str step: what the trail says
        :param dict notes: sales.complaint to text
        :param values: further values to write
        """
        self.sudo().write({"state": state, **values})
        self.env["sales.complaint.step"]._stamp(self, step, notes)

    def action_acknowledge(self):
        """Answer the customers that their complaints have been received (CMP-6). For who handles them."""
        self._check_may_handle()
        self._check_state("registered", "reopened")
        mine = self.filtered(lambda complaint: not complaint.sudo().user_id)
        if mine:
            mine.sudo().user_id = self.env.user
        self._go("acknowledged", "acknowledged")
        self._meet("answer")
        self._send_to_customer("sales_complaints.mail_template_complaint_acknowledged")
        return True

    def action_investigate(self):
        """Inform the departments of the type at once: their managers can read and investigate (CMP-2).

        For who handles the complaints.
        """
        self._check_may_handle()
        self._check_state("acknowledged", "reopened")
        todo = self.env.ref("mail.mail_activity_data_todo")
        told = {}
        for complaint in self.sudo():
            departments = complaint.type_id.department_ids
            heads = departments.manager_id.user_id.filtered(lambda user: complaint.company_id in user.company_ids)
            complaint.participant_ids |= heads | complaint.area_manager_id
            told[complaint] = ", ".join(departments.mapped("name")) or False
            for head in heads:
                told_head = complaint.with_context(lang=head.lang)
                told_head.activity_schedule(
                    activity_type_id=todo.id,
                    summary=told_head.env._("Find the cause: %(complaint)s", complaint=complaint.subject),
                    user_id=head.id,
                )
        self._go("investigation", "investigated", told)
        self._meet("involve")
        return True

    def action_propose(self):
        """Say that the proposed settlement is complete. For who handles it and the area manager (CMP-7).

        :raises UserError: when something is missing that the type asks for
        """
        self._check_may_propose()
        self._check_state("investigation")
        self._check_complete()
        self._go("proposal", "proposed", {complaint: complaint.proposal for complaint in self})
        for complaint in self.sudo():
            for decider in complaint._deciders()[:3]:
                asked = complaint.with_context(lang=decider.lang)
                asked.activity_schedule(
                    "mail.mail_activity_data_todo",
                    summary=asked.env._("Decide: %(complaint)s", complaint=complaint.subject),
                    user_id=decider.id,
                )
        return True

    def _deciders(self):
        """Return the users who may decide this complaint."""
        self.ensure_one()
        quality = self.kind == "quality"
        group = "sales_policy.group_technical_judge" if quality else "sales_complaints.group_complaint_manager"
        return self.company_id._sales_users_of(group) - self._involved()

    def _check_complete(self):
        """Refuse to go on while something is missing that the type asks for (CMP-1)."""
        for complaint in self.sudo():
            kind, lines = complaint.type_id, complaint.line_ids
            missing = []
            if not complaint.partner_id:
                missing.append(self.env._("the customer"))
            if not lines and kind.kind == "quality":
                missing.append(self.env._("the goods"))
            if kind.requires_photo and not complaint.evidence_ids.filtered("is_picture"):
                missing.append(self.env._("a photo as evidence"))
            if kind.requires_lot and lines.filtered(lambda line: not (line.lot_name or line.colour)):
                missing.append(self.env._("lot or colour number of each line"))
            if kind.requires_document and lines.filtered(lambda line: not line._source()):
                missing.append(self.env._("order, delivery or invoice of each line"))
            if kind.requires_purchase_date and lines.filtered(lambda line: not line.purchase_date):
                missing.append(self.env._("date of purchase of each line"))
            if missing:
                raise UserError(
                    self.env._(
                        "%(complaint)s lacks: %(missing)s. Please add it first.",
                        complaint=complaint.name,
                        missing=", ".join(missing),
                    )
                )

    def action_request_approval(self):
        """Ask whoever decides about so much money, before the complaint is decided (CMP-7).

        For who may propose or decide.
        """
        for complaint in self:
            if not complaint.can_decide:
                complaint._check_may_propose()
        self._check_state("proposal")
        before = self.sudo()._given_before()
        for reason, complaints in self.grouped("proposal").items():
            complaints._approval_request(
                USAGE,
                reason or self.env._("Settlement of a complaint"),
                {complaint: complaint.given_amount + before[complaint] for complaint in complaints},
            )
        self.env["sales.complaint.step"]._stamp(self, "asked")
        return True

    @api.model
    def _approval_fields(self):
        return [
            *super()._approval_fields(),
            "partner_id",
            "round",
            "state",
            "disposition_ids.line_id",
            "disposition_ids.kind",
            "disposition_ids.quantity",
            "disposition_ids.amount",
        ]

    def _approval_profiteers(self):
        return {complaint: complaint._involved() for complaint in self}

    def action_decide(self):
        """Open the form in which the role that decides this sort decides."""
        self._check_may_decide()
        self._check_state("proposal")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Decide"),
            "res_model": "sales.complaint.decision",
            "view_mode": "form",
            "target": "new",
            "context": {"default_complaint_ids": self.ids},
        }

    def _decide(self, grounds, note):
        """Decide complaints in the name of the current user (CMP-7).

        :param str grounds: justified, partly or unfounded
        :param str note: why
        :raises AccessError: without the role, or as a party to it
        :raises UserError: without a reason, or where money needs an approval first
        """
        if not (note or "").strip():
            raise UserError(self.env._("Please give the reasons of the decision."))
        self._check_may_decide()
        self._lock()
        self._check_state("proposal")
        if grounds == "unfounded":
            self._check_nothing_given()
            self.sudo().disposition_ids.filtered(lambda found: found.state == "proposed")._cancel()
            state = "unfounded"
        else:
            state = "decided"
            self._check_dispositions()
            self._use_approvals()
            self.sudo().disposition_ids.filtered(lambda found: found.state == "proposed")._freeze()
        labels = dict(self._fields["grounds"]._description_selection(self.env))
        self._go(
            state,
            "decided",
            dict.fromkeys(self, f"{labels[grounds]}: {note}"),
            grounds=grounds,
            decision=note.strip(),
            decider_id=self.env.uid,
            decided_date=fields.Datetime.now(),
        )
        self._tell_area_managers()

    def _given_dispositions(self):
        """Return what was carried out in this round, in superuser mode."""
        return self.sudo().disposition_ids.filtered(lambda found: found.round == self.round and found._is_given())

    def _can_be_withdrawn(self):
        """Tell whether the customer can still take the complaint back."""
        return self.state in RETRACTABLE and not self._given_dispositions()

    def _check_nothing_given(self):
        """Refuse to undo a complaint for which goods or money were given in this round: they would be given twice.

        :raises UserError: naming what was given
        """
        for complaint in self.sudo():
            given = complaint._given_dispositions()
            if given:
                raise UserError(
                    self.env._(
                        "%(complaint)s: %(disposition)s was carried out. The complaint can only be decided and closed.",
                        complaint=complaint.name,
                        disposition=given[0].display_name,
                    )
                )

    def _check_dispositions(self):
        # What was billed since it was proposed is what was paid.
        money = self.sudo().disposition_ids.filtered(
            lambda found: found.state == "proposed" and found.kind in ("refund", "reduction")
        )
        money.line_id._check_price()
        # So is how many pieces it is about.
        self.sudo().disposition_ids.filtered(lambda found: found.state == "proposed")._check_limits()
        for complaint in self.sudo():
            live = complaint.disposition_ids.filtered(lambda found: found.state != "cancelled")
            undisposed = complaint.line_ids - live.line_id
            if undisposed:
                raise UserError(
                    self.env._(
                        "%(complaint)s: say what is done about %(goods)s, be it nothing.",
                        complaint=complaint.name,
                        goods=", ".join(undisposed.mapped("display_name")),
                    )
                )

    def _tell_area_managers(self):
        """Tell the area managers the outcome (CMP-7)."""
        for complaint in self.sudo():
            people = (complaint.area_manager_id | complaint.salesperson_id).partner_id
            if people:
                complaint.message_notify(
                    partner_ids=people.ids,
                    subject=self.env._("Decided: %(complaint)s", complaint=complaint.name),
                    body=self.env._(
                        "%(complaint)s has been decided: %(grounds)s. %(decision)s",
                        complaint=complaint.display_name,
                        grounds=dict(self._fields["grounds"]._description_selection(self.env))[complaint.grounds],
                        decision=complaint.decision,
                    ),
                )

    def action_reconsider(self):
        """Take a decision back, as long as the customer was not told. For who may decide.

        What was not carried out is cancelled with its documents; what was carried out stays.
        """
        self._check_may_decide()
        self._lock()
        self._check_state("decided", "executing", "unfounded")
        self.sudo().disposition_ids.filtered(lambda found: found.state in ("proposed", "decided", "going"))._cancel()
        self._go("proposal", "reconsidered", grounds=False, decision=False, decider_id=False, decided_date=False)
        # Meanwhile somebody may have complained about goods that an unfounded complaint had left free.
        self.line_ids._check_quantity()
        return True

    def action_execute(self):
        """Make the documents of all dispositions that were decided. For who handles the complaint."""
        self._check_may_handle()
        self._check_state("decided", "executing", "informed")
        self.sudo().disposition_ids.filtered(lambda found: found.state == "decided").with_user(
            self.env.user
        ).action_execute()
        return True

    def _withdraw(self, reason):
        """End complaints that the customer has taken back, with everything that is not carried out yet.

        :raises UserError: without a reason, or once the customer was told the result
        """
        if not (reason or "").strip():
            raise UserError(self.env._("Please say how you know that the customer takes the complaint back."))
        self._lock()
        self._check_state(*RETRACTABLE)
        self._check_nothing_given()
        self.sudo().disposition_ids.filtered(lambda found: found.state in ("proposed", "decided", "going"))._cancel()
        self._go("withdrawn", "withdrawn", dict.fromkeys(self, reason), closed_date=fields.Datetime.now())
        self._end_deadlines()
        self.sudo().activity_unlink(["mail.mail_activity_data_todo"])
