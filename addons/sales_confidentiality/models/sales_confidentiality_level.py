# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import fields, models
from odoo.exceptions import UserError


class SalesConfidentialityLevel(models.Model):
    """How sensitive something is (CON-2). A clearance of a level covers the levels below it."""

    _name = "sales.confidentiality.level"
    _description = "Level of Confidentiality"
    _inherit = ["sales.cached.mixin"]
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, help="Fixed name for rules and imports.")
    sequence = fields.Integer(required=True, help="The higher, the more sensitive.")

    _code_unique = models.Constraint("UNIQUE (code)", "There is a level with this code already.")
    _sequence_unique = models.Constraint("UNIQUE (sequence)", "Two levels cannot have the same rank.")

    def write(self, vals):
        """Change levels; their order stays as soon as somebody was cleared by it (CON-2).

        :raises UserError: where another order would let people see more than they were cleared for
        """
        if any("sequence" in vals and vals["sequence"] != level.sequence for level in self):
            # sudo: whoever was cleared, in whichever company
            if self.env["sales.confidentiality.clearance"].sudo().search_count([("id", "!=", False)], limit=1):
                raise UserError(
                    self.env._("People were cleared by this order of levels, so it stays. Add another level instead.")
                )
        return super().write(vals)
