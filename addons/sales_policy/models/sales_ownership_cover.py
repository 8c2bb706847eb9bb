# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError


class SalesOwnershipCover(models.Model):
    """Who stands in for whom, from when until when (OWN-5).

    Contacts of the stand-in count for the owner; deals stay credited to the owner.
    """

    _name = "sales.ownership.cover"
    _description = "Cover"
    _order = "date_from desc, id desc"
    _rec_name = "owner_id"
    _check_company_auto = True

    owner_id = fields.Many2one(
        "res.users", "Absent", required=True, index=True, default=lambda self: self.env.user, ondelete="restrict"
    )
    user_id = fields.Many2one("res.users", "Stand-in", required=True, index=True, ondelete="restrict")
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, ondelete="restrict"
    )
    date_from = fields.Datetime("From", required=True, default=fields.Datetime.now)
    date_to = fields.Datetime("Until", required=True)
    reason = fields.Char()

    _period_order = models.Constraint("CHECK (date_to > date_from)", "The cover has to end after it begins.")
    _two_people = models.Constraint("CHECK (owner_id != user_id)", "Nobody can stand in for themselves.")

    @api.model_create_multi
    def create(self, vals_list):
        covers = super().create(vals_list)
        covers._check_may_arrange()
        covers._check_not_backdated()
        return covers

    def write(self, vals):
        self._check_may_arrange()
        now = fields.Datetime.now()
        if set(vals) - {"date_to", "reason"} and any(cover.date_from <= now for cover in self):
            raise ValidationError(
                self.env._("This cover has begun: only its end and reason can change. Arrange a new one.")
            )
        if "date_to" in vals and any(cover.date_to <= now for cover in self):
            raise ValidationError(self.env._("This cover has ended. Arrange a new one."))
        result = super().write(vals)
        self._check_may_arrange()
        if "date_from" in vals:
            self._check_not_backdated()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_begun(self):
        self._check_may_arrange()
        if any(cover.date_from <= fields.Datetime.now() for cover in self):
            raise ValidationError(
                self.env._("This cover has begun and explains contacts of that time. End it instead.")
            )

    def _check_not_backdated(self):
        """Refuse a cover that would turn contacts of the past into contacts for the owner."""
        for cover in self:
            # A few minutes may pass between opening the form and saving it.
            if not self.env.su and cover.date_from < fields.Datetime.now() - timedelta(hours=1):
                raise ValidationError(self.env._("A cover cannot begin in the past."))

    def _check_may_arrange(self):
        """Let everybody arrange the cover of their own customers, sales managers anybody's."""
        if self.env.su or self.env.user.has_group("sales_team.group_sale_manager"):
            return
        for cover in self:
            if cover.owner_id != self.env.user:
                raise AccessError(
                    self.env._(
                        "Only %(owner)s or a sales manager can arrange who stands in.", owner=cover.owner_id.name
                    )
                )

    def _cover(self, user_id, owner, company, when):
        """Return those of these covers by which a user stands in for an owner at a moment (naive UTC)."""
        return self.filtered(
            lambda cover: (
                cover.user_id.id == user_id
                and cover.owner_id == owner
                and cover.company_id == company
                and cover.date_from <= when < cover.date_to
            )
        )
