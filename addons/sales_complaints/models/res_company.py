# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from collections import defaultdict

from odoo import api, fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    sales_complaint_free_amount = fields.Monetary(
        "Compensation Without Approval",
        default=500,
        help="Up to this amount who decides a complaint also grants compensation, price reductions and refunds of "
        "goods that stay with the customer. Above it an approval is needed.",
    )
    sales_complaint_free_days = fields.Integer(
        "Counted Over (Days)",
        default=90,
        help="What the same customer was given in other complaints within these days counts too. 0: each by itself.",
    )
    sales_complaint_account_id = fields.Many2one(
        "account.account",
        "Compensation Account",
        check_company=True,
        help="Compensations are booked here; without one, where the journal books sales.",
    )
    sales_complaint_office_email = fields.Char(
        "Office E-mail", help="The company office gets a copy of each complaint that is closed."
    )
    sales_complaint_file_mb = fields.Integer(
        "Largest File (MB)", default=20, help="Evidence larger than this is refused. 0: no limit."
    )
    sales_complaint_alert_count = fields.Integer(
        "Alert at (Complaints)", default=3, help="So many complaints about one lot or colour are an alert. 0: none."
    )
    sales_complaint_alert_days = fields.Integer("Within (Days)", default=30)

    @api.model_create_multi
    def create(self, vals_list):
        companies = super().create(vals_list)
        companies._create_complaint_sequence()
        return companies

    def _create_complaint_sequence(self):
        """Give companies numbers of their own for complaints."""
        Sequence = self.env["ir.sequence"].sudo()
        having = Sequence.search([("code", "=", "sales.complaint"), ("company_id", "in", self.ids)]).company_id
        Sequence.create(
            [
                {
                    "name": self.env._("Complaints of %(company)s", company=company.name),
                    "code": "sales.complaint",
                    "prefix": "CMP/%(range_year)s/",
                    "padding": 4,
                    "use_date_range": True,
                    "company_id": company.id,
                }
                for company in self - having
            ]
        )

    def _sales_complaint_number(self, moment):
        """Return the next number of a complaint received at a moment (naive UTC) in this company."""
        self.ensure_one()
        sequence, day = self.env["ir.sequence"].sudo().with_company(self), self._sales_local_date(moment)
        number = sequence.next_by_code("sales.complaint", sequence_date=day)
        if not number:
            # The hook that numbers existing companies comes after the sample data.
            self._create_complaint_sequence()
            number = sequence.next_by_code("sales.complaint", sequence_date=day)
        return number

    def _sales_worked_hours(self, periods):
        """Return the working time in periods, by the company's calendar; plain hours where there is none.

        :param list periods: pairs of naive UTC datetimes
        :return: list of float, hours, in the order of ``periods``
        """
        self.ensure_one()
        periods = [(start, max(start, end)) for start, end in periods]
        if not periods:
            return []
        if not self.resource_calendar_id:
            return [(end - start).total_seconds() / 3600 for start, end in periods]
        last = max(end for _start, end in periods)
        intervals = self._sales_working_intervals(
            [min(start for start, _end in periods), last], lambda found: found and found[-1][1] >= last
        )
        return [
            sum(max((min(end, stop) - max(start, begin)).total_seconds(), 0) / 3600 for begin, stop in intervals)
            for start, end in periods
        ]

    def _sales_complaint_hot(self):
        """Return the lots and colours complained about often lately.

        :return: dict of pairs of product and lot or colour to a set of complaint ids
        """
        self.ensure_one()
        if not self.sales_complaint_alert_count:
            return {}
        since = fields.Datetime.subtract(fields.Datetime.now(), days=self.sales_complaint_alert_days)
        found = defaultdict(set)
        for mark in ("lot_name", "colour"):
            rows = (
                self.env["sales.complaint.line"]
                .sudo()
                ._read_group(
                    [
                        ("company_id", "=", self.id),
                        ("product_id", "!=", False),
                        (mark, "!=", False),
                        ("complaint_id.date", ">=", since),
                        ("complaint_id.state", "!=", "withdrawn"),
                        ("complaint_id.grounds", "!=", "unfounded"),
                    ],
                    ["product_id", mark],
                    ["complaint_id:array_agg"],
                )
            )
            for product, name, complaints in rows:
                found[product, name].update(complaints)
        return {key: ids for key, ids in found.items() if len(ids) >= self.sales_complaint_alert_count}
