# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.exceptions import UserError

from .sales_penalty import FIGURES
from .sales_penalty_roles import GENERAL, HR

USAGE = "penalty"


class SalesPenalty(models.Model):
    """The steps of a case: proposed, heard, decided, settled or dropped (PEN-5)."""

    _inherit = "sales.penalty"

    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("proposed", "Proposed"),
            ("hearing", "Hearing"),
            ("effective", "Effective"),
            ("settled", "Settled"),
            ("dropped", "Dropped"),
        ],
        compute="_compute_state",
        store=True,
        index=True,
    )
    proposed_date = fields.Datetime("Proposed On", readonly=True, copy=False)
    effective_date = fields.Datetime("Effective Since", readonly=True, copy=False, index="btree_not_null")
    decider_id = fields.Many2one("res.users", "Decided By", readonly=True, copy=False, ondelete="restrict")
    settled_date = fields.Datetime("Settled with Payroll On", readonly=True, copy=False)
    dropped_date = fields.Datetime("Dropped On", readonly=True, copy=False)
    drop_reason = fields.Text("Dropped Because", readonly=True, copy=False)
    is_halted = fields.Boolean("Halted", readonly=True, copy=False)
    halted_date = fields.Datetime("Halted On", readonly=True, copy=False)
    halted_by_id = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    halt_reason = fields.Text("Halted Because", readonly=True, copy=False)
    step_ids = fields.One2many("sales.penalty.step", "penalty_id", "Trail", readonly=True)
    next_step = fields.Selection(
        [
            ("propose", "To Propose"),
            ("hear", "To Be Heard"),
            ("answer", "Waiting for Answer"),
            ("ask", "Ready for Decision"),
            ("decide", "Waiting for Decision"),
            ("post", "To Post"),
            ("pay", "Open in the Books"),
            ("payroll", "For Payroll"),
            ("halted", "Halted"),
        ],
        compute="_compute_next_step",
    )

    @api.depends(
        "proposed_date", "hearing_date", "effective_date", "dropped_date", "settled_date", "total", "is_reconciled"
    )
    def _compute_state(self):
        for case in self:
            if case.dropped_date:
                case.state = "dropped"
            elif case.effective_date:
                done = not case.total or case.settled_date or case.is_reconciled
                case.state = "settled" if done else "effective"
            elif case.hearing_date:
                case.state = "hearing"
            else:
                case.state = "proposed" if case.proposed_date else "draft"

    @api.depends("state", "is_halted", "hearing_deadline", "answered_date", "approval_ids.status", "is_posted", "mode")
    def _compute_next_step(self):
        for case in self:
            ready = case.is_hearing_over if case.kind == "offence" else True
            open_steps = {
                "draft": "propose",
                "proposed": "ask" if case.kind == "merit" else "hear",
                "hearing": "ask" if ready else "answer",
                "effective": "pay" if case.is_posted else "post" if case._is_for_books() else "payroll",
            }
            step = open_steps.get(case.state, False)
            if step == "ask" and case.approval_state in ("pending", "approved"):
                step = "decide"
            case.next_step = "halted" if step and case.is_halted else step

    @api.model
    def _propose(self, vals_list):
        """Propose cases at once, for other documents: a late shipment, a complaint, a breach, an overdue invoice.

        Whether the current user may do that is for the caller to check, on its own document; the current user is
        recorded as the proposer and can therefore not decide. People concerned are not told before the hearing.

        Each dict of values holds ``employee_id``, ``rule_id`` and ``facts``; and as far as known ``date``,
        ``res_model`` and ``res_id`` of the document, ``amount`` and ``points`` within the band (else the usual
        ones), ``loss`` and ``freight``, in the currency of the rule or else of the company. Money is left out where
        the company keeps points only or the rule does not charge it.

        :param list vals_list: dicts of values
        :return: sales.penalty, with the rights of the caller; cases of managers who answer too are in ``joint_ids``
        :raises ValidationError: for figures outside the band
        """
        cases = self.sudo().create(
            [{name: value for name, value in vals.items() if name not in FIGURES} for vals in vals_list]
        )
        for case, vals in zip(cases, vals_list):
            bearable = {"amount": case.mode != "points", "loss": case.charge_loss, "freight": case.charge_freight}
            figures = {name: vals[name] for name in FIGURES & set(vals) if bearable.get(name, True)}
            if figures:
                case._evidence_write(figures)
        cases._check_figures()
        cases._do_propose()
        return cases.sudo(self.env.su)

    def action_propose(self):
        """Propose drafts. For those who may propose about the person."""
        self._check_may_handle()
        self._check_may_propose()
        self._check_state("draft")
        self.sudo()._do_propose()
        return True

    def _do_propose(self):
        # The schedule and the person's past may have changed since the draft.
        for field in self._fields.values():
            if field.compute in ("_compute_person", "_compute_terms"):
                self.env.add_to_compute(field, self)
        self._check_figures()
        self._evidence_write({"proposed_date": fields.Datetime.now()})
        self.env["sales.penalty.step"]._stamp(self, "proposed")
        self._create_joint_cases()

    def _create_joint_cases(self):
        """Open a case for the manager who answers for the person, with a hearing of its own (PEN-4)."""
        answering = self.filtered(lambda case: case.rule_id.joint_share and case.manager_id and not case.principal_id)
        joint = self.sudo().create(
            [
                {
                    "employee_id": case.manager_id.id,
                    "rule_id": case.rule_id.id,
                    "date": case.date,
                    "facts": self.env._(
                        "Answers for %(person)s, %(department)s: %(facts)s",
                        person=case.person_name,
                        department=case.department_name,
                        facts=case.facts,
                    ),
                    "res_model": case.res_model,
                    "res_id": case.res_id,
                    "principal_id": case.id,
                }
                for case in answering
            ]
        )
        if joint:
            joint._evidence_write({"proposed_date": fields.Datetime.now()})
            self.env["sales.penalty.step"]._stamp(joint, "proposed")

    def _lower(self, vals):
        """Lower the figures of cases that are not decided; a manager's case follows. Approvals lapse by that.

        The person answered to the figures proposed, so nothing can be raised any more. Nor does a manager who answers
        for that person lower them: the own share would follow.
        """
        self._check_not_concerned()
        vals = {name: int(value or 0) if name == "points" else float(value or 0) for name, value in vals.items()}
        for case in self:
            for name, value in vals.items():
                if value > case[name]:
                    raise UserError(
                        self.env._(
                            "%(case)s: once proposed, a figure can only be lowered. Drop the case and propose anew.",
                            case=case.display_name,
                        )
                    )
        notes = {
            case: ", ".join(
                f"{self._fields[name]._description_string(self.env)} {case[name]} → {value}"
                for name, value in vals.items()
            )
            for case in self
        }
        self._evidence_write(vals)
        self._check_figures()
        self.env["sales.penalty.step"]._stamp(self, "lowered", notes)
        for joint in self.sudo().joint_ids.filtered(lambda case: case.state in ("proposed", "hearing")):
            amount, points = joint.principal_id._joint_figures(joint.rule_id)
            joint._evidence_write({"amount": min(joint.amount, amount), "points": min(joint.points, points)})
        return True

    def action_request_decision(self):
        """Ask the deciders about cases whose hearing is over. For those who may carry the case on.

        :raises UserError: while the person may still answer, or the case is halted
        """
        self._check_may_handle()
        self._check_not_halted()
        cases = self.sudo()
        for case in cases:
            case._check_state("proposed" if case.kind == "merit" else "hearing")
            case._check_hearing_over()
            if case.principal_id and not case.principal_id.effective_date:
                raise UserError(
                    self.env._(
                        "%(case)s: the manager answers only once %(principal)s is effective.",
                        case=case.display_name,
                        principal=case.principal_id.display_name,
                    )
                )
        for facts, some in cases.grouped("facts").items():
            some._approval_request(USAGE, facts, {case: case.total for case in some})
        self.env["sales.penalty.step"]._stamp(self, "asked")
        return True

    def _approval_fields(self):
        return [
            *super()._approval_fields(),
            "employee_id",
            "rule_id",
            "facts",
            "amount",
            "loss",
            "freight",
            "points",
            "is_halted",
            "dropped_date",
        ]

    def _approval_decided(self, approvals):
        """Make approved cases effective and drop refused ones."""
        result = super()._approval_decided(approvals)
        verdicts = {approval.res_id: approval for approval in approvals if approval.usage == USAGE}
        granted = self.filtered(lambda case: case.id in verdicts and verdicts[case.id].status == "approved")
        refused = self.filtered(lambda case: case.id in verdicts and verdicts[case.id].status == "refused")
        if granted:
            granted._check_not_halted()
            granted._check_state("proposed", "hearing")
            granted._approval_use(USAGE)
            granted._become_effective()
        for note, cases in refused.grouped(lambda case: verdicts[case.id].status_note).items():
            cases._drop(note or self.env._("Refused by the decider."))
        return result

    def _become_effective(self):
        self._evidence_write({"effective_date": fields.Datetime.now(), "decider_id": self.env.uid})
        self.env["sales.penalty.step"]._stamp(self, "effective")
        self._announce_effective()

    def _drop(self, reason):
        """End cases for good, with those of managers who answer for them; what is in the books is reversed."""
        cases = (self | self.joint_ids).filtered(lambda case: not case.dropped_date)
        cases._reverse_entries(reason)
        cases._evidence_write({"dropped_date": fields.Datetime.now(), "drop_reason": reason})
        self.env["sales.penalty.step"]._stamp(cases, "dropped", dict.fromkeys(cases, reason))
        cases._announce_dropped()

    def _check_may_drop(self):
        decided = self.filtered("effective_date")
        (self - decided)._check_may_handle()
        if decided:
            decided._check_role(
                GENERAL, self.env._("What is effective is dropped by the general manager only. Please ask there.")
            )
        self._check_not_concerned()

    def _drop_by_hand(self, reason):
        """Drop cases for the current user: undecided ones by who carries them on, effective ones by the head."""
        self._check_may_drop()
        (self | self.sudo().joint_ids)._check_not_halted()
        self._check_state("draft", "proposed", "hearing", "effective", "settled")
        self.sudo()._drop(reason)

    def _halt(self, reason):
        """Stop cases until they are resumed; a pending approval lapses by that. For HR."""
        self._check_role(HR, self.env._("Only HR can halt a case."))
        self._check_not_halted()
        self._check_state("proposed", "hearing", "effective")
        self._evidence_write(
            {
                "is_halted": True,
                "halted_date": fields.Datetime.now(),
                "halted_by_id": self.env.uid,
                "halt_reason": reason,
            }
        )
        self.env["sales.penalty.step"]._stamp(self, "halted", dict.fromkeys(self, reason))

    def _resume(self, reason):
        """Let halted cases go on; who could still answer when it was halted has the full time again. For HR."""
        self._check_role(HR, self.env._("Only HR can let a halted case go on."))
        for case in self.sudo():
            if not case.is_halted:
                raise UserError(self.env._("%(case)s is not halted.", case=case.display_name))
        self.sudo()._renew_hearings()
        self._evidence_write({"is_halted": False})
        self.env["sales.penalty.step"]._stamp(self, "resumed", dict.fromkeys(self, reason))

    def action_settle(self):
        """Note that money was settled with payroll. For HR."""
        self._check_role(HR, self.env._("Only HR settles a case with payroll."))
        self._check_not_halted()
        self._check_state("effective")
        for case in self.sudo():
            if case._is_for_books() or case.is_posted:
                raise UserError(
                    self.env._(
                        "%(case)s is settled in the books: it is paid there by the accountants.",
                        case=case.display_name,
                    )
                )
        self._evidence_write({"settled_date": fields.Datetime.now()})
        self.env["sales.penalty.step"]._stamp(self, "settled")
        return True

    def _action_reason(self, step):
        return {
            "type": "ir.actions.act_window",
            "name": dict(self.env["sales.penalty.reason"]._fields["step"]._description_selection(self.env))[step],
            "res_model": "sales.penalty.reason",
            "view_mode": "form",
            "target": "new",
            "context": {"default_step": step, "default_penalty_ids": self.ids},
        }

    def action_drop(self):
        """Ask for the reason, then drop."""
        return self._action_reason("drop")

    def action_halt(self):
        """Ask for the reason, then halt."""
        return self._action_reason("halt")

    def action_resume(self):
        """Ask for the reason, then resume."""
        return self._action_reason("resume")
