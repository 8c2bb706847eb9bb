# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.tools import SQL


class SalesShippingIncident(models.Model):
    """Delays are found by themselves, against the date that was promised (SHP-10)."""

    _inherit = "sales.shipping.incident"

    @api.model
    def _overdue_query(self, now):
        """Return the statement that finds deliveries to customers whose promised date has passed.

        Still here, or left after it, by the day; under a gate; without an incident about a delay. What waits for
        money, for stock to come or for a hold by hand is no delay of the people who ship: what could have left counts.
        """
        company = self.env["res.company"]
        promised = company._shipping_day(SQL("picking.date_deadline"))
        return SQL(
            """
            SELECT picking.id
              FROM stock_picking picking
              JOIN res_company company ON company.id = picking.company_id
              JOIN %(zones)s zone ON zone.company_id = picking.company_id
              JOIN stock_location target ON target.id = picking.location_dest_id
         LEFT JOIN sale_order sale ON sale.id = picking.sale_id
             WHERE company.shipping_gate_enabled AND target.usage = 'customer'
               AND picking.date_deadline < %(now)s AND %(promised)s < %(today)s
               AND (picking.state = 'assigned'
                    OR picking.state = 'done' AND %(left)s > %(promised)s
                       AND picking.date_done > %(now)s::timestamp - interval '30 days')
               AND sale.shipping_gate_mark IS DISTINCT FROM 'held'
               AND NOT EXISTS (SELECT FROM sales_shipping_incident incident
                                WHERE incident.picking_id = picking.id AND incident.kind = 'delay')
             ORDER BY picking.id
            """,
            now=now,
            zones=company._shipping_zones(),
            promised=promised,
            today=company._shipping_day(SQL("%s::timestamp", now)),
            left=company._shipping_day(SQL("picking.date_done")),
        )

    @api.model
    def _cron_find_delays(self, batch=500):
        """Report a delay for each delivery whose promised date has passed."""
        for model in ("stock.picking", "sale.order", "sales.shipping.incident"):
            self.env[model].flush_model()
        found = [row[0] for row in self.env.execute_query(self._overdue_query(fields.Datetime.now()))]
        remaining = len(found)
        self.env["ir.cron"]._commit_progress(remaining=remaining)
        for start in range(0, len(found), batch):
            pickings = self.env["stock.picking"].browse(found[start : start + batch])
            # An order without a mark may be held all the same: those are judged.
            verdicts = pickings.sale_id._gate_verdicts()
            held = [order for order, verdict in verdicts.items() if not verdict.is_open]
            late = pickings.filtered(lambda picking, held=held: picking.sale_id not in held)
            self.create([self._delay_values(picking) for picking in late])
            remaining -= len(pickings)
            if not self.env["ir.cron"]._commit_progress(len(pickings), remaining=remaining):
                break

    @api.model
    def _delay_values(self, picking):
        company = picking.company_id
        # A job speaks no language: what it finds is read by the people of the company.
        self = self.with_context(lang=company.partner_id.lang)
        promised = company._sales_format_moment(picking.date_deadline)
        if picking.state == "done":
            facts = self.env._(
                "Promised for %(promised)s, left on %(left)s.",
                promised=promised,
                left=company._sales_format_moment(picking.date_done),
            )
        else:
            facts = self.env._("Promised for %(promised)s and still here.", promised=promised)
        return {
            "kind": "delay",
            "picking_id": picking.id,
            "date": company._sales_local_date(picking.date_deadline),
            "facts": facts,
            "is_automatic": True,
        }
