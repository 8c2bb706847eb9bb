# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, models


class AccountPartialReconcile(models.Model):
    _inherit = "account.partial.reconcile"

    @api.model_create_multi
    def create(self, vals_list):
        """Note for which invoices money arrived (OWN-6, OWN-8)."""
        partials = super().create(vals_list)
        if self.env["res.company"]._sales_money_watched():
            moves = (partials.debit_move_id | partials.credit_move_id).move_id
            self.env["sale.order"]._sales_money_moved(moves=moves)
        return partials
