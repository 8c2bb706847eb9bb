# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models


class SalesCredit(models.Model):
    """Who gets the credit for a confirmed order (OWN-3). The latest record of an order counts.

    The first one is written when the order is confirmed; a further one only by a sales manager's decision.
    """

    _name = "sales.credit"
    _inherit = ["sales.evidence.mixin"]
    _description = "Credit for an Order"
    _order = "id desc"
    _rec_name = "user_id"

    order_id = fields.Many2one("sale.order", required=True, index=True, ondelete="restrict", readonly=True)
    order_name = fields.Char("Order Number", required=True, readonly=True)
    company_id = fields.Many2one("res.company", required=True, ondelete="restrict", readonly=True)
    group_id = fields.Many2one("sales.customer.group", "Customer Group", readonly=True, ondelete="restrict")
    partner_name = fields.Char("Customer at the Time", readonly=True)
    user_id = fields.Many2one("res.users", "Credited", index=True, ondelete="restrict", readonly=True)
    closer_id = fields.Many2one("res.users", "Salesperson of the Order", ondelete="restrict", readonly=True)
    basis = fields.Selection(
        [("owner", "Protected Owner"), ("salesperson", "Salesperson"), ("decision", "Manager's Decision")],
        required=True,
        readonly=True,
    )
    ownership_id = fields.Many2one("sales.ownership", ondelete="restrict", readonly=True)
    reason = fields.Char(readonly=True)

    @api.model
    def _latest(self, orders):
        """Return the record that counts for each order, in one query.

        :param orders: sale.order
        :return: dict of order id to sales.credit (as superuser); orders without credit are absent
        """
        rows = self.sudo().search_fetch(
            [("order_id", "in", orders.ids)],
            ["order_id", "user_id", "basis", "reason", "closer_id"],
            order="id",
        )
        return {row.order_id.id: row for row in rows}
