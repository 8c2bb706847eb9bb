# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import split_every


class StockRule(models.Model):
    _inherit = "stock.rule"

    @api.model
    def _run_scheduler_tasks(self, use_new_cursor=False, company_id=False):
        """Reserve for the deliveries of companies that rank them first, highest score first (SHP-11)."""
        ranking = Domain("company_id.shipping_priority_enabled", "=", True)
        moves = self.env["stock.move"].sudo()
        if self.env["res.company"].sudo().search_count([("shipping_priority_enabled", "=", True)], limit=1):
            self.env["stock.picking"]._cron_shipping_rank()
            domain = Domain(self._get_moves_to_assign_domain(company_id)) & ranking
            moves = moves.search(domain & Domain("picking_id.shipping_score", ">", 0))
        for chunk in split_every(1000, moves._shipping_by_score().ids):
            self.env["stock.move"].browse(chunk).sudo()._action_assign()
            if use_new_cursor:
                self.env.cr.commit()  # pylint: disable=invalid-commit
        return super()._run_scheduler_tasks(use_new_cursor=use_new_cursor, company_id=company_id)
