# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import fields, models

from ..models.sales_opinion import SCORES

NUMBERS = [(str(number), str(number)) for number in range(1, 6)]


class SalesOpinionAnswer(models.TransientModel):
    """What a customer said on the phone or on a visit, taken down by staff and marked as such (CMP-8)."""

    _name = "sales.opinion.answer"
    _description = "Take Down an Opinion"

    opinion_id = fields.Many2one("sales.opinion", required=True, readonly=True)
    channel = fields.Selection([("phone", "Phone"), ("visit", "Visit")], required=True, default="visit")
    score = fields.Selection(NUMBERS, "On the Whole", required=True)
    score_goods = fields.Selection(NUMBERS, "Goods")
    score_delivery = fields.Selection(NUMBERS, "Delivery and Transport")
    score_service = fields.Selection(NUMBERS, "Service")
    score_price = fields.Selection(NUMBERS, "Price")
    text = fields.Text("What Could Be Better")

    def action_apply(self):
        """Keep the answer; it says who took it down. For who sees the opinion."""
        self.ensure_one()
        self.opinion_id.check_access("read")
        scores = {name: int(self[name] or 0) for name in SCORES}
        self.opinion_id._answer(scores, self.text, self.channel, self.env.user)
        return {"type": "ir.actions.act_window_close"}
