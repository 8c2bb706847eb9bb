# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, models
from odoo.exceptions import AccessError


class AccountPartialReconcile(models.Model):
    _inherit = "account.partial.reconcile"

    @api.model_create_multi
    def create(self, vals_list):
        self._gate_check_accountant()
        return super().create(vals_list)

    def write(self, vals):
        self._gate_check_accountant()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_not_accountant(self):
        self._gate_check_accountant()

    def _gate_check_accountant(self):
        """Refuse that the warehouse matches payments with invoices, which core's access rights let it do.

        :raises AccessError: for everybody without accounting rights, when a gate is on
        """
        if self.env.su or self.env.user.has_group("account.group_account_invoice"):
            return
        if self.env["res.company"]._gate_watched():
            raise AccessError(self.env._("Only accounting matches payments with invoices."))
