# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

MANAGER = "sales_team.group_sale_manager"
OFFICER = "sales_policy.group_policy_officer"
GENERAL = "sales_policy.group_general_manager"
HR = "hr.group_hr_user"
ACCOUNTANT = "account.group_account_invoice"


class SalesPenalty(models.Model):
    """Who may take which step of a case. Nobody takes any in a case about themselves (PEN-5)."""

    _inherit = "sales.penalty"

    can_handle = fields.Boolean("Carried On by Me", compute="_compute_roles")
    can_drop = fields.Boolean("Dropped by Me", compute="_compute_roles")

    @api.depends("proposer_id", "employee_id", "person_user_id", "effective_date")
    @api.depends_context("uid")
    def _compute_roles(self):
        user = self.env.user
        broad = any(user.has_group(group) for group in (HR, MANAGER, OFFICER))
        general = user.has_group(GENERAL)
        for case in self:
            mine = user in case._concerned()
            case.can_handle = not mine and (broad or user == case.proposer_id or user in case._heads())
            case.can_drop = not mine and (general if case.effective_date else case.can_handle)

    def _concerned(self):
        """Return the users whom these cases are about: by their login at the time, and by their login now."""
        cases = self.sudo()
        return cases.person_user_id | cases.employee_id.user_id

    def _heads(self):
        """Return the users at the head of the person's department, the one above, or the person's sales team."""
        case = self.sudo()
        departments = case.department_id | case.department_id.parent_id
        return departments.manager_id.user_id | case._concerned().sale_team_id.user_id

    def _check_not_concerned(self):
        """Refuse a step by the person concerned, or by a manager who answers for that person."""
        for case in self.sudo():
            if self.env.user in (case | case.joint_ids | case.principal_id)._concerned():
                raise AccessError(
                    self.env._("%(case)s concerns you: somebody else takes this step.", case=case.display_name)
                )

    def _check_may_propose(self):
        """Let sales managers, policy officers and the heads of the person's department or team propose.

        :raises AccessError: for everybody else, and for a case about oneself
        """
        user = self.env.user
        broad = user.has_group(MANAGER) or user.has_group(OFFICER)
        for case in self.sudo():
            if user in case._concerned():
                raise AccessError(self.env._("Nobody can propose a penalty or reward for themselves."))
            if not broad and user not in case._heads():
                raise AccessError(
                    self.env._(
                        "Only a sales manager, a policy officer or the head of the department of %(person)s can "
                        "propose this.",
                        person=case.person_name,
                    )
                )

    def _check_may_handle(self):
        """Let the proposer, HR and whoever may propose carry a case on until it is decided.

        :raises AccessError: for everybody else, and for the person concerned
        """
        if self.env.su:
            return
        self.check_access("write")
        user = self.env.user
        if user in self._concerned():
            raise AccessError(self.env._("This case concerns you: somebody else takes this step."))
        if not user.has_group(HR):
            (self - self.filtered(lambda case: case.proposer_id == user))._check_may_propose()

    def _check_role(self, group, message):
        """Refuse users without a group, and people concerned.

        :param str group: xml id
        :param str message: who can do it, in the user's language
        """
        self.check_access("read")
        if not self.env.su and not self.env.user.has_group(group):
            raise AccessError(message)
        self._check_not_concerned()

    def _check_not_halted(self):
        for case in self.sudo():
            if case.is_halted:
                raise UserError(
                    self.env._(
                        "%(case)s has been halted by %(person)s since %(since)s: %(reason)s HR can let it go on.",
                        case=case.display_name,
                        person=case.halted_by_id.name,
                        since=case.company_id._sales_format_moment(case.halted_date),
                        reason=case.halt_reason,
                    )
                )

    def _check_state(self, *states):
        """Refuse a step that is not the next one."""
        names = dict(self._fields["state"]._description_selection(self.env))
        for case in self.sudo():
            if case.state not in states:
                raise UserError(
                    self.env._(
                        "%(case)s: this step is for cases in “%(wanted)s”. This one is in “%(state)s”.",
                        case=case.display_name,
                        wanted=" / ".join(names[state] for state in states),
                        state=names[case.state],
                    )
                )

    def _approval_profiteers(self):
        """Nobody who proposed, took down a statement, or is concerned decides (PEN-5)."""
        result = super()._approval_profiteers()
        for case in self.sudo():
            concerned = (case | case.joint_ids | case.principal_id)._concerned()
            recorders = case.statement_ids.filtered("is_taken_down").user_id
            result[case] = concerned | case.proposer_id | recorders
        return result
