# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import models
from odoo.exceptions import UserError


class IrModuleModule(models.Model):
    _inherit = "ir.module.module"

    def button_uninstall(self):
        """Refuse to remove the addon while it alone can open files: their keys would be dropped with it.

        :raises UserError: telling how many files there are and what to do
        """
        if "sales_confidentiality" in (self | self.downstream_dependencies()).mapped("name"):
            number = sum(self.env["ir.attachment"]._confidentiality_key_counts().values())
            if number:
                raise UserError(
                    self.env._(
                        "%(number)s secret files could never be opened again. First store them plainly: "
                        "odoo secretkeys -d DATABASE --lift-all",
                        number=number,
                    )
                )
        return super().button_uninstall()
