# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import models


class AccountPayment(models.Model):
    _inherit = "account.payment"

    def _gate_is_on_statement(self):
        """Return whether the bank says that this payment came, as far as the bank is asked (SHP-3).

        A miscellaneous entry clears an outstanding payment too, but no bank statement does.
        """
        self.ensure_one()
        is_direct = not self.outstanding_account_id or self.outstanding_account_id == self.journal_id.default_account_id
        return self.is_matched and (is_direct or bool(self.reconciled_statement_line_ids))
