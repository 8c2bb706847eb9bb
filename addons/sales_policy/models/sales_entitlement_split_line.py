# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models


class SalesEntitlementSplitLine(models.Model):
    _name = "sales.entitlement.split.line"
    _description = "Share of a Proposed Split"
    _order = "share desc, id"

    split_id = fields.Many2one("sales.entitlement.split", required=True, index=True, ondelete="cascade")
    user_id = fields.Many2one(
        "res.users", "Person", required=True, ondelete="restrict", domain="[('share', '=', False)]"
    )
    share = fields.Float("Share (%)", digits=(6, 2), required=True)

    _share_range = models.Constraint("CHECK (share > 0 AND share <= 100)", "A share lies between 0 and 100 %.")

    @api.depends("user_id", "share")
    def _compute_display_name(self):
        for line in self:
            line.display_name = f"{line.user_id.name or ''} {line.share:g} %"

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.split_id._check_open()
        return lines

    def write(self, vals):
        self.split_id._check_open()
        result = super().write(vals)
        self.split_id._check_open()
        return result

    def unlink(self):
        self.split_id._check_open()
        return super().unlink()
