# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).


from odoo.exceptions import AccessError, UserError, ValidationError

from .common import SalesPolicyCommon

REFUSED = (AccessError, UserError, ValidationError)
EVIDENCE = (
    "sales.contact.log",
    "sales.ownership",
    "sales.credit",
    "sales.customer.membership",
    "sales.customer.relation",
)


class AttackCommon(SalesPolicyCommon):
    """A registered customer, a confirmed order of a colleague and a relation, which everybody tries to bend."""

    def setUp(self):
        super().setUp()
        self.register(self.customer, self.li)
        self.first_log = self.env["sales.contact.log"].search([], limit=1)
        self.row = self.ownership(self.customer)
        self.order_of_wang = self.order(self.customer, self.wang)
        self.order_of_wang.action_confirm()
        self.relation = self.env["sales.customer.relation"].create(
            {
                "partner_id": self.other_customer.id,
                "other_partner_id": self.third_customer.id,
                "kind": "subsidiary",
                "note": "Licence",
            }
        )
        self.everybody = self.li | self.wang | self.leader | self.manager | self.accountant | self.clerk | self.portal
        self.evidence = {
            "sales.contact.log": self.first_log,
            "sales.ownership": self.row,
            "sales.credit": self.env["sales.credit"].search([], limit=1),
            "sales.customer.membership": self.customer.sudo().sales_membership_ids,
            "sales.customer.relation": self.relation,
        }
        self.env.flush_all()

    def snapshot(self):
        """Return everything that evidence says, to compare before and after."""
        self.env.flush_all()
        self.env.invalidate_all()
        return {model: self.env[model].sudo().search_read([], load=False) for model in EVIDENCE}
