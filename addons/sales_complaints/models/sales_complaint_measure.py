# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.exceptions import AccessError


class SalesComplaintMeasure(models.Model):
    """What is done so that it does not happen again, by whom, until when, and whether it worked (CMP-2)."""

    _name = "sales.complaint.measure"
    _description = "Corrective or Preventive Action"
    _inherit = ["mail.activity.mixin", "mail.thread"]
    _order = "date_deadline, id"

    complaint_id = fields.Many2one("sales.complaint", index=True, ondelete="restrict")
    opinion_id = fields.Many2one("sales.opinion", index="btree_not_null", ondelete="restrict")
    opinion_round_id = fields.Many2one(related="opinion_id.round_id", store=True, index="btree_not_null")
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    name = fields.Char("What Is Done", required=True, tracking=True)
    kind = fields.Selection(
        [("corrective", "Corrective"), ("preventive", "Preventive")], required=True, default="corrective"
    )
    user_id = fields.Many2one(
        "res.users", "Owner", required=True, index=True, tracking=True, domain="[('share', '=', False)]"
    )
    date_deadline = fields.Date("Due", required=True, tracking=True)
    done_date = fields.Date("Done On", readonly=True, copy=False)
    check_date = fields.Date("Effect Checked On", readonly=True, copy=False)
    checker_id = fields.Many2one("res.users", "Effect Checked By", readonly=True, copy=False)
    effect = fields.Selection(
        [("effective", "Effective"), ("ineffective", "Not Effective")], readonly=True, copy=False, tracking=True
    )
    state = fields.Selection(
        [("open", "Open"), ("late", "Late"), ("done", "Done"), ("checked", "Checked")],
        compute="_compute_state",
        search="_search_state",
    )

    @api.depends("done_date", "date_deadline", "effect")
    def _compute_state(self):
        today = fields.Date.context_today(self)
        for measure in self:
            if measure.effect:
                measure.state = "checked"
            elif measure.done_date:
                measure.state = "done"
            else:
                measure.state = "late" if measure.date_deadline and measure.date_deadline < today else "open"

    def _search_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = fields.Date.context_today(self)
        parts = {
            "checked": fields.Domain("effect", "!=", False),
            "done": fields.Domain("effect", "=", False) & fields.Domain("done_date", "!=", False),
            "late": fields.Domain("done_date", "=", False) & fields.Domain("date_deadline", "<", today),
            "open": fields.Domain("done_date", "=", False) & fields.Domain("date_deadline", ">=", today),
        }
        return fields.Domain.OR(part for name, part in parts.items() if name in value)

    @api.model_create_multi
    def create(self, vals_list):
        """Agree on actions; their owners are told.

        :raises AccessError: for people who do not handle the complaint
        """
        self._refuse_steps(vals_list)
        # No default of the caller's context counts.
        stamps = dict.fromkeys(("done_date", "check_date", "checker_id", "effect"), False)
        measures = super().create([{**stamps, **vals} for vals in vals_list])
        measures._check_may_plan()
        for measure in measures:
            measure.sudo().activity_schedule(
                "mail.mail_activity_data_todo",
                date_deadline=measure.date_deadline,
                summary=measure.name,
                user_id=measure.user_id.id,
            )
        return measures

    def write(self, vals):
        if not self.env.su:
            self._refuse_steps([vals])
            self._check_may_plan()
            if "user_id" in vals and any(measure.done_date for measure in self):
                raise AccessError(self.env._("Whoever has done it stays the owner: somebody else checks it."))
        result = super().write(vals)
        if not self.env.su:
            self._check_may_plan()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_planned(self):
        self._check_may_plan()

    def action_done(self):
        """Say that it is done. For the owner."""
        self.check_access("read")
        for measure in self:
            if self.env.user != measure.user_id:
                raise AccessError(
                    self.env._("%(owner)s does this and says when it is done.", owner=measure.user_id.name)
                )
        self.sudo().write({"done_date": fields.Date.context_today(self)})
        self.sudo().activity_feedback(["mail.mail_activity_data_todo"])
        return True

    def action_effective(self):
        """Say that it worked. For somebody else than the owner."""
        return self._judge("effective")

    def action_ineffective(self):
        """Say that it did not work. For somebody else than the owner."""
        return self._judge("ineffective")

    def _judge(self, effect):
        self._check_may_plan()
        for measure in self:
            if not measure.done_date or self.env.user == measure.user_id:
                raise AccessError(
                    self.env._("Somebody else than %(owner)s checks it, once it is done.", owner=measure.user_id.name)
                )
        self.sudo().write({"effect": effect, "check_date": fields.Date.context_today(self), "checker_id": self.env.uid})
        return True

    def _refuse_steps(self, vals_list):
        steps = {"done_date", "check_date", "checker_id", "effect"}
        if not self.env.su and any(steps & set(vals) for vals in vals_list):
            raise AccessError(self.env._("The owner says that it is done, somebody else that it worked: by a button."))

    def _check_may_plan(self):
        if self.env.su:
            return
        self.complaint_id._check_may_handle()
        self.opinion_id.check_access("read")
        for measure in self.filtered(lambda found: not found.complaint_id):
            if not self.env.user.has_group("sales_complaints.group_complaint_manager"):
                raise AccessError(
                    self.env._("%(action)s belongs to no complaint: ask a complaint manager.", action=measure.name)
                )
