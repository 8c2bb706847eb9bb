# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .sales_complaint import DECIDED

ASKED = {"complaint_id", "channel", "contact", "text", "is_sent"}


class SalesComplaintReply(models.Model):
    """The proof that a customer was told the result: who told whom, when, how and what (CMP-3)."""

    _name = "sales.complaint.reply"
    _description = "Customer Informed"
    _inherit = ["sales.evidence.mixin"]
    _order = "id desc"
    _rec_name = "channel"

    complaint_id = fields.Many2one("sales.complaint", required=True, index=True, ondelete="restrict")
    round = fields.Integer(required=True, readonly=True)
    user_id = fields.Many2one("res.users", "Told By", required=True, readonly=True, ondelete="restrict")
    date = fields.Datetime("Told On", required=True, readonly=True)
    channel = fields.Selection(
        [("call", "Call"), ("email", "E-mail"), ("letter", "Letter"), ("visit", "Visit"), ("message", "Message")],
        "How",
        required=True,
        default="call",
    )
    contact = fields.Char("Who Was Told", required=True)
    text = fields.Text("What", required=True)
    is_sent = fields.Boolean("Send It by Mail Now", default=True)

    @api.model_create_multi
    def create(self, vals_list):
        """Record that customers were told, by the current user and just now.

        :raises AccessError: for people who do not handle the complaint, and for values that the server fills in
        :raises UserError: before the complaint is decided
        """
        if any(set(vals) - ASKED for vals in vals_list):
            raise AccessError(self.env._("Who told the customer and when is recorded by the server."))
        complaints = self.env["sales.complaint"].browse([vals.get("complaint_id") for vals in vals_list])
        complaints._check_may_handle()
        complaints._lock()
        complaints._check_state(*DECIDED)
        for vals in vals_list:
            if not (vals.get("text") or "").strip() or not (vals.get("contact") or "").strip():
                raise UserError(self.env._("Please record who was told, and what."))
        stamped = [
            {**vals, "round": complaint.round, "user_id": self.env.uid, "date": fields.Datetime.now()}
            for complaint, vals in zip(complaints, vals_list)
        ]
        replies = super().create(stamped)
        complaints._informed(replies)
        for reply in replies.filtered("is_sent"):
            reply.complaint_id._message_to_customer(reply.text)
        return replies
