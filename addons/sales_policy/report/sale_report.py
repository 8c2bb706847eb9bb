# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import fields, models
from odoo.tools import SQL


class SaleReport(models.Model):
    _inherit = "sale.report"

    credited_user_id = fields.Many2one(
        "res.users",
        "Credited To",
        readonly=True,
        groups="sales_team.group_sale_salesman",
        help="Confirmed orders: as recorded. "
        "Quotations: the owner of the customer at this moment, else the salesperson.",
    )

    def _select_additional_fields(self):
        res = super()._select_additional_fields()
        visible = self.env["sales.ownership"]._visible_sql("owned", self.env.user)
        now = SQL("%s", fields.Datetime.now())
        visible, now = (self.env.cr.mogrify(sql).decode(self.env.cr.connection.encoding) for sql in (visible, now))
        res["credited_user_id"] = f"""
            CASE WHEN s.state IN ('sale', 'cancel') THEN COALESCE(
                (SELECT credit.user_id FROM sales_credit credit WHERE credit.order_id = s.id
                  ORDER BY credit.id DESC LIMIT 1),
                s.user_id
            ) ELSE COALESCE(
                (SELECT owned.user_id
                   FROM sales_ownership owned
                  WHERE owned.group_id = partner.sales_customer_group_id AND owned.company_id = s.company_id
                    AND {visible}
                    AND owned.date_start <= {now}
                    AND (owned.date_end IS NULL OR owned.date_end > {now})
                  LIMIT 1),
                s.user_id
            ) END"""
        return res

    def _group_by_sale(self):
        return super()._group_by_sale() + ", partner.sales_customer_group_id"
