# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from datetime import timedelta
from typing import NamedTuple

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .sale_order import CLERK
from .sales_shipping_request import ISSUED
from .sales_shipping_request_flow import STOCK


class Offer(NamedTuple):
    """What a carrier would do for a delivery."""

    carrier: models.BaseModel
    arrival: object  # date, or False where the days on the way are not known
    in_time: bool
    price: float  # in company currency; 0 where it is not known
    score: float
    level: object  # False, "warn" or "block"


class StockPicking(models.Model):
    """Which carrier brings goods in time, at which price, and how it has served before (SHP-4, SHP-9)."""

    _inherit = "stock.picking"

    shipping_needed_date = fields.Date("Needed By", compute="_compute_shipping_needed_date", compute_sudo=True)
    shipping_carrier_warning = fields.Char(compute="_compute_shipping_carrier_warning", compute_sudo=True)

    @api.depends("date_deadline", "move_ids.sale_line_id")
    def _compute_shipping_needed_date(self):
        lines = self.move_ids.sale_line_id
        rows = self.env["sales.shipping.request.line"].search(
            [("order_line_id", "in", lines.ids), ("request_id.state", "in", ISSUED)]
        )
        asked = {}
        for row in rows.filtered("request_id.needed_date"):
            asked.setdefault(row.order_line_id, []).append(row.request_id.needed_date)
        for picking in self:
            dates = [date for line in picking.move_ids.sale_line_id for date in asked.get(line, ())]
            promised = picking.date_deadline and picking.company_id._sales_local_date(picking.date_deadline)
            picking.shipping_needed_date = min(dates, default=promised)

    @api.depends("carrier_id")
    def _compute_shipping_carrier_warning(self):
        standing = {
            company: pickings.carrier_id._shipping_standing(company)
            for company, pickings in self.grouped("company_id").items()
        }
        for picking in self:
            level, score = standing[picking.company_id].get(picking.carrier_id, (False, 0))
            picking.shipping_carrier_warning = level and picking._shipping_level_text(picking.carrier_id, level, score)

    @api.onchange("carrier_id")
    def _onchange_shipping_carrier(self):
        """Warn of a carrier that has served badly, when it is chosen (SHP-9)."""
        company = self.company_id or self.env.company
        level, score = self.carrier_id.sudo()._shipping_standing(company).get(self.carrier_id, (False, 0))
        if level:
            text = self._shipping_level_text(self.carrier_id, level, score)
            return {"warning": {"title": self.env._("Carrier Score"), "message": text}}
        return {}

    def _shipping_level_text(self, carrier, level, score):
        if level == "block":
            return self.env._(
                "%(carrier)s serves too badly (%(score)s): goods do not leave with it. Choose another carrier.",
                carrier=carrier.name,
                score=round(score),
            )
        return self.env._(
            "%(carrier)s has served badly in the last year (%(score)s). Think about another carrier.",
            carrier=carrier.name,
            score=round(score),
        )

    def action_shipping_choose_carrier(self):
        """Open what each carrier offers for a delivery, the proposed one first. For stock users and sales clerks.

        :raises AccessError: for everybody else
        """
        self.ensure_one()
        self._check_may_choose_carrier()
        choice = self.env["sales.shipping.carrier.choice"].create({"picking_id": self.id})
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Choose a Carrier"),
            "res_model": "sales.shipping.carrier.choice",
            "res_id": choice.id,
            "views": [(False, "form")],
            "target": "new",
        }

    def _check_may_choose_carrier(self):
        self.check_access("read")
        if not any(self.env.user.has_group(group) for group in (STOCK, CLERK)):
            raise AccessError(self.env._("The warehouse or a sales clerk chooses the carrier."))
        for picking in self:
            if picking.state in ("done", "cancel") or picking.picking_type_code != "outgoing":
                raise UserError(self.env._("%(delivery)s does not leave any more.", delivery=picking.name))

    def _shipping_offers(self):
        """Return what each carrier that fits offers for a delivery, the best first (SHP-4, SHP-9).

        In time goes before late, a good score before one that is warned of, then the lower price, the better score, the
        shorter way. Blocked carriers come last.

        :return: list of Offer
        """
        self.ensure_one()
        picking, order = self.sudo(), self.sudo().sale_id
        company, needed = picking.company_id, picking.shipping_needed_date
        carriers = self.env["delivery.carrier"].sudo().search([("company_id", "in", [False, company.id])])
        if picking.partner_id:
            carriers = carriers.available_carriers(picking.partner_id, picking)
        records, standing = carriers._shipping_records(company), carriers._shipping_standing(company)
        today = company._sales_local_date(max(picking.scheduled_date or fields.Datetime.now(), fields.Datetime.now()))
        offers = []
        for carrier in carriers:
            days = picking.partner_id.shipping_transit_days or carrier.shipping_transit_days
            known = bool(days or carrier.shipping_no_tracking)
            arrival = today + timedelta(days=days) if known else False
            level, score = standing[carrier]
            offers.append(
                Offer(
                    carrier,
                    arrival,
                    bool(arrival) and (not needed or arrival <= needed),
                    carrier._shipping_expected_price(order, records[carrier]),
                    score,
                    level,
                )
            )
        return sorted(
            offers,
            key=lambda offer: (
                offer.level == "block",
                not offer.in_time,
                offer.level == "warn",
                offer.price or float("inf"),
                -offer.score,
                offer.arrival or fields.Date.to_date("9999-12-31"),
                offer.carrier.id,
            ),
        )

    def _shipping_offer_text(self, offer):
        """Return in one sentence what speaks for and against an offer."""
        company, needed = self.company_id.sudo(), self.sudo().shipping_needed_date
        parts = []
        if not offer.arrival:
            parts.append(self.env._("days on the way not known"))
        elif needed:
            early = (needed - offer.arrival).days
            if early < 0:
                parts.append(self.env._("%(days)s days late", days=-early))
            else:
                parts.append(self.env._("in time, %(days)s days to spare", days=early))
        if offer.price:
            parts.append(company.currency_id.format(offer.price))
        if offer.score:
            parts.append(self.env._("score %(score)s", score=round(offer.score)))
        if offer.level == "warn":
            parts.append(self.env._("served badly"))
        elif offer.level == "block":
            parts.append(self.env._("blocked"))
        return ", ".join(parts)
