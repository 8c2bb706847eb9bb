# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models

KINDS = [
    ("nda", "Confidentiality Agreement"),
    ("commitment", "Letter of Commitment"),
    ("statement", "Device and Clean-Desk Statement"),
    ("deletion", "Confirmation of Return and Deletion"),
]
TERMS = {"name", "kind", "body", "valid_months"}


class SalesConfidentialityAgreementTemplate(models.Model):
    """What people are asked to sign (CON-3, CON-6). Whatever was signed keeps its own copy of the text."""

    _name = "sales.confidentiality.agreement.template"
    _description = "Text of an Agreement"
    _inherit = ["mail.thread"]
    _order = "kind, sequence, id"

    name = fields.Char(required=True, translate=True)
    kind = fields.Selection(KINDS, required=True, default="nda")
    body = fields.Html(
        "Text",
        required=True,
        translate=True,
        help="[NAME], [COMPANY] and [DATE] are filled in when somebody is asked to sign.",
    )
    version = fields.Integer(default=1, readonly=True, copy=False, tracking=True)
    valid_months = fields.Integer(
        "Valid For (Months)", default=12, required=True, help="0: until it is ended. Counted from the signature."
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", index=True, help="Leave empty for all companies.")

    _validity_not_negative = models.Constraint(
        "CHECK (valid_months >= 0)", "An agreement is valid for a month at least, or 0 for no end."
    )

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([{**vals, "version": 1} for vals in vals_list])

    def write(self, vals):
        """Change texts. Each change of what is signed makes a new version."""
        vals = {name: value for name, value in vals.items() if name != "version"}
        if TERMS & set(vals):
            for template in self:
                super(SalesConfidentialityAgreementTemplate, template).write({"version": template.version + 1})
        return super().write(vals) if vals else True

    def action_ask(self):
        """Open the form in which people are asked to sign this."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Ask to Sign"),
            "res_model": "sales.confidentiality.agreement.request",
            "view_mode": "form",
            "target": "new",
            "context": {"default_template_id": self.id},
        }
