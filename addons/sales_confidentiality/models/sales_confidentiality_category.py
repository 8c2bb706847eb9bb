# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import fields, models


class SalesConfidentialityCategory(models.Model):
    """One kind of confidential information (CON-1); a clearance is for one of them."""

    _name = "sales.confidentiality.category"
    _description = "Category of Confidential Information"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, help="Fixed name for rules and imports.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    description = fields.Text(translate=True)
    review_months = fields.Integer(
        "Review Every (Months)", default=12, required=True, help="How often each clearance is looked at again."
    )

    _code_unique = models.Constraint("UNIQUE (code)", "There is a category with this code already.")
    _review_positive = models.Constraint("CHECK (review_months > 0)", "Clearances are reviewed after a month at least.")
