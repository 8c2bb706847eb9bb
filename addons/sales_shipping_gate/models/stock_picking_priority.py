# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL

from .sale_order import CLERK
from .sales_shipping_request_flow import STOCK

SCORED = {"shipping_score", "shipping_score_parts"}
# What counts as much: ten years as a customer, ten days on the way, thirty days until the promised date.
FULL_YEARS, FULL_DAYS, FULL_NOTICE = 10, 10, 30


class StockPicking(models.Model):
    """In which order deliveries leave: big customers before small, old before new, production before spare parts,
    far before near (SHP-11). One statement ranks all that are open; each tells the parts of its score."""

    _inherit = "stock.picking"

    shipping_score = fields.Float(readonly=True, copy=False, index="btree_not_null", aggregator=None)
    shipping_score_parts = fields.Json(readonly=True, copy=False)
    shipping_score_reason = fields.Char("Why Here", compute="_compute_shipping_score_reason")

    @api.depends("shipping_score_parts")
    def _compute_shipping_score_reason(self):
        classes = dict(self.env["res.partner"]._fields["shipping_class"]._description_selection(self.env))
        kinds = dict(self.env["product.category"]._fields["shipping_kind"]._description_selection(self.env))
        for picking in self:
            parts = picking.shipping_score_parts
            if not parts:
                picking.shipping_score_reason = False
                continue
            texts = [
                classes.get(parts["customer"][0], self.env._("Customer without class")),
                self.env._("customer for %(years)s years", years=parts["years"][0]),
                kinds.get(parts["kind"][0], kinds["standard"]),
                self.env._("%(days)s days on the way", days=parts["days"][0]),
                self.env._("promised in %(days)s days", days=parts["notice"][0])
                if parts["notice"][0] is not None
                else self.env._("no promised date"),
            ]
            points = [parts[name][1] for name in ("customer", "years", "kind", "days", "notice")]
            counted = [f"{text}: {point:g}" for text, point in zip(texts, points) if point]
            picking.shipping_score_reason = " + ".join(counted) or self.env._("nothing counts for it")

    @api.model_create_multi
    def create(self, vals_list):
        self._check_score(vals_list)
        if not self.env.su:
            # No default of the caller's context counts.
            vals_list = [{**vals, "shipping_score": 0.0, "shipping_score_parts": False} for vals in vals_list]
        return super().create(vals_list)

    def write(self, vals):
        self._check_score([vals])
        return super().write(vals)

    def action_shipping_rank(self):
        """Rank the open deliveries of the current companies anew. For stock users and sales clerks."""
        user = self.env.user
        if not any(user.has_group(group) for group in (STOCK, CLERK)):
            raise AccessError(self.env._("The warehouse or a sales clerk ranks deliveries."))
        self._shipping_rank(self.env.companies)
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    def _check_score(self, vals_list):
        if not self.env.su and any(SCORED & set(vals) for vals in vals_list):
            raise AccessError(self.env._("The score of a delivery follows from the weights in the settings."))

    @api.model
    def _cron_shipping_rank(self):
        """Rank the open deliveries of all companies."""
        self._shipping_rank(self.env["res.company"].search([("shipping_priority_enabled", "=", True)]))

    @api.model
    def _shipping_rank(self, companies):
        """Score all open deliveries of companies that rank them, in one statement (SHP-11)."""
        companies = companies.sudo().filtered("shipping_priority_enabled")
        if not companies:
            return
        for name in ("stock.picking", "stock.move", "res.partner", "product.category", "sale.order", "res.company"):
            self.env[name].flush_model()
        self.env["delivery.carrier"].flush_model()
        self.env.execute_query(self._shipping_rank_query(companies, fields.Datetime.now()))
        self.invalidate_model(sorted(SCORED))

    @api.model
    def _shipping_rank_query(self, companies, now):
        """Return the statement that scores the open deliveries of some companies at a moment."""
        company = self.env["res.company"]
        return SQL(
            """
            WITH kind AS (
                SELECT DISTINCT ON (category.id) category.id, above.shipping_kind AS name
                  FROM product_category category
                  JOIN product_category above ON category.parent_path LIKE above.parent_path || '%%'
                 WHERE above.shipping_kind IS NOT NULL
                 ORDER BY category.id, length(above.parent_path) DESC
            ),
            waiting AS (
                SELECT picking.id, picking.company_id, partner.commercial_partner_id AS customer_id,
                       COALESCE(NULLIF(partner.shipping_transit_days, 0), carrier.shipping_transit_days, 0) AS days,
                       %(promised)s - %(today)s AS notice
                  FROM stock_picking picking
                  JOIN %(zones)s zone ON zone.company_id = picking.company_id
                  JOIN stock_picking_type operation ON operation.id = picking.picking_type_id
             LEFT JOIN res_partner partner ON partner.id = picking.partner_id
             LEFT JOIN delivery_carrier carrier ON carrier.id = picking.carrier_id
                 WHERE picking.company_id = ANY(%(companies)s) AND operation.code = 'outgoing'
                   AND picking.state IN ('waiting', 'confirmed', 'assigned')
            ),
            since AS (
                SELECT partner.commercial_partner_id AS customer_id, MIN(sale.date_order) AS moment
                  FROM sale_order sale
                  JOIN res_partner partner ON partner.id = sale.partner_id
                 WHERE sale.state = 'sale'
                 GROUP BY partner.commercial_partner_id
            ),
            goods AS (
                SELECT move.picking_id,
                       MIN(CASE kind.name WHEN 'production' THEN 1 WHEN 'spare' THEN 3 ELSE 2 END) AS rank
                  FROM stock_move move
                  JOIN waiting ON waiting.id = move.picking_id
                  JOIN product_product product ON product.id = move.product_id
                  JOIN product_template template ON template.id = product.product_tmpl_id
             LEFT JOIN kind ON kind.id = template.categ_id
                 WHERE move.state != 'cancel'
                 GROUP BY move.picking_id
            ),
            -- Few combinations of facts stand for many deliveries: each is reckoned once.
            fact AS (
                SELECT array_agg(waiting.id) AS ids, waiting.days, waiting.notice, customer.shipping_class AS class,
                       COALESCE(EXTRACT(YEAR FROM age(%(now)s, since.moment))::int, 0) AS years,
                       COALESCE(goods.rank, 2) AS rank, company.shipping_weight_customer AS weight_customer,
                       company.shipping_weight_years AS weight_years, company.shipping_weight_kind AS weight_kind,
                       company.shipping_weight_distance AS weight_distance,
                       company.shipping_weight_promise AS weight_promise
                  FROM waiting
                  JOIN res_company company ON company.id = waiting.company_id
             LEFT JOIN res_partner customer ON customer.id = waiting.customer_id
             LEFT JOIN since ON since.customer_id = waiting.customer_id
             LEFT JOIN goods ON goods.picking_id = waiting.id
                 GROUP BY company.id, waiting.days, waiting.notice, customer.shipping_class, years, goods.rank
            ),
            part AS (
                SELECT fact.*,
                       ROUND((weight_customer * CASE class WHEN 'a' THEN 1 WHEN 'b' THEN 0.5 ELSE 0 END)::numeric, 1)
                           AS by_customer,
                       ROUND((weight_years * LEAST(years, %(years)s) / %(years)s::float)::numeric, 1) AS by_years,
                       ROUND((weight_kind * (3 - rank) / 2.0)::numeric, 1) AS by_kind,
                       ROUND((weight_distance * LEAST(days, %(days)s) / %(days)s::float)::numeric, 1) AS by_days,
                       ROUND((weight_promise * CASE WHEN notice IS NULL THEN 0 ELSE
                           1 - LEAST(GREATEST(notice, 0), %(notice)s) / %(notice)s::float END)::numeric, 1) AS by_notice
                  FROM fact
            ),
            score AS MATERIALIZED (
                SELECT ids, by_customer + by_years + by_kind + by_days + by_notice AS total,
                       jsonb_build_object(
                           'customer', jsonb_build_array(class, by_customer),
                           'years', jsonb_build_array(years, by_years),
                           'kind', jsonb_build_array((ARRAY['production', 'standard', 'spare'])[rank], by_kind),
                           'days', jsonb_build_array(days, by_days),
                           'notice', jsonb_build_array(notice, by_notice)) AS parts
                  FROM part
            )
            UPDATE stock_picking picking
               SET shipping_score = score.total, shipping_score_parts = score.parts
              FROM (SELECT unnest(ids) AS id, total, parts FROM score) score
             WHERE picking.id = score.id
               AND (picking.shipping_score, picking.shipping_score_parts) IS DISTINCT FROM (score.total, score.parts)
         RETURNING picking.id
            """,
            now=now,
            zones=company._shipping_zones(),
            promised=company._shipping_day(SQL("picking.date_deadline")),
            today=company._shipping_day(SQL("%s::timestamp", now)),
            companies=list(companies.ids),
            years=FULL_YEARS,
            days=FULL_DAYS,
            notice=FULL_NOTICE,
        )
