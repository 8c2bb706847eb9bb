# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import fields, models
from odoo.tools import SQL

from ..models.sales_complaint_type import SEVERITIES


class SalesComplaintReport(models.Model):
    """Complaints as they are counted: causes, repeats, lateness, cost, and how content customers were (CMP-2, 6, 8)."""

    _name = "sales.complaint.report"
    _description = "Complaint Analysis"
    _auto = False
    _order = "date desc"
    _rec_name = "complaint_id"

    complaint_id = fields.Many2one("sales.complaint", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    date = fields.Datetime("Received On", readonly=True)
    type_id = fields.Many2one("sales.complaint.type", readonly=True)
    kind = fields.Selection([("quality", "Quality"), ("service", "Service")], "Sort", readonly=True)
    severity = fields.Selection(SEVERITIES, readonly=True)
    channel = fields.Selection(
        lambda self: self.env["sales.complaint"]._fields["channel"]._description_selection(self.env), readonly=True
    )
    state = fields.Selection(
        lambda self: self.env["sales.complaint"]._fields["state"]._description_selection(self.env), readonly=True
    )
    grounds = fields.Selection(
        lambda self: self.env["sales.complaint"]._fields["grounds"]._description_selection(self.env), readonly=True
    )
    partner_id = fields.Many2one("res.partner", "Customer", readonly=True)
    salesperson_id = fields.Many2one("res.users", readonly=True)
    user_id = fields.Many2one("res.users", "Handled By", readonly=True)
    team_id = fields.Many2one("sales.complaint.team", "Complaint Team", readonly=True)
    cause_id = fields.Many2one("sales.complaint.cause", readonly=True)
    product_id = fields.Many2one("product.product", readonly=True, help="The first of the goods.")
    department_id = fields.Many2one("hr.department", readonly=True, help="Which answers for most of the complaint.")
    number = fields.Integer("Complaints", readonly=True)
    repeated = fields.Float(
        "Repeats (%)",
        readonly=True,
        aggregator="avg",
        help="The same cause with the same goods was complained about within the days of the alert before.",
    )
    reopened = fields.Float("Opened Again (%)", readonly=True, aggregator="avg")
    late = fields.Float("Late (%)", readonly=True, aggregator="avg", help="A deadline was or is missed.")
    settle_days = fields.Float("Days to Close", readonly=True, aggregator="avg")
    rating = fields.Float(readonly=True, aggregator="avg")
    credit_cost = fields.Monetary("Credited", readonly=True)
    goods_cost = fields.Monetary("Goods Replaced", readonly=True)
    total_cost = fields.Monetary("Cost of Poor Quality", readonly=True)

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT complaint.id, complaint.id AS complaint_id, complaint.company_id, complaint.date, complaint.type_id,
                   complaint.kind, complaint.severity, complaint.channel, complaint.state, complaint.grounds,
                   complaint.commercial_partner_id AS partner_id, complaint.salesperson_id, complaint.user_id,
                   complaint.team_id, complaint.cause_id, goods.product_id, 1 AS number,
                   (%(liable)s) AS department_id,
                   CASE WHEN complaint.cause_id IS NULL OR goods.product_id IS NULL THEN 0.0
                        WHEN complaint.date - LAG(complaint.date) OVER (
                            PARTITION BY complaint.company_id, complaint.cause_id, goods.product_id
                            ORDER BY complaint.date, complaint.id)
                            <= make_interval(days => company.sales_complaint_alert_days) THEN 100.0
                        ELSE 0.0 END AS repeated,
                   CASE WHEN complaint.round > 1 THEN 100.0 ELSE 0.0 END AS reopened,
                   CASE WHEN missed.complaint_id IS NOT NULL THEN 100.0 ELSE 0.0 END AS late,
                   EXTRACT(EPOCH FROM complaint.closed_date - complaint.date) / 86400.0 AS settle_days,
                   NULLIF(complaint.rating_last_value, 0) AS rating,
                   complaint.credit_cost, complaint.goods_cost, complaint.total_cost
              FROM sales_complaint complaint
              JOIN res_company company ON company.id = complaint.company_id
         LEFT JOIN (SELECT DISTINCT ON (complaint_id) complaint_id, product_id
                      FROM sales_complaint_line ORDER BY complaint_id, id) goods ON goods.complaint_id = complaint.id
         LEFT JOIN (SELECT DISTINCT complaint_id FROM sales_complaint_deadline
                     WHERE is_late OR met_date IS NULL AND ended_date IS NULL AND waiting_since IS NULL
                           AND target < %(now)s) missed ON missed.complaint_id = complaint.id
             WHERE complaint.state != 'withdrawn'
            """,
            now=fields.Datetime.now(),
            liable=self.env["sales.complaint.rate"]._liable_query(),
        )
