# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import fields, models
from odoo.exceptions import AccessError

from .ir_attachment import CLASS
from .sales_confidentiality_clearance import OFFICER


class ProductTemplate(models.Model):
    """Products that only partners with a confidentiality agreement get offered (CON-3)."""

    _inherit = "product.template"

    confidentiality_category_id = fields.Many2one(
        "sales.confidentiality.category", "Confidential Category", ondelete="restrict", copy=True
    )
    confidentiality_level_id = fields.Many2one(
        "sales.confidentiality.level", "Confidentiality", ondelete="restrict", copy=True
    )

    _confidentiality_class_whole = models.Constraint(
        "CHECK ((confidentiality_category_id IS NULL) = (confidentiality_level_id IS NULL))",
        "A classified product needs both, a category and a level.",
    )

    def write(self, vals):
        """Change products. What is classified is classified differently by an officer only.

        :raises AccessError: for everybody else
        """
        for template in self.sudo():
            if template.confidentiality_level_id and any(
                name in vals and vals[name] != template[name].id for name in CLASS
            ):
                self._confidentiality_check_officer()
        return super().write(vals)

    def copy_data(self, default=None):
        # The copy is as confidential as the original, whatever is asked.
        return super().copy_data({name: value for name, value in (default or {}).items() if name not in CLASS})

    def _confidentiality_check_officer(self):
        if not self.env.su and not self.env.user.has_group(OFFICER):
            raise AccessError(self.env._("Only a confidentiality officer decides how confidential a product is."))
