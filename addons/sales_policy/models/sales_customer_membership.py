# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.api import SUPERUSER_ID
from odoo.tools import SQL


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
    partner_id = fields.Many2one("res.partner", required=True, index=True, ondelete="restrict")
    partner_ref = fields.Integer("Original Partner ID", required=True, help="Survives a merge of the partner.")
    partner_name = fields.Char("Name at the Time", required=True)
    date_start = fields.Datetime("From", required=True)
    date_end = fields.Datetime("Until")
    relation_id = fields.Many2one("sales.customer.relation", "Because of", index="btree_not_null", ondelete="restrict")

    @api.model
    def _open(self, group_of, relation=None):
        """Make commercial partners members of groups from now on.

        :param dict group_of: res.partner that belong to no group, to their sales.customer.group
        :param relation: sales.customer.relation that is the reason, if any
        :return: the new memberships
        """
        return self.sudo().create(
            [
                {
                    "group_id": group.id,
                    "partner_id": partner.id,
                    "partner_ref": partner.id,
                    "partner_name": partner.display_name,
                    "date_start": fields.Datetime.now(),
                    "relation_id": relation and relation.id,
                }
                for partner, group in group_of.items()
            ]
        )

    @api.model
    def _found(self, partners):
        """Found one group for each of some commercial partners that belong to none, and make them its members.

        One statement adds group and membership and places the partner with its contacts: every registration does it,
        and the ORM would need five. The update of the partner is what stops a concurrent founder. It is done in the
        server's name: whoever sees the customer sees who wrote it last, and would know whom it is protected for.

        :param partners: res.partner (as superuser)
        """
        if not partners:
            return
        group_field = partners._fields["sales_customer_group_id"]
        partners.flush_model(["commercial_partner_id", group_field.name])
        rows = self.env.execute_query(
            SQL(
                """
                WITH founder AS (
                    SELECT id, name, nextval('sales_customer_group_id_seq') AS group_id
                      FROM unnest(%(ids)s, %(names)s) AS founder(id, name)
                ), founded AS (
                    INSERT INTO sales_customer_group (id, create_uid, create_date, write_uid, write_date)
                    SELECT group_id, %(uid)s, %(stamp)s, %(uid)s, %(stamp)s FROM founder
                ), opened AS (
                    INSERT INTO sales_customer_membership (group_id, partner_id, partner_ref, partner_name, date_start,
                                                           create_uid, create_date, write_uid, write_date)
                    SELECT group_id, id, id, name, %(now)s, %(uid)s, %(stamp)s, %(uid)s, %(stamp)s FROM founder
                )
                UPDATE res_partner partner
                   SET sales_customer_group_id = founder.group_id, write_uid = %(uid)s, write_date = %(stamp)s
                  FROM founder
                 WHERE partner.commercial_partner_id = founder.id
                RETURNING partner.id, founder.group_id::integer
                """,
                ids=partners.ids,
                names=partners.mapped("display_name"),
                now=fields.Datetime.now(),
                uid=SUPERUSER_ID,
                stamp=self.env.cr.now(),
            )
        )
        placed = partners.browse([partner_id for partner_id, _group_id in rows])
        placed.invalidate_recordset(["sales_membership_ids", group_field.name, "write_uid", "write_date"], flush=False)
        group_field._insert_cache(placed, [group_id for _partner_id, group_id in rows])
        placed.modified([group_field.name])

    def _move(self, group, relation=None):
        """Close these memberships now and let their partners go on in another group. Returns the new memberships."""
        partners = self.partner_id
        self._evidence_write({"date_end": fields.Datetime.now()})
        return self._open(dict.fromkeys(partners, group), relation)

    @api.model
    def _reach_back(self, groups):
        """Let members of groups belong to them since the first imported period, unless they were owned elsewhere then.

        What happened before Odoo is imported for the family and affiliates that are known at the import.
        """
        self.flush_model()
        self.env["sales.ownership"].flush_model()
        self.env.execute_query(
            SQL(
                """
            UPDATE sales_customer_membership member
               SET date_start = GREATEST(known.date_start, (
                    SELECT MAX(earlier.date_end)
                      FROM sales_customer_membership earlier
                     WHERE earlier.partner_id = member.partner_id AND earlier.date_end IS NOT NULL
                       AND EXISTS (SELECT 1 FROM sales_ownership owned WHERE owned.group_id = earlier.group_id)))
              FROM (SELECT group_id, MIN(date_start) AS date_start
                      FROM sales_ownership
                     WHERE origin = 'import' AND group_id = ANY(%s)
                     GROUP BY group_id) known
             WHERE member.group_id = known.group_id AND member.date_end IS NULL AND known.date_start < member.date_start
            RETURNING member.id
            """,
                groups.ids,
            )
        )
        self.invalidate_model(["date_start"])
