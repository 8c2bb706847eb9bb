# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.fields import Domain


class SalesConfidentialityClearance(models.Model):
    """What must hold of a person for any clearance to count."""

    _inherit = "sales.confidentiality.clearance"

    @api.model
    def _conditions(self):
        """Return the live conditions; see the docstring of the model for how to add one.

        :return: list of (code, what must hold in the user's language, method of res.users to res.users)
        """
        return [
            ("employed", self.env._("active employee"), self._users_employed),
            ("not_suspended", self.env._("not suspended"), self._users_not_suspended),
        ]

    @api.model
    def _users_awake(self, users):
        """Return those who meet every condition now, in a number of queries that does not depend on how many.

        :param users: res.users
        :return: res.users
        """
        awake = users.sudo()
        for _code, _label, condition in self._conditions():
            if not awake:
                break
            awake = condition(awake)
        return awake.with_env(self.env)

    @api.model
    def _asleep_reasons(self, users):
        """Return which conditions people do not meet now, in words.

        :return: dict of res.users to list of str
        """
        users, reasons = users.sudo(), {}
        for _code, label, condition in self._conditions():
            for user in users - condition(users):
                reasons.setdefault(user, []).append(label)
        return reasons

    @api.model
    def _users_employed(self, users):
        """Return the active users among these who are not former employees."""
        rows = (
            self.env["hr.employee"]
            .sudo()
            .with_context(active_test=False)
            ._read_group([("user_id", "in", users.ids)], ["user_id"], ["active:bool_or"])
        )
        left = {user.id for user, active in rows if not active}
        return users.filtered(lambda user: user.active and user.id not in left)

    @api.model
    def _users_not_suspended(self, users):
        now = fields.Datetime.now()
        running = Domain("date_from", "<=", now) & (Domain("date_to", "=", False) | Domain("date_to", ">", now))
        suspended = (
            self.env["sales.confidentiality.suspension"].sudo().search(running & Domain("user_id", "in", users.ids))
        )
        return users - suspended.user_id
