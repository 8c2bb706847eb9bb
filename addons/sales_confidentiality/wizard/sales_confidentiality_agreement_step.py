# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import fields, models


class SalesConfidentialityAgreementStep(models.TransientModel):
    """Sign an agreement, record the paper, or end agreements."""

    _name = "sales.confidentiality.agreement.step"
    _description = "Step of an Agreement"

    step = fields.Selection(
        [("sign", "Sign"), ("paper", "Record Signed Paper"), ("end", "End")], required=True, default="sign"
    )
    agreement_ids = fields.Many2many(
        "sales.confidentiality.agreement",
        "sales_confidentiality_agreement_step_rel",
        "step_id",
        "agreement_id",
        required=True,
    )
    text = fields.Html(related="agreement_ids.text")
    name = fields.Char("Your Name")
    signature = fields.Binary()
    file = fields.Binary("Signed Paper")
    file_name = fields.Char()
    date = fields.Date("Signed On", default=lambda self: self.env.company._sales_today())
    reason = fields.Text()

    def action_apply(self):
        """Take the step. What each person may do is checked by the agreement."""
        self.ensure_one()
        if self.step == "sign":
            self.agreement_ids.action_sign(self.name, self.signature)
        elif self.step == "paper":
            self.agreement_ids.action_record_paper(self.file, self.file_name, self.date)
        else:
            self.agreement_ids._end(self.reason)
        return {"type": "ir.actions.act_window_close"}
