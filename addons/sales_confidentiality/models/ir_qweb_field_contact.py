# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, models

from ..shield.guard import guard_of, is_shown


class IrQwebFieldContact(models.AbstractModel):
    _inherit = "ir.qweb.field.contact"

    @api.model
    def value_to_html(self, value, options):
        """Leave out of an address what its reader may not see: the host reads it as superuser."""
        if value and len(value) == 1 and value._name == "res.partner":
            names = options.get("fields") or ["name", "address", "phone", "email"]
            shown = [name for name in names if name not in value._fields or is_shown(value, name)]
            for name in shown:
                if name in value._fields and guard_of(value, name) is not None:
                    value._shield_audit_print(name)
            if len(shown) != len(names):
                options = {**options, "fields": shown or ["none"]}
        return super().value_to_html(value, options)
