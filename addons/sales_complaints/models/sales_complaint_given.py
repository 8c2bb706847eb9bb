# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.addons.sales_policy.tools import lock_rows

from .sales_complaint_disposition import GIVEN

USAGE = "complaint_compensation"


class SalesComplaint(models.Model):
    """What is given beyond the warranty, and the approval it needs above the limit of the company (CMP-7)."""

    _inherit = "sales.complaint"

    given_amount = fields.Monetary(
        "Given Beyond Warranty",
        compute="_compute_given_amount",
        help="Compensation, price reductions and refunds of goods that stay with the customer, in all rounds.",
    )

    @api.depends("disposition_ids.amount", "disposition_ids.kind", "disposition_ids.state", "disposition_ids.quantity")
    def _compute_given_amount(self):
        for complaint in self:
            live = complaint.disposition_ids.filtered(lambda disposition: disposition.state != "cancelled")
            back = {}
            for found in live.filtered(lambda found: found.kind == "return" and found.line_id._deliveries()):
                back[found.line_id] = back.get(found.line_id, 0) + found.quantity
            amount = sum(live.filtered(lambda found: found.kind in GIVEN).mapped("company_amount"))
            # Of goods that are paid back, those count that stay with the customer.
            for found in live.filtered(lambda found: found.kind == "refund" and found.quantity):
                covered = min(found.quantity, back.get(found.line_id, 0))
                back[found.line_id] = back.get(found.line_id, 0) - covered
                amount += found.company_amount * (1 - covered / found.quantity)
            complaint.given_amount = amount

    def _use_approvals(self):
        """Use the approval of what is given beyond the amount that needs none."""
        before = self.sudo()._given_before()
        large = self.filtered(
            lambda complaint: (
                complaint.sudo().given_amount
                and complaint.currency_id.compare_amounts(
                    complaint.sudo().given_amount + before[complaint],
                    complaint.company_id.sudo().sales_complaint_free_amount,
                )
                > 0
            )
        )
        if large:
            large._approval_use(USAGE)

    def _given_before(self):
        """Return what the customer of each complaint was given lately in others, those decided with it included.

        A large sum in many small complaints is a large sum (CMP-7).

        :return: dict of complaint to float, in company currency
        """
        result = dict.fromkeys(self, 0.0)
        for company, some in self.grouped("company_id").items():
            days, customers = company.sales_complaint_free_days, some.commercial_partner_id
            if not days or not customers:
                continue
            lock_rows(customers)
            others = self.search(
                [
                    ("company_id", "=", company.id),
                    ("commercial_partner_id", "in", customers.ids),
                    # Also of complaints that were opened again since.
                    (
                        "disposition_ids",
                        "any",
                        [
                            ("state", "!=", "cancelled"),
                            ("decided_date", ">=", fields.Datetime.subtract(fields.Datetime.now(), days=days)),
                        ],
                    ),
                ]
            )
            given = {}
            for other in others | some:
                given.setdefault(other.commercial_partner_id, {})[other] = other.given_amount
            for complaint in some.filtered("commercial_partner_id"):
                amounts = given[complaint.commercial_partner_id]
                result[complaint] = sum(amounts.values()) - amounts[complaint]
        return result
