# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import fields, models
from odoo.tools import SQL

REASONS = [
    ("money", "Money Missing"),
    ("zero", "Order Without Value"),
    ("hold", "Held by Hand"),
    ("limit", "Credit Limit Exceeded"),
    ("overdue", "Invoice Overdue"),
    ("people", "People Have to Do Something"),
]
AGES = [("0", "Up to 7 Days"), ("1", "8 to 30 Days"), ("2", "31 to 90 Days"), ("3", "More Than 90 Days")]


class SalesShippingHeld(models.Model):
    """Orders that are held at this moment: for which reason, since when, and what their goods are worth (SHP-3, 13).

    What is held is what the gate says now; nothing of it is stored.
    """

    _name = "sales.shipping.held"
    _description = "Held Goods"
    _auto = False
    _order = "days desc"
    _rec_name = "order_id"

    order_id = fields.Many2one("sale.order", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    partner_id = fields.Many2one("res.partner", "Customer", readonly=True)
    user_id = fields.Many2one("res.users", "Salesperson", readonly=True)
    team_id = fields.Many2one("crm.team", "Sales Team", readonly=True)
    date = fields.Datetime("Ordered On", readonly=True)
    reason = fields.Selection(REASONS, "Why Held", readonly=True)
    age = fields.Selection(AGES, readonly=True)
    days = fields.Integer("Days Since the Order", readonly=True, aggregator="avg")
    value = fields.Monetary("Value of Goods Here", readonly=True, help="Not delivered, untaxed, in company currency.")
    missing = fields.Monetary("Money Missing", readonly=True, help="In company currency.")

    @property
    def _table_query(self):
        verdicts, unpaid = self.env["sale.order"]._gate_held_verdicts()
        codes = dict(REASONS)
        reasons = [found.code if found.code in codes else "people" for found in verdicts.values()]
        return SQL(
            """
            SELECT sale.id, sale.id AS order_id, sale.company_id, customer.commercial_partner_id AS partner_id,
                   sale.user_id, sale.team_id, sale.date_order AS date, held.reason,
                   EXTRACT(DAY FROM %(now)s - sale.date_order)::integer AS days,
                   width_bucket(EXTRACT(DAY FROM %(now)s - sale.date_order)::integer, ARRAY[8, 31, 91])::text AS age,
                   COALESCE(held.missing, sale.amount_total) / COALESCE(NULLIF(sale.currency_rate, 0), 1) AS missing,
                   COALESCE(goods.value, 0) / COALESCE(NULLIF(sale.currency_rate, 0), 1) AS value
              FROM unnest(%(ids)s::integer[], %(reasons)s::text[], %(missing)s::float[]) AS held(id, reason, missing)
              JOIN sale_order sale ON sale.id = held.id
              JOIN res_partner customer ON customer.id = sale.partner_id
              JOIN LATERAL (
                SELECT COUNT(*) FILTER (WHERE line.product_uom_qty > COALESCE(line.qty_delivered, 0)) AS open_lines,
                       SUM(GREATEST(line.product_uom_qty - COALESCE(line.qty_delivered, 0), 0)
                           * line.price_subtotal / NULLIF(line.product_uom_qty, 0)) AS value
                  FROM sale_order_line line
                  JOIN product_product product ON product.id = line.product_id
                  JOIN product_template template ON template.id = product.product_tmpl_id
                 WHERE line.order_id = sale.id AND template.type = 'consu'
              ) goods ON goods.open_lines > 0
            """,
            now=fields.Datetime.now(),
            ids=[*(order.id for order in verdicts), *unpaid.ids],
            reasons=[*reasons, *("money" for _order in unpaid)],
            missing=[*(found.missing or 0.0 for found in verdicts.values()), *(None for _order in unpaid)],
        )

    def action_open(self):
        """Open the order, with the rights of the current user."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "sale.order",
            "res_id": self.order_id.id,
            "views": [(False, "form")],
        }
