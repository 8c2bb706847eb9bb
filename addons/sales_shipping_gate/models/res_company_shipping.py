# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.tools import SQL


class ResCompany(models.Model):
    """What people must do before goods leave, and in which time."""

    _inherit = "res.company"

    shipping_request_required = fields.Boolean(
        "Shipping Request Needed",
        help="Goods leave only as far as a shipping request, checked by a second person, asks for them.",
    )
    shipping_inspection_required = fields.Boolean(
        "Packing Inspection Needed", help="Goods leave only when all points of the checklists that fit are passed."
    )
    shipping_tracking_required = fields.Boolean(
        "Carrier and Tracking Number Needed",
        help="Goods leave only with a carrier and its tracking number; then requester, clerk and customer are told.",
    )
    shipping_check_hours = fields.Float("Hours to Check a Request", default=4, help="Working hours. 0: no target.")
    shipping_pick_hours = fields.Float("Hours to Begin Preparing", default=4, help="Working hours. 0: no target.")
    shipping_ship_hours = fields.Float("Hours to Ship", default=8, help="Working hours. 0: no target.")
    shipping_receipt_hours = fields.Float("Hours Until Received", default=40, help="Working hours. 0: no target.")

    shipping_priority_enabled = fields.Boolean(
        "Rank Deliveries", help="Deliveries are listed and reserved by a score of which each tells the parts."
    )
    shipping_weight_customer = fields.Float("Points for a Key Customer", default=40)
    shipping_weight_years = fields.Float("Points for Ten Years as a Customer", default=15)
    shipping_weight_kind = fields.Float("Points for OEM Production", default=20)
    shipping_weight_distance = fields.Float("Points for Ten Days on the Way", default=10)
    shipping_weight_promise = fields.Float("Points for a Promise That Is Due", default=15)
    shipping_production_user_id = fields.Many2one(
        "res.users", "Shortages Go To", help="Who is told of goods that are short, beside clerk and requester."
    )
    shipping_refuse_broken = fields.Boolean(
        "Refuse Special Releases After a Missed Promise",
        default=True,
        help="No further special release for a customer who has not paid an earlier one by the promised date.",
    )
    shipping_carrier_warn = fields.Float(
        "Warn of Carriers Below", help="Percent on time less percent damaged, over a year. 0: never."
    )
    shipping_carrier_block = fields.Float("Block Carriers Below", help="0: never.")

    _shipping_hours_positive = models.Constraint(
        "CHECK (shipping_check_hours >= 0 AND shipping_pick_hours >= 0 AND shipping_ship_hours >= 0 "
        "AND shipping_receipt_hours >= 0)",
        "Hours cannot be below zero: 0 means that there is no target.",
    )
    _shipping_weights_positive = models.Constraint(
        "CHECK (shipping_weight_customer >= 0 AND shipping_weight_years >= 0 AND shipping_weight_kind >= 0 "
        "AND shipping_weight_distance >= 0 AND shipping_weight_promise >= 0)",
        "Points cannot be below zero: 0 means that it does not count.",
    )

    @api.model
    def _shipping_zones(self):
        """Return a table of all companies and of the timezones in which they count days, to be joined as ``zone``."""
        for model in ("res.company", "resource.calendar", "res.partner"):
            self.env[model].flush_model()
        # As ``_sales_tz``, which would read each company.
        return SQL(
            """
            (SELECT company.id AS company_id,
                    COALESCE(NULLIF(calendar.tz, ''), NULLIF(partner.tz, ''), 'UTC') AS name
               FROM res_company company
               JOIN res_partner partner ON partner.id = company.partner_id
          LEFT JOIN resource_calendar calendar ON calendar.id = company.resource_calendar_id)
            """
        )

    @api.model
    def _shipping_day(self, moment):
        """Return the day of a moment where the company of ``zone`` is.

        :param moment: SQL of a naive UTC timestamp
        """
        return SQL("(%s AT TIME ZONE 'UTC' AT TIME ZONE zone.name)::date", moment)
