# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from collections import defaultdict

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import ormcache

from ..shield.guard import forget

OFFICER = "sales_confidentiality.group_confidentiality_officer"


class SalesConfidentialityClearance(models.Model):
    """Who may see what is confidential: a person or a group, a category, a level, from when until when (CON-2).

    A clearance counts only while its holder meets every live condition (see ``_conditions``). Nothing about that is
    stored: conditions are questions to the database and the clock, asked once in a transaction for many people.

    An addon adds a condition (a valid agreement, a passed exam) by inheriting ``_conditions``::

        class SalesConfidentialityClearance(models.Model):
            _inherit = "sales.confidentiality.clearance"

            @api.model
            def _conditions(self):
                return [*super()._conditions(), ("agreement", self.env._("agreement signed"), self._users_bound)]

            @api.model
            def _users_bound(self, users):
                # users: res.users as superuser; return those of them that meet it NOW (fields.Datetime.now()),
                # with a number of queries that does not depend on how many there are
                return users & self.env["sales.confidentiality.agreement"].sudo().search(...).user_id

    A model that a condition reads calls ``self.env["sales.confidentiality.clearance"]._forget_live()`` when it is
    written, so that the current transaction asks again; every other transaction asks anew by itself.
    """

    _name = "sales.confidentiality.clearance"
    _description = "Clearance"
    _inherit = ["sales.cached.mixin", "mail.thread"]
    _order = "date_from desc, id desc"

    user_id = fields.Many2one("res.users", "Person", index="btree_not_null", ondelete="restrict")
    group_id = fields.Many2one("res.groups", index="btree_not_null", ondelete="restrict")
    category_id = fields.Many2one("sales.confidentiality.category", required=True, index=True, ondelete="restrict")
    level_id = fields.Many2one("sales.confidentiality.level", required=True, index=True, ondelete="restrict")
    date_from = fields.Datetime("From", required=True, default=fields.Datetime.now)
    date_to = fields.Datetime("Until", tracking=True, help="Leave empty for a clearance without end.")
    granted_by = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    reason = fields.Text(required=True)
    review_ids = fields.One2many("sales.confidentiality.review", "clearance_id", "Reviews", readonly=True)
    review_date = fields.Date("Next Review", readonly=True, index=True)
    state = fields.Selection(
        [("planned", "Planned"), ("running", "Running"), ("asleep", "Asleep"), ("ended", "Ended")],
        compute="_compute_state",
        help="Asleep: the holder does not meet all conditions now.",
    )
    asleep_because = fields.Char(compute="_compute_state")

    _one_holder = models.Constraint(
        "CHECK ((user_id IS NULL) != (group_id IS NULL))", "A clearance is for one person or for one group."
    )
    _period_order = models.Constraint(
        "CHECK (date_to IS NULL OR date_to >= date_from)", "The clearance has to end after it begins."
    )

    @api.depends("user_id", "date_from", "date_to")
    def _compute_state(self):
        now = fields.Datetime.now()
        reasons = self._asleep_reasons(self.sudo().user_id)
        for clearance in self:
            because = reasons.get(clearance.sudo().user_id, [])
            clearance.asleep_because = ", ".join(because)
            if clearance.date_to and clearance.date_to <= now:
                clearance.state = "ended"
            elif clearance.date_from and clearance.date_from > now:
                clearance.state = "planned"
            else:
                clearance.state = "asleep" if because else "running"

    @api.depends("user_id", "group_id", "category_id", "level_id")
    def _compute_display_name(self):
        for clearance in self:
            holder = clearance.sudo().user_id.name or clearance.sudo().group_id.full_name or ""
            clearance.display_name = f"{holder}: {clearance.category_id.name}, {clearance.level_id.name}"

    @api.model_create_multi
    def create(self, vals_list):
        """Grant clearances in the name of the current user (CON-2).

        :raises AccessError: for oneself, where another officer could do it
        """
        vals_list = [{**vals, "granted_by": self.env.uid} for vals in vals_list]
        clearances = super().create(vals_list)
        clearances._check_not_own()
        clearances._plan_review()
        return clearances

    def write(self, vals):
        """Change the end only; whoever should see more or less gets a new clearance.

        :raises UserError: for every other change, and for an end that is later than before
        """
        if vals and not self.env.su:
            self.check_access("write")
            if set(vals) - {"date_to"}:
                raise UserError(self.env._("A clearance is not changed. End it and grant another one."))
            until = fields.Datetime.to_datetime(vals["date_to"])
            for clearance in self:
                if not until or (clearance.date_to and until > clearance.date_to):
                    raise UserError(self.env._("A clearance is not prolonged. Grant another one, with its reason."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_begun(self):
        if any(clearance.date_from <= fields.Datetime.now() for clearance in self):
            raise UserError(self.env._("A clearance that has begun stays on file. End it instead."))

    def copy_data(self, default=None):
        raise UserError(self.env._("Grant a new clearance: each has its own reason."))

    def _check_not_own(self):
        if self.env.su:
            return
        # sudo: who else is an officer is nothing that a rule should hide
        others = self.env.ref(OFFICER).sudo().all_user_ids.filtered("active") - self.env.user
        for clearance in self.sudo():
            if others and self.env.user in (clearance.user_id | clearance.group_id.all_user_ids):
                raise AccessError(
                    self.env._(
                        "Nobody grants clearance to themselves. Please ask %(people)s.",
                        people=", ".join(others[:3].mapped("name")),
                    )
                )

    def _plan_review(self):
        for clearance in self.sudo():
            start = max(clearance.review_ids.mapped("date"), default=clearance.date_from)
            clearance.review_date = start.date() + relativedelta(months=clearance.category_id.review_months)

    def action_revoke(self):
        """End these clearances now."""
        self.check_access("write")
        now = fields.Datetime.now()
        for clearance in self:
            if not clearance.date_to or clearance.date_to > now:
                clearance.date_to = max(now, clearance.date_from)
        return True

    @api.model
    def _cleared(self, users, category, level):
        """Return who of some people may see what is confidential in a category up to a level now (CON-2).

        An error while this is found out means: nobody.

        :param users: res.users
        :param category: sales.confidentiality.category
        :param level: sales.confidentiality.level
        :return: res.users
        """
        ranks = self._ranks(users)
        return users.filtered(lambda user: ranks[user.id].get(category.id, -1) >= level.sequence)

    @api.model
    def _ranks(self, users):
        """Return up to which rank each person is cleared now in each category.

        :param users: res.users
        :return: dict of user id to dict of category id to ``sequence`` of the level
        """
        holders = users.sudo().filtered(lambda user: self._is_holder(user.id))
        groups = {user: set(user._get_group_ids()) for user in holders}
        ranks = defaultdict(dict)
        for clearance in self.sudo()._running(holders):
            category, rank = clearance.category_id.id, clearance.level_id.sequence
            for user in holders:
                if clearance.user_id == user or clearance.group_id.id in groups[user]:
                    ranks[user.id][category] = max(rank, ranks[user.id].get(category, rank))
        awake = set(self._users_awake(users.browse(ranks)).ids)
        return defaultdict(dict, {user: held for user, held in ranks.items() if user in awake})

    @api.model
    @ormcache("user_id", cache="default")
    def _is_holder(self, user_id):
        """Return whether a person has any clearance, directly or through groups, whenever it counts.

        Most people have none, and whoever looks for a file is asked. Whether one counts is never cached: a request that
        began before a clearance was revoked would fill the cache with it once more.
        """
        user = self.env["res.users"].sudo().browse(user_id)
        return bool(self.sudo().search_count(self._held_by(user), limit=1))

    @api.model
    def _running(self, users):
        """Return the clearances of some people that count now, conditions left aside."""
        if not users:
            return self.browse()
        now = fields.Datetime.now()
        running = Domain("date_from", "<=", now) & (Domain("date_to", "=", False) | Domain("date_to", ">", now))
        return self.search(self._held_by(users) & running)

    @api.model
    def _held_by(self, users):
        """Return the domain of the clearances that some people have, directly or through groups."""
        groups = {group for user in users for group in user._get_group_ids()}
        return Domain("user_id", "in", users.ids) | Domain("group_id", "in", list(groups))

    @api.model
    def _forget_cached(self):
        result = super()._forget_cached()
        self._forget_live()
        return result

    @api.model
    def _forget_live(self):
        """Ask again who is cleared, in this transaction; others ask by themselves."""
        forget(self.env)
