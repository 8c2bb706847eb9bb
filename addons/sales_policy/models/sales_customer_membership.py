# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models


class SalesCustomerMembership(models.Model):
    """When a partner belonged to which customer group (OWN-4).

    The partner's group today is the membership without an end. Joining, splitting and merging close
    a membership and open another, so the group of any past day stays known.
    """

    _name = "sales.customer.membership"
    _inherit = ["sales.evidence.mixin"]
    _description = "Customer Group Membership"
    _order = "date_start desc, id desc"

    group_id = fields.Many2one("sales.customer.group", required=True, index=True, ondelete="restrict")
    # Deleting a partner who belongs to a group is refused in words by res.partner.
    partner_id = fields.Many2one("res.partner", required=True, ondelete="restrict")
    partner_ref = fields.Integer("Original Partner ID", required=True, help="Survives a merge of the partner.")
    partner_name = fields.Char("Name at the Time", required=True)
    date_start = fields.Datetime("From", required=True)
    date_end = fields.Datetime("Until")
    relation_id = fields.Many2one("sales.customer.relation", "Because of", index="btree_not_null", ondelete="restrict")

    _partner_idx = models.Index("(partner_id, date_start)")

    @api.model
    def _open(self, group_of, relation=None):
        """Make commercial partners members of groups from now on.

        :param dict group_of: res.partner that belong to no group, to their sales.customer.group
        :param relation: sales.customer.relation that is the reason, if any
        :return: the new memberships
        """
        return self.sudo().create([
            {
                "group_id": group.id,
                "partner_id": partner.id,
                "partner_ref": partner.id,
                "partner_name": partner.display_name,
                "date_start": fields.Datetime.now(),
                "relation_id": relation and relation.id,
            }
            for partner, group in group_of.items()
        ])

    def _move(self, group, relation=None):
        """Close these memberships now and let their partners go on in another group. Returns the new memberships."""
        partners = self.partner_id
        self._evidence_write({"date_end": fields.Datetime.now()})
        return self._open(dict.fromkeys(partners, group), relation)
