# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import models

from ..shield.guard import guard_of, is_shown


class IrQweb(models.AbstractModel):
    _inherit = "ir.qweb"

    def _get_field(self, record, field_name, expression, tagName, field_options, values):
        """Leave out of reports and pages what their reader may not see; they are often rendered as superuser."""
        guard = guard_of(record, field_name)
        if guard is not None and not is_shown(record, field_name):
            return ({}, "", False)
        if guard is not None:
            record._shield_audit_print(field_name)
        return super()._get_field(record, field_name, expression, tagName, field_options, values)
