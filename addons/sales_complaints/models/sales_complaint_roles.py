# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .sales_complaint import ASSIGNMENT, CLASSIFICATION, COSTS, ENDED, INVESTIGATION, OPEN, PROPOSAL, REGISTRATION

MANAGER = "sales_complaints.group_complaint_manager"
JUDGE = "sales_policy.group_technical_judge"
CLERK = "sales_policy.group_sales_clerk"


class SalesComplaint(models.Model):
    """Who may take which step. Who sold it, whose area it is or who answers for it never decides (CMP-7)."""

    _inherit = "sales.complaint"

    area_manager_id = fields.Many2one("res.users", compute="_compute_area_manager", compute_sudo=True)
    can_handle = fields.Boolean("Handled by Me", compute="_compute_can")
    can_propose = fields.Boolean("Proposed by Me", compute="_compute_can")
    can_decide = fields.Boolean("Decided by Me", compute="_compute_can")
    can_close = fields.Boolean("Closed by Me", compute="_compute_can")
    can_manage = fields.Boolean("Managed by Me", compute="_compute_can")

    @api.depends("sales_team_id.user_id")
    def _compute_area_manager(self):
        for complaint in self:
            complaint.area_manager_id = complaint.sales_team_id.user_id

    @api.depends("user_id", "salesperson_id", "sales_team_id", "kind", "liability_ids", "registrar_id", "state")
    @api.depends_context("uid")
    def _compute_can(self):
        user = self.env.user
        manager, judge, clerk = (user.has_group(group) for group in (MANAGER, JUDGE, CLERK))
        for complaint in self:
            involved = user in complaint._involved()
            judges = judge if complaint.kind == "quality" else manager
            complaint.can_handle = manager or clerk or user == complaint.sudo().user_id or (judge and judges)
            complaint.can_propose = complaint.can_handle or user == complaint.sudo().area_manager_id
            complaint.can_decide = judges and not involved
            complaint.can_close = complaint.can_handle and not involved
            complaint.can_manage = (manager or judges) and not involved

    def _check_may_write(self, names):
        """Refuse changes that the current user may not make, or that come too late.

        :param set names: fields to be changed
        :raises AccessError: without the role
        :raises UserError: once decided, or ended
        """
        self.check_access("write")
        for complaint in self:
            if names & (REGISTRATION | CLASSIFICATION | INVESTIGATION | PROPOSAL) and complaint.state not in OPEN:
                complaint._refuse_state(OPEN)
            if names & (ASSIGNMENT | COSTS) and complaint.state in ENDED:
                complaint._refuse_state(OPEN)
            if not complaint._may_write(names):
                raise AccessError(
                    self.env._(
                        "%(complaint)s is handled by %(handler)s. Please ask there for this change.",
                        complaint=complaint.name,
                        handler=complaint.sudo().user_id.name or self.env._("the complaint managers"),
                    )
                )

    def _check_may_hand_over(self, kind):
        """Let only who decides the present sort hand a complaint over to those who decide the other (CMP-7).

        :param kind: sales.complaint.type that it gets
        :raises AccessError: for everybody else; who has just received it may still correct the entry
        """
        for complaint in self.filtered(lambda found: found.kind != kind.kind):
            fresh = complaint.state == "registered" and complaint.registrar_id == self.env.user
            if not fresh:
                complaint._check_can(
                    "can_decide",
                    self.env._(
                        "Only who decides about this sort of complaint can say that it is one of the other sort."
                    ),
                )

    def _may_write(self, names):
        self.ensure_one()
        user = self.env.user
        fresh = self.state == "registered" and self.registrar_id == user
        investigates = self.can_handle or user in self.sudo().participant_ids
        # Type and severity tell who decides and how fast: nobody bends them in a matter of their own.
        classifies = (self.can_handle and user not in self._involved()) or fresh
        allowed = {
            frozenset(REGISTRATION): self.can_handle or fresh,
            frozenset(CLASSIFICATION): classifies,
            frozenset(ASSIGNMENT): self.can_manage or (self.can_handle and user not in self._involved()),
            frozenset(INVESTIGATION - {"liability_ids", "participant_ids", "line_ids"}): investigates,
            frozenset({"line_ids"}): self.can_handle or fresh,
            frozenset({"liability_ids", "participant_ids"}): self.can_handle,
            frozenset(PROPOSAL): self.can_propose,
            frozenset(COSTS): self.can_handle,
        }
        return all(may for group, may in allowed.items() if group & names)

    def _check_can(self, name, message):
        """Refuse a step to people without the role.

        :param str name: one of the ``can_…`` fields
        :param str message: who can take the step, in the user's language
        :raises AccessError: for everybody else
        """
        if self.env.su:
            return
        self.check_access("read")
        for complaint in self:
            if not complaint[name]:
                raise AccessError(self.env._("%(complaint)s: %(message)s", complaint=complaint.name, message=message))

    def _check_may_handle(self):
        self._check_can(
            "can_handle", self.env._("This step is for who handles it, a sales clerk or a complaint manager.")
        )

    def _check_may_propose(self):
        self._check_can("can_propose", self.env._("Who handles it and the area manager propose how to settle it."))

    def _check_may_decide(self):
        """Let only the role that decides this sort decide, and nobody who is a party to it (CMP-7)."""
        self._check_can(
            "can_decide",
            self.env._(
                "Quality is decided by the technical judge, service by a complaint manager; never by who sold the "
                "goods, manages the area or answers for the matter. You can propose."
            ),
        )

    def _check_may_close(self):
        self._check_can(
            "can_close",
            self.env._("Somebody closes it who handles it and neither sold the goods nor answers for the matter."),
        )

    def _check_may_manage(self):
        self._check_can("can_manage", self.env._("This step is for a complaint manager who is no party to it."))

    def _check_state(self, *states):
        """Refuse a step that is not the next one."""
        for complaint in self.sudo():
            if complaint.state not in states:
                complaint._refuse_state(states)

    def _refuse_state(self, states):
        names = dict(self._fields["state"]._description_selection(self.env))
        raise UserError(
            self.env._(
                "%(complaint)s: this step is for complaints in “%(wanted)s”. This one is in “%(state)s”.",
                complaint=self.name,
                wanted=" / ".join(names[state] for state in states),
                state=names[self.state],
            )
        )
