# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from typing import NamedTuple

from dateutil.relativedelta import relativedelta

from odoo import fields, models
from odoo.tools import SQL

# Fewer deliveries than these say nothing about a carrier.
ENOUGH = 5


class Record(NamedTuple):
    """What a carrier has done in the last year."""

    count: int
    on_time: float  # percent
    damaged: float  # percent
    price: float  # average, as entered on the deliveries


class DeliveryCarrier(models.Model):
    """How a carrier serves: on time, without damage, at which price; who serves badly is replaced (SHP-9)."""

    _inherit = "delivery.carrier"

    shipping_count = fields.Integer("Deliveries in a Year", compute="_compute_shipping_record")
    shipping_on_time = fields.Float("On Time (%)", compute="_compute_shipping_record", digits=(5, 1))
    shipping_damaged = fields.Float("Damaged or Lost (%)", compute="_compute_shipping_record", digits=(5, 1))
    shipping_price = fields.Float("Average Price", compute="_compute_shipping_record", digits=(12, 2))
    shipping_score = fields.Float("Carrier Score", compute="_compute_shipping_record", digits=(5, 1))

    def _compute_shipping_record(self):
        records = self._origin._shipping_records(self.env.companies)
        for carrier in self:
            record = records[carrier._origin]
            carrier.shipping_count = record.count
            carrier.shipping_on_time = record.on_time
            carrier.shipping_damaged = record.damaged
            carrier.shipping_price = record.price
            carrier.shipping_score = record.on_time - record.damaged if record.count else 0

    def _shipping_records(self, companies):
        """Return what each carrier has done for some companies in the last year, in one statement.

        On time is what arrived, or where nobody confirmed the receipt left, not after the promised date.

        :return: dict of delivery.carrier to Record
        """
        empty = Record(0, 0.0, 0.0, 0.0)
        if not self:
            return {}
        for model in ("stock.picking", "sales.shipping.incident", "sales.shipping.receipt"):
            self.env[model].flush_model()
        days = self.env["res.company"]
        rows = self.env.execute_query(
            SQL(
                """
                SELECT picking.carrier_id, COUNT(*),
                       100.0 * COUNT(*) FILTER (WHERE picking.date_deadline IS NULL
                           OR %(arrived)s <= %(promised)s)
                           / COUNT(*),
                       100.0 * COUNT(*) FILTER (WHERE EXISTS (
                           SELECT FROM sales_shipping_incident incident
                            WHERE incident.picking_id = picking.id AND incident.kind IN ('damage', 'loss')
                              AND incident.carrier_id = picking.carrier_id)) / COUNT(*),
                       COALESCE(AVG(NULLIF(picking.carrier_price, 0)), 0)
                  FROM stock_picking picking
                  JOIN %(zones)s zone ON zone.company_id = picking.company_id
             LEFT JOIN sales_shipping_receipt receipt ON receipt.picking_id = picking.id
                 WHERE picking.carrier_id = ANY(%(carriers)s) AND picking.company_id = ANY(%(companies)s)
                   AND picking.state = 'done' AND picking.date_done >= %(since)s
                 GROUP BY picking.carrier_id
                """,
                carriers=list(self.ids),
                companies=list(companies.ids),
                arrived=days._shipping_day(SQL("COALESCE(receipt.date, picking.date_done)")),
                promised=days._shipping_day(SQL("picking.date_deadline")),
                zones=days._shipping_zones(),
                since=fields.Datetime.now() - relativedelta(years=1),
            )
        )
        found = {row[0]: Record(row[1], float(row[2]), float(row[3]), float(row[4])) for row in rows}
        return {carrier: found.get(carrier.id, empty) for carrier in self}

    def _shipping_standing(self, company):
        """Return whether a company warns of each carrier or blocks it because of what it has done.

        Carriers with too few deliveries are free.

        :return: dict of delivery.carrier to (False or "warn" or "block", score)
        """
        standing = {}
        for carrier, record in self._shipping_records(company).items():
            score = record.on_time - record.damaged
            level = False
            if record.count >= ENOUGH:
                if score < company.shipping_carrier_block:
                    level = "block"
                elif score < company.shipping_carrier_warn:
                    level = "warn"
            standing[carrier] = (level, score)
        return standing

    def _shipping_expected_price(self, order, record):
        """Return what a delivery is expected to cost, in company currency; 0 where nothing is known.

        Carriers with an integration are not asked: that would be a call to their server for each.

        :param order: sale.order, maybe none
        :param record: Record of the carrier
        """
        self.ensure_one()
        if order and self.delivery_type in ("fixed", "base_on_rule"):
            found = self.rate_shipment(order)
            if found["success"]:
                return found["price"]
        return record.price
