# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class SalesConfidentialityReview(models.Model):
    """One look at a clearance after some time: keep, reduce or revoke it (CON-2)."""

    _name = "sales.confidentiality.review"
    _description = "Review of a Clearance"
    _inherit = ["sales.evidence.mixin"]
    _order = "id desc"

    clearance_id = fields.Many2one("sales.confidentiality.clearance", required=True, index=True, ondelete="restrict")
    decision = fields.Selection(
        [("keep", "Keep"), ("reduce", "Reduce"), ("revoke", "Revoke")], required=True, default="keep"
    )
    level_id = fields.Many2one("sales.confidentiality.level", "New Level", help="The level that is left.")
    reason = fields.Text(required=True)
    user_id = fields.Many2one("res.users", "By", readonly=True, ondelete="restrict")
    date = fields.Datetime("When", readonly=True)

    @api.model_create_multi
    def create(self, vals_list):
        """Record reviews and carry out what they decide.

        :raises AccessError: for one's own clearance
        :raises UserError: for a clearance that has ended, or a reduction that does not reduce
        """
        now = fields.Datetime.now()
        reviews = super().create([{**vals, "user_id": self.env.uid, "date": now} for vals in vals_list])
        for review in reviews:
            review._carry_out()
        return reviews

    def _carry_out(self):
        clearance = self.clearance_id
        clearance.check_access("write")
        holders = clearance.sudo().user_id | clearance.sudo().group_id.all_user_ids
        if not self.env.su and self.env.user in holders:
            raise AccessError(self.env._("Nobody reviews their own clearance. Ask another confidentiality officer."))
        if clearance.state == "ended":
            raise UserError(self.env._("This clearance has ended. There is nothing left to review."))
        if self.decision == "keep":
            clearance._plan_review()
            return
        until = clearance.date_to
        clearance.action_revoke()
        if self.decision == "reduce":
            if not self.level_id or self.level_id.sequence >= clearance.level_id.sequence:
                raise UserError(self.env._("Choose a level below %(level)s.", level=clearance.level_id.name))
            clearance.create(
                {
                    "user_id": clearance.user_id.id,
                    "group_id": clearance.group_id.id,
                    "category_id": clearance.category_id.id,
                    "level_id": self.level_id.id,
                    "date_to": until,
                    "reason": self.reason,
                }
            )
