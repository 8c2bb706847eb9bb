# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import fields, models


class SalesConfidentialityCheck(models.Model):
    """What a self-test of a rule found on one channel."""

    _name = "sales.confidentiality.check"
    _description = "Coverage of a Rule"
    _order = "rule_id, sequence"

    rule_id = fields.Many2one("sales.confidentiality.rule", required=True, index=True, ondelete="cascade")
    sequence = fields.Integer()
    channel = fields.Char(required=True, readonly=True)
    result = fields.Selection(
        [("closed", "Closed"), ("allowed", "Allowed on purpose"), ("open", "Open")], required=True, readonly=True
    )
    note = fields.Char("Because", readonly=True)
    date = fields.Datetime("When", readonly=True)
