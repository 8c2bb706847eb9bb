# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import fields, models
from odoo.tools import SQL


class SalesShippingLeft(models.Model):
    """Deliveries that have left: in time or not, by the rule or by exception, how long they took (SHP-9, 13)."""

    _name = "sales.shipping.left"
    _description = "Shipping Analysis"
    _auto = False
    _order = "date desc"
    _rec_name = "picking_id"

    picking_id = fields.Many2one("stock.picking", "Delivery", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    order_id = fields.Many2one("sale.order", readonly=True)
    partner_id = fields.Many2one("res.partner", "Customer", readonly=True)
    user_id = fields.Many2one("res.users", "Salesperson", readonly=True)
    carrier_id = fields.Many2one("delivery.carrier", readonly=True)
    date = fields.Datetime("Left On", readonly=True)
    on_time = fields.Float(
        "On Time (%)", readonly=True, aggregator="avg", help="Received, else left, not after the promised day."
    )
    exception = fields.Float(
        "By Exception (%)",
        readonly=True,
        aggregator="avg",
        help="On special release, on finance's word, or released without an order.",
    )
    order_days = fields.Float("Days from Order to Leaving", readonly=True, aggregator="avg")
    incident = fields.Float("With an Incident (%)", readonly=True, aggregator="avg")

    @property
    def _table_query(self):
        days = self.env["res.company"]
        return SQL(
            """
            SELECT picking.id, picking.id AS picking_id, picking.company_id, picking.sale_id AS order_id,
                   partner.commercial_partner_id AS partner_id, sale.user_id, picking.carrier_id,
                   picking.date_done AS date,
                   CASE WHEN picking.date_deadline IS NULL THEN NULL
                        WHEN %(arrived)s <= %(promised)s THEN 100.0
                        ELSE 0.0 END AS on_time,
                   CASE WHEN excepted.date <= picking.date_done OR unlinked.picking_id IS NOT NULL
                        THEN 100.0 ELSE 0.0 END AS exception,
                   EXTRACT(EPOCH FROM picking.date_done - sale.date_order) / 86400.0 AS order_days,
                   CASE WHEN incident.picking_id IS NOT NULL THEN 100.0 ELSE 0.0 END AS incident
              FROM stock_picking picking
              JOIN res_company company ON company.id = picking.company_id AND company.shipping_gate_enabled
              JOIN %(zones)s zone ON zone.company_id = picking.company_id
              JOIN stock_location target ON target.id = picking.location_dest_id AND target.usage = 'customer'
              JOIN stock_location source ON source.id = picking.location_id AND source.usage != 'customer'
         LEFT JOIN res_partner partner ON partner.id = picking.partner_id
         LEFT JOIN sale_order sale ON sale.id = picking.sale_id
         LEFT JOIN sales_shipping_receipt receipt ON receipt.picking_id = picking.id
         LEFT JOIN (SELECT order_id, MIN(date) AS date FROM sales_shipping_decision
                     WHERE kind IN ('release', 'confirmation')
                     GROUP BY order_id) excepted ON excepted.order_id = picking.sale_id
         LEFT JOIN (SELECT DISTINCT picking_id FROM sales_shipping_decision
                     WHERE kind = 'unlinked') unlinked ON unlinked.picking_id = picking.id
         LEFT JOIN (SELECT DISTINCT picking_id FROM sales_shipping_incident) incident
                ON incident.picking_id = picking.id
             WHERE picking.state = 'done'
            """,
            arrived=days._shipping_day(SQL("COALESCE(receipt.date, picking.date_done)")),
            promised=days._shipping_day(SQL("picking.date_deadline")),
            zones=days._shipping_zones(),
        )
