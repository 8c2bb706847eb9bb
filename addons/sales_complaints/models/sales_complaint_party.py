# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import Command, fields, models


class SalesComplaint(models.Model):
    """Who is a party to a complaint: they propose and are told, but decide nothing (CMP-7)."""

    _inherit = "sales.complaint"

    # Who sold the goods and whose area it was when it was registered: orders and teams are handed on easily.
    party_ids = fields.Many2many(
        "res.users",
        "sales_complaint_party_rel",
        string="Parties",
        readonly=True,
        copy=False,
        groups=fields.NO_ACCESS,
    )

    def _involved(self):
        """Return the users who are a party to this complaint, now or since it was registered.

        :return: res.users, in superuser mode
        """
        complaint = self.sudo()
        liable = (complaint.liability_ids.employee_id | complaint.liability_ids.department_id.manager_id).user_id
        liable |= complaint.liability_ids.user_id
        seller = complaint.salesperson_id | complaint.order_id.user_id
        return complaint.party_ids | seller | complaint.area_manager_id | liable

    def _matters(self):
        """Return which documents say whose matter each complaint is.

        :return: dict of sales.complaint to set of (model, id)
        """
        result = {}
        for complaint in self.sudo():
            lines = complaint.line_ids
            sources = lines.sale_line_id, lines.move_id, lines.invoice_line_id
            documents = (complaint.order_id, complaint.partner_id, *sources)
            result[complaint] = {(some._name, number) for some in documents for number in some.ids}
        return result

    def _note_parties(self, before=None):
        """Write down who is a party. Nobody takes oneself out of a matter: for that it takes somebody who is none.

        :param dict before: sales.complaint to what its matter was; where nothing of it has gone, nobody goes either
        """
        complaints = self.sudo()
        owners = complaints._owners_of_customers()
        matters = complaints._matters() if before is not None else {}
        for complaint in complaints:
            orders = complaint.order_id | complaint.line_ids.sale_line_id.order_id
            credits = orders.sales_credit_ids
            parties = complaint.salesperson_id | orders.user_id | credits.user_id | credits.closer_id
            parties |= complaint.line_ids.invoice_line_id.move_id.invoice_user_id | complaint.area_manager_id
            if not orders:
                parties |= owners[complaint]
            kept = before is not None and before[complaint] <= matters[complaint]
            if kept or self.env.user in complaint.party_ids:
                parties |= complaint.party_ids
            if parties != complaint.party_ids:
                complaint.party_ids = [Command.set(parties.ids)]

    def _owners_of_customers(self):
        """Return who owns the customer of each complaint.

        :return: dict of complaint to res.users
        """
        result = dict.fromkeys(self, self.env["res.users"])
        for company, some in self.grouped("company_id").items():
            customers = some.partner_id.sales_customer_group_id
            rows = self.env["sales.ownership"]._running(customers, company) if customers else {}
            for complaint in some:
                row = rows.get(complaint.partner_id.sales_customer_group_id)
                result[complaint] |= row.user_id if row else result[complaint]
        return result
