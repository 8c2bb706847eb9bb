# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, models

from ..shield.need import visible_ids


class HrEmployee(models.Model):
    _inherit = "hr.employee"

    @api.model_create_multi
    def create(self, vals_list):
        given = {} if self.env.su else self.default_get(["work_contact_id"])
        self._confidentiality_check_contacts({**given, **vals}.get("work_contact_id") for vals in vals_list)
        return super().create(vals_list)

    def write(self, vals):
        """Let clearances follow when somebody leaves.

        :raises AccessError: where a customer would become a colleague, whose phone is no secret
        """
        self._confidentiality_check_contacts([vals.get("work_contact_id")])
        result = super().write(vals)
        if {"active", "user_id"} & set(vals):
            self.env["sales.confidentiality.clearance"]._forget_live()
        return result

    def _confidentiality_check_contacts(self, contact_ids):
        if self.env.su:
            return
        contacts = self.env["res.partner"].browse(filter(None, contact_ids))
        denied = getattr(contacts, "_shield_denied", dict)() if contacts else {}
        for name, guard in denied.items():
            if not guard.oracle and set(contacts.ids) - visible_ids(contacts, guard):
                raise contacts._shield_refusal([name])
