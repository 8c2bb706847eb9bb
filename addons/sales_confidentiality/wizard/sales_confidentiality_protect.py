# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.exceptions import AccessError

from ..models.sales_confidentiality_clearance import OFFICER

ROLES = (
    "sales_team.group_sale_salesman",
    "sales_team.group_sale_manager",
    "account.group_account_invoice",
    "stock.group_stock_user",
    "base.group_portal",
)


class SalesConfidentialityProtect(models.TransientModel):
    """Switch prepared rules on, after showing what changes for whom."""

    _name = "sales.confidentiality.protect"
    _description = "Protect Sales Data"

    rule_ids = fields.Many2many(
        "sales.confidentiality.rule",
        string="Rules",
        domain=[("active", "=", False)],
        context={"active_test": False},
        default=lambda self: self._default_rules(),
    )
    effect = fields.Text("What Changes", compute="_compute_effect")

    @api.model
    def _default_rules(self):
        xml_ids = ("sales_confidentiality_rule_cost", "sales_confidentiality_rule_phone")
        rules = [self.env.ref(f"sales_confidentiality.{name}", raise_if_not_found=False) for name in xml_ids]
        return self.env["sales.confidentiality.rule"].union(*filter(None, rules)).filtered(lambda r: not r.active)

    @api.depends("rule_ids")
    def _compute_effect(self):
        Clearance = self.env["sales.confidentiality.clearance"]
        groups = [group for group in (self.env.ref(name, raise_if_not_found=False) for name in ROLES) if group]
        for wizard in self:
            lines = []
            for rule in wizard.rule_ids:
                lines.append(self.env._("%(rule)s – without clearance:", rule=rule.name))
                for group in groups:
                    people = group.sudo().all_user_ids.filtered("active")
                    losing = people - Clearance._cleared(people, rule.category_id, rule.level_id)
                    lines.append(
                        self.env._(
                            "    %(role)s: %(count)s of %(total)s",
                            role=group.full_name,
                            count=len(losing),
                            total=len(people),
                        )
                    )
                if rule.note:
                    lines.append(f"    {rule.note}")
            wizard.effect = "\n".join(lines)

    def action_apply(self):
        """Switch the chosen rules on; papers for carriers go on showing the phone.

        :raises AccessError: for everybody but confidentiality officers
        """
        if not self.env.user.has_group(OFFICER):
            raise AccessError(self.env._("Only a confidentiality officer can do this."))
        self.rule_ids.active = True
        slip = self.env.ref("stock.action_report_delivery", raise_if_not_found=False)
        if slip:
            slip.sudo().sales_confidential_open = True
        return {"type": "ir.actions.act_window_close"}
