# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.tools import SQL


class SalesComplaintRate(models.Model):
    """Pieces complained about beside pieces delivered, as parts per million (CMP-2).

    A row is a delivery to a customer, or goods on a complaint that was neither withdrawn nor unfounded. Rates are
    worked out over the rows of a group, never averaged.
    """

    _name = "sales.complaint.rate"
    _description = "Complaint Rate"
    _auto = False
    _order = "date desc"
    _rec_name = "product_id"

    company_id = fields.Many2one("res.company", readonly=True)
    date = fields.Datetime(readonly=True, help="Of the delivery, or of the receipt of the complaint.")
    product_id = fields.Many2one("product.product", readonly=True)
    categ_id = fields.Many2one("product.category", "Product Category", readonly=True)
    lot_id = fields.Many2one("stock.lot", "Lot or Serial Number", readonly=True)
    partner_id = fields.Many2one("res.partner", "Customer", readonly=True)
    salesperson_id = fields.Many2one("res.users", readonly=True)
    department_id = fields.Many2one("hr.department", readonly=True, help="Which answers for most of the complaint.")
    cause_id = fields.Many2one("sales.complaint.cause", readonly=True)
    complaint_id = fields.Many2one("sales.complaint", readonly=True)
    delivered = fields.Float(readonly=True)
    complained = fields.Float("Complained About", readonly=True)
    ppm = fields.Float(
        "ppm",
        readonly=True,
        aggregator="avg",
        help="Of a million pieces delivered in the group, so many are complained about.",
    )
    ppm_of_all = fields.Float(
        "ppm of All",
        readonly=True,
        aggregator="avg",
        help="Of a million pieces of the whole selection: for groups that deliver nothing, such as departments.",
    )

    @property
    def _table_query(self):
        columns = self._rate_columns()
        names = [SQL.identifier(name) for name in columns]
        delivered = [SQL("%s AS %s", pair[0], name) for name, pair in zip(names, columns.values())]
        complained = [SQL("%s AS %s", pair[1], name) for name, pair in zip(names, columns.values())]
        return SQL(
            "SELECT %s FROM %s UNION ALL SELECT %s FROM %s",
            SQL(", ").join(delivered),
            self._rate_deliveries(),
            SQL(", ").join(complained),
            self._rate_complaints(),
        )

    @api.model
    def _rate_columns(self):
        """Return how each column is read of a delivery, and of goods on a complaint.

        :return: dict of column to pair of SQL
        """
        return {
            "id": (SQL("item.id * 2"), SQL("line.id * 2 + 1")),
            "company_id": (SQL("move.company_id"), SQL("complaint.company_id")),
            "date": (SQL("item.date"), SQL("complaint.date")),
            "product_id": (SQL("item.product_id"), SQL("line.product_id")),
            "categ_id": (SQL("template.categ_id"), SQL("template.categ_id")),
            "lot_id": (SQL("item.lot_id"), SQL("line.lot_id")),
            "partner_id": (SQL("partner.commercial_partner_id"), SQL("complaint.commercial_partner_id")),
            "salesperson_id": (SQL("sale.user_id"), SQL("complaint.salesperson_id")),
            "department_id": (SQL("NULL::integer"), SQL("(%s)", self._liable_query())),
            "cause_id": (SQL("NULL::integer"), SQL("complaint.cause_id")),
            "complaint_id": (SQL("NULL::integer"), SQL("complaint.id")),
            "delivered": (SQL("item.quantity_product_uom"), SQL("0.0")),
            "complained": (SQL("0.0"), SQL("line.quantity * COALESCE(used.factor / NULLIF(unit.factor, 0), 1)")),
            "ppm": (SQL("NULL::float"), SQL("NULL::float")),
            "ppm_of_all": (SQL("NULL::float"), SQL("NULL::float")),
        }

    @api.model
    def _rate_deliveries(self):
        """Return the tables of what went to customers."""
        return SQL(
            """
            stock_move_line item
              JOIN stock_move move ON move.id = item.move_id
              JOIN stock_location source ON source.id = item.location_id AND source.usage != 'customer'
              JOIN stock_location target ON target.id = item.location_dest_id AND target.usage = 'customer'
              JOIN product_product product ON product.id = item.product_id
              JOIN product_template template ON template.id = product.product_tmpl_id
         LEFT JOIN stock_picking picking ON picking.id = item.picking_id
         LEFT JOIN res_partner partner ON partner.id = COALESCE(picking.partner_id, move.partner_id)
         LEFT JOIN sale_order_line sold ON sold.id = move.sale_line_id
         LEFT JOIN sale_order sale ON sale.id = sold.order_id
             WHERE item.state = 'done'
            """
        )

    @api.model
    def _rate_complaints(self):
        """Return the tables of goods on complaints."""
        return SQL(
            """
            sales_complaint_line line
              JOIN sales_complaint complaint ON complaint.id = line.complaint_id
              JOIN product_product product ON product.id = line.product_id
              JOIN product_template template ON template.id = product.product_tmpl_id
         LEFT JOIN uom_uom used ON used.id = line.product_uom_id
         LEFT JOIN uom_uom unit ON unit.id = template.uom_id
             WHERE complaint.state != 'withdrawn' AND complaint.grounds IS DISTINCT FROM 'unfounded'
            """
        )

    @api.model
    def _liable_query(self):
        """Return the statement that finds the department that answers for most of ``complaint``.

        It stands among the columns, not among the tables: who does not ask for the department does not pay for it.
        """
        return SQL(
            """
            SELECT COALESCE(liability.department_id, version.department_id) AS department_id
              FROM sales_complaint_liability liability
         LEFT JOIN hr_employee employee ON employee.id = liability.employee_id
         LEFT JOIN hr_version version ON version.id = employee.current_version_id
             WHERE liability.complaint_id = complaint.id
             ORDER BY liability.share DESC, liability.id
             LIMIT 1
            """
        )

    def _read_group_select(self, aggregate_spec, query):
        """Work rates out over the rows of a group: the average of rates would be wrong."""
        if aggregate_spec not in ("ppm:avg", "ppm_of_all:avg"):
            return super()._read_group_select(aggregate_spec, query)
        complained = self._field_to_sql(self._table, "complained", query)
        delivered = self._field_to_sql(self._table, "delivered", query)
        of_all = aggregate_spec == "ppm_of_all:avg"
        total = SQL("SUM(SUM(%s)) OVER ()", delivered) if of_all else SQL("SUM(%s)", delivered)
        return SQL("1000000.0 * SUM(%s) / NULLIF(%s, 0)", complained, total)
