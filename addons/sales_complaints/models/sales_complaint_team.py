# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import fields, models


class SalesComplaintTeam(models.Model):
    """People who take in complaints, with a mail address of their own."""

    _name = "sales.complaint.team"
    _description = "Complaint Team"
    _inherit = ["mail.alias.mixin", "mail.thread"]
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    company_id = fields.Many2one("res.company", required=True, default=lambda self: self.env.company, index=True)
    user_id = fields.Many2one(
        "res.users",
        "Handled By",
        domain="[('share', '=', False)]",
        help="Who gets new complaints of this team.",
    )
    manager_id = fields.Many2one(
        "res.users",
        "Told When Late",
        domain="[('share', '=', False)]",
        help="Without one: the complaint managers. The general managers are told a working day later.",
    )
    type_id = fields.Many2one(
        "sales.complaint.type",
        "Type of Mails",
        required=True,
        check_company=True,
        help="What a complaint by e-mail is taken for until somebody has read it.",
    )
    alias_id = fields.Many2one(help="Mails to this address become complaints.")

    def _alias_get_creation_values(self):
        values = super()._alias_get_creation_values()
        values["alias_model_id"] = self.env["ir.model"]._get_id("sales.complaint")
        if self.id:
            values["alias_defaults"] = {"team_id": self.id}
            values["alias_parent_thread_id"] = self.id
            values["alias_parent_model_id"] = self.env["ir.model"]._get_id(self._name)
        return values
