# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import fields, models
from odoo.exceptions import UserError


class SalesConfidentialityAgreementRequest(models.TransientModel):
    """Ask many people at once to sign something."""

    _name = "sales.confidentiality.agreement.request"
    _description = "Ask to Sign"

    template_id = fields.Many2one("sales.confidentiality.agreement.template", "Text", required=True)
    user_ids = fields.Many2many("res.users", string="Employees", domain="[('share', '=', False)]")
    partner_ids = fields.Many2many("res.partner", string="Partners")
    company_id = fields.Many2one("res.company", required=True, default=lambda self: self.env.company)

    def action_ask(self):
        """Ask all of them.

        :raises UserError: where nobody is named
        """
        self.ensure_one()
        partners = self.user_ids.partner_id | self.partner_ids
        if not partners:
            raise UserError(self.env._("Name at least one person."))
        agreements = self.env["sales.confidentiality.agreement"].create(
            [
                {"template_id": self.template_id.id, "partner_id": partner.id, "company_id": self.company_id.id}
                for partner in partners
            ]
        )
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "sales_confidentiality.sales_confidentiality_agreement_action"
        )
        return {**action, "domain": [("id", "in", agreements.ids)], "context": {}}
