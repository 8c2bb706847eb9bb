# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL, ormcache

# What is asked for so often that the answer is kept.
CACHED = {"shipping_gate_enabled", "shipping_hold_level"}


class ResCompany(models.Model):
    _inherit = "res.company"

    shipping_gate_enabled = fields.Boolean(
        "Shipping Gate",
        help="Goods leave only when the money is in, or when the general manager grants a special release.",
    )
    shipping_hold_level = fields.Selection(
        [
            ("delivery", "No delivery is created"),
            ("reservation", "Nothing is reserved"),
            ("leaving", "Reserved, but cannot leave"),
        ],
        "While Money Is Missing",
        default="reservation",
        required=True,
    )
    shipping_money_level = fields.Selection(
        [("registered", "When the payment is registered"), ("matched", "When it is matched with the bank statement")],
        "Money Is In",
        default="registered",
        required=True,
    )
    shipping_tolerance = fields.Monetary(
        "Tolerance for Bank Fees", help="So much may be missing on an order, because the bank kept it."
    )
    shipping_gate_unlinked = fields.Boolean(
        "Hold Deliveries Without an Order",
        default=True,
        help="Deliveries made by hand leave only when the general manager releases them.",
    )
    shipping_exposure_limit = fields.Monetary(
        "Limit for Special Releases",
        help="Highest total of goods that have left on special release and are not paid for yet. 0: no limit.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        companies = super().create(vals_list)
        if any(CACHED & set(vals) for vals in vals_list):
            self.env.registry.clear_cache()
        return companies

    def write(self, vals):
        switched_on = self.browse()
        if vals.get("shipping_gate_enabled"):
            switched_on = self.filtered(lambda company: not company.shipping_gate_enabled)
        result = super().write(vals)
        if CACHED & set(vals):
            self.env.registry.clear_cache()
        terms = {"shipping_gate_enabled", "shipping_money_level", "shipping_tolerance", "shipping_request_required"}
        if terms & set(vals):
            self.env["sale.order"]._gate_forget_marks(self)
        switched_on._gate_spare_under_way()
        return result

    @api.model
    @ormcache()
    def _gate_watched(self):
        """Return whether any company has its gate on; spares all others every further query."""
        return bool(self.sudo().search_count([("shipping_gate_enabled", "=", True)], limit=1))

    def _sales_money_watched(self):
        return super()._sales_money_watched() or self._gate_watched()

    @api.model
    def _gate_check_terms(self, terms, vals_list):
        """Refuse to write what an order is worth without the right to sell.

        :param set terms: names of fields that only sales may write; core lets the warehouse write them too
        :param list vals_list: what is to be written
        :raises AccessError: when a gate is on
        """
        if self.env.su or not self._gate_watched():
            return
        names = set().union(*vals_list)
        if names & terms and not self.env.user.has_group("sales_team.group_sale_salesman"):
            raise AccessError(self.env._("Only sales can change what an order is worth. Ask the salesperson."))

    def _gate_spare_under_way(self):
        """Leave alone what is under way on the day of switching on.

        What was ordered and is not delivered yet on lines with a delivery may leave as if there were no gate; what
        is added to an order later may not.
        """
        if not self:
            return
        if not (self.env.su or self.env.user.has_group("base.group_system")):
            raise AccessError(self.env._("Only an administrator can switch the shipping gate on."))
        for model in ("stock.move", "sale.order.line", "stock.picking"):
            self.env[model].flush_model()
        self.env.execute_query(
            SQL(
                """
                UPDATE sale_order_line line SET shipping_spared_qty = line.product_uom_qty
                 WHERE line.company_id = ANY(%(companies)s)
                   AND EXISTS (SELECT FROM stock_move move
                                WHERE move.sale_line_id = line.id AND move.state != 'cancel')
                RETURNING line.id
                """,
                companies=list(self.ids),
            )
        )
        # Only what went out: another move could be turned to a customer later.
        exits = self.env["stock.location"].sudo().with_context(active_test=False)
        exits = exits.search([("usage", "!=", "view")])._gate_exits()
        self.env.execute_query(
            SQL(
                """
                UPDATE stock_move SET shipping_passed_qty = product_qty
                 WHERE company_id = ANY(%(companies)s)
                   AND (state = 'done' OR (sale_line_id IS NULL AND state NOT IN ('cancel', 'draft')))
                   AND location_dest_id = ANY(%(exits)s) AND location_id != ALL(%(customers)s)
                RETURNING id
                """,
                companies=list(self.ids),
                exits=exits.ids,
                customers=exits.filtered(lambda place: place.usage == "customer").ids,
            )
        )
        self.env["stock.move"].invalidate_model(["shipping_passed_qty"])
        self.env["sale.order.line"].invalidate_model(["shipping_spared_qty"])
