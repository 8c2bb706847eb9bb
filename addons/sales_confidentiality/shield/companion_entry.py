# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo.exceptions import AccessError
from odoo.fields import Domain

from .companion_product import may_use_cost
from .companions import companion
from .guard import is_inside

BOOKKEEPERS = "account.group_account_readonly,account.group_account_invoice"
COST_OF_SALES = "cogs"


@companion("product.product.standard_price", "account.move.line")
class CostOfSales:
    """Invoices carry the cost of what they sell as entries of their own, and everybody who may read an invoice, its
    salesperson and the customer on the portal, may read these too. They are for those who are cleared and for those
    who keep the books.
    """

    __slots__ = ()

    def _search(self, domain, offset=0, limit=None, order=None, *, active_test=True, bypass_access=False):
        if self._shield_hides_cost_of_sales():
            domain = Domain(domain) & Domain("display_type", "!=", COST_OF_SALES)
        return super()._search(domain, offset, limit, order, active_test=active_test, bypass_access=bypass_access)

    def _check_access(self, operation):
        refused = super()._check_access(operation)
        if not self._ids or not self._shield_hides_cost_of_sales():
            return refused
        lines = self.filtered(lambda line: line.sudo().display_type == COST_OF_SALES)
        if not lines:
            return refused
        return (refused[0] | lines, refused[1]) if refused else (lines, self._shield_cost_refusal)

    def _shield_hides_cost_of_sales(self):
        env = self.env
        return not (env.su or is_inside(env) or may_use_cost(env) or env.user.has_groups(BOOKKEEPERS))

    def _shield_cost_refusal(self):
        return AccessError(self.env._("What goods have cost is confidential here, and you are not cleared for it."))
