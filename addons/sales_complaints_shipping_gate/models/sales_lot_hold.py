# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class SalesLotHold(models.Model):
    """A lot that does not leave because of a complaint, until the technical judge lifts the hold (CMP-2)."""

    _name = "sales.lot.hold"
    _description = "Lot Hold"
    _inherit = ["sales.evidence.mixin"]
    _order = "id desc"
    _rec_name = "lot_name"

    company_id = fields.Many2one("res.company", required=True, index=True, readonly=True)
    lot_id = fields.Many2one(
        "stock.lot", "Lot or Serial Number", required=True, index=True, readonly=True, ondelete="restrict"
    )
    lot_name = fields.Char("Lot Number", required=True, readonly=True)
    product_id = fields.Many2one("product.product", required=True, readonly=True, ondelete="restrict")
    complaint_id = fields.Many2one("sales.complaint", required=True, index=True, readonly=True, ondelete="restrict")
    complaint_name = fields.Char("Complaint Number", required=True, readonly=True)
    user_id = fields.Many2one("res.users", "Held By", required=True, readonly=True, ondelete="restrict")
    date = fields.Datetime("Held Since", required=True, readonly=True)
    lifted_date = fields.Datetime("Lifted On", readonly=True)
    lifter_id = fields.Many2one("res.users", "Lifted By", readonly=True, ondelete="restrict")
    lift_reason = fields.Text("Lifted Because", readonly=True)

    def action_lift(self):
        """Open the form in which the technical judge says why a hold is lifted."""
        self._check_may_lift()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Lift the Hold"),
            "res_model": "sales.lot.hold.lift",
            "view_mode": "form",
            "target": "new",
            "context": {"default_hold_ids": self.ids},
        }

    def _lift(self, reason):
        """Let lots leave again. For technical judges who are no party to the complaint.

        :raises UserError: without a reason, or when a hold was lifted before
        """
        self._check_may_lift()
        if not (reason or "").strip():
            raise UserError(self.env._("Please say why the lot may leave again."))
        self._evidence_write(
            {"lifted_date": fields.Datetime.now(), "lifter_id": self.env.uid, "lift_reason": reason.strip()}
        )

    def _check_may_lift(self):
        self.check_access("read")
        judge = self.env.user.has_group("sales_policy.group_technical_judge")
        for hold in self.sudo():
            if not judge or self.env.user in hold.complaint_id._involved():
                raise AccessError(
                    self.env._("%(lot)s: a technical judge who is no party to it lifts the hold.", lot=hold.lot_name)
                )
            if hold.lifted_date:
                raise UserError(self.env._("%(lot)s is not held any more.", lot=hold.lot_name))

    @api.model
    def _of(self, lots, companies):
        """Return the holds that stand on some lots in some companies, as superuser."""
        if not lots:
            return self.sudo().browse()
        return self.sudo().search(
            [("lot_id", "in", lots.ids), ("company_id", "in", companies.ids), ("lifted_date", "=", False)]
        )

    def _reasons(self):
        """Return why these lots do not leave, a sentence each."""
        return [
            self.env._(
                "Held for quality since %(date)s: lot %(lot)s of %(product)s, because of complaint %(complaint)s. A "
                "technical judge lifts the hold.",
                date=hold.company_id._sales_format_moment(hold.date),
                lot=hold.lot_name,
                product=hold.product_id.display_name,
                complaint=hold.complaint_name,
            )
            for hold in self
        ]
