# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Domain


class SalesApprovalBand(models.Model):
    """Who decides from a certain amount on, and how many people it takes."""

    _name = "sales.approval.band"
    _description = "Approval Band"
    _order = "kind_id, amount_from"

    kind_id = fields.Many2one("sales.approval.kind", required=True, index=True, ondelete="cascade")
    currency_id = fields.Many2one(related="kind_id.currency_id")
    amount_from = fields.Monetary("From", required=True, default=0)
    group_ids = fields.Many2many("res.groups", string="Roles", help="Everybody with one of these roles may decide.")
    user_ids = fields.Many2many("res.users", string="People", domain="[('share', '=', False)]")
    persons_needed = fields.Integer(default=1, required=True, help="2: a second person must approve as well.")

    _persons_positive = models.Constraint("CHECK (persons_needed > 0)", "At least one person has to decide.")
    _amount_not_negative = models.Constraint("CHECK (amount_from >= 0)", "A band begins at 0 or more.")
    _one_per_amount = models.Constraint("UNIQUE (kind_id, amount_from)", "Two bands cannot begin at the same amount.")

    @api.constrains("group_ids", "user_ids")
    def _check_somebody(self):
        for band in self:
            if not band.group_ids and not band.user_ids:
                raise ValidationError(self.env._("Name a role or a person for each band of “%s”.", band.kind_id.name))

    @api.depends("kind_id.name", "amount_from", "currency_id")
    def _compute_display_name(self):
        for band in self:
            band.display_name = self.env._(
                "%(kind)s, from %(amount)s",
                kind=band.kind_id.name,
                amount=band.currency_id.format(band.amount_from) if band.currency_id else band.amount_from,
            )

    @api.model_create_multi
    def create(self, vals_list):
        bands = super().create(vals_list)
        bands._check_not_for_oneself(self.browse())
        return bands

    def write(self, vals):
        decided = self.filtered(lambda band: self.env.user in band._people())
        result = super().write(vals)
        self._check_not_for_oneself(decided)
        return result

    def _check_not_for_oneself(self, decided):
        """Refuse that somebody names themselves as decider; the administrator, who can do anything, is left out.

        :param decided: the bands in which the current user decided before
        :raises AccessError: for everybody else
        """
        user = self.env.user
        if self.env.su or user.has_group("base.group_system"):
            return
        if any(user in band._people() for band in self - decided):
            raise AccessError(self.env._("Nobody can name themselves as decider. Ask somebody else to do it."))

    @api.model
    def _bands_of(self, user):
        """Return the bands in which a user may decide by a role or by name, as superuser."""
        return (
            self.sudo()
            .with_context(active_test=False)
            .search(Domain("group_ids", "in", user.sudo().all_group_ids.ids) | Domain("user_ids", "in", user.ids))
        )

    def _people(self):
        """Return the active people who may decide in this band, substitutes not counted, as superuser."""
        self.ensure_one()
        band = self.sudo()
        return (band.user_ids | band.group_ids.all_user_ids).filtered(lambda user: user.active and not user.share)
