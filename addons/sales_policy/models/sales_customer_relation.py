# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

MANAGER = "sales_team.group_sale_manager"
KINDS = [
    ("spouse", "Spouse"),
    ("parent", "Parent"),
    ("child", "Child"),
    ("parent_company", "Parent Company"),
    ("subsidiary", "Subsidiary"),
    ("same_controller", "Same Controlling Person"),
]


class SalesCustomerRelation(models.Model):
    """Why two customers are one: family or affiliates (OWN-4).

    Recording a relation joins the customer groups of both partners. Where they are protected for different
    people a sales manager decides whose customer it is. A relation recorded by mistake is undone, never deleted.
    """

    _name = "sales.customer.relation"
    _inherit = ["sales.evidence.mixin"]
    _description = "Family or Affiliate"
    _order = "id desc"
    _rec_name = "other_partner_id"

    partner_id = fields.Many2one("res.partner", "Customer", required=True, index=True, ondelete="restrict")
    other_partner_id = fields.Many2one(
        "res.partner", "Related Customer", required=True, index=True, ondelete="restrict"
    )
    kind = fields.Selection(KINDS, "Relation", required=True, help="What the related customer is to the customer.")
    note = fields.Char("Evidence", required=True, help="How it is known: household register, business licence, …")
    partner_name = fields.Char("Customer at the Time", readonly=True)
    other_partner_name = fields.Char("Related Customer at the Time", readonly=True)
    state = fields.Selection(
        [("pending", "Manager Decides"), ("joined", "Joined"), ("refused", "Refused"), ("undone", "Undone")],
        required=True,
        default="pending",
        readonly=True,
    )
    group_id = fields.Many2one("sales.customer.group", readonly=True, ondelete="restrict")
    other_group_id = fields.Many2one(
        "sales.customer.group", "Related Customer Group", readonly=True, ondelete="restrict"
    )
    decided_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    decision_date = fields.Datetime("Decided On", readonly=True)
    owner_id = fields.Many2one("res.users", "Owner of the Customer", compute="_compute_owners")
    other_owner_id = fields.Many2one("res.users", "Owner of the Related Customer", compute="_compute_owners")
    kept_owner_id = fields.Many2one("res.users", "Stays With", readonly=True, ondelete="restrict")

    @api.depends("group_id", "other_group_id")
    @api.depends_context("company", "uid")
    def _compute_owners(self):
        Ownership = self.env["sales.ownership"]
        running = Ownership._running(self.sudo().group_id | self.sudo().other_group_id, self.env.company)
        visible = Ownership.sudo().union(*running.values())._filter_visible(self.env.user)
        nobody = self.env["res.users"]
        for relation in self:
            row = running.get(relation.sudo().group_id)
            other = running.get(relation.sudo().other_group_id)
            relation.owner_id = row.user_id if row and row in visible else nobody
            relation.other_owner_id = other.user_id if other and other in visible else nobody

    @api.model_create_multi
    def create(self, vals_list):
        """Record relations and join the customers, unless a manager has to decide first (OWN-4).

        :raises ValidationError: when both partners are the same customer already
        """
        stamped = []
        for vals in vals_list:
            forged = {"state", "group_id", "other_group_id", "decided_by_id", "decision_date", "kept_owner_id"} & set(
                vals
            )
            if forged and not self.env.su:
                raise AccessError(self.env._("The server fills in the state and decision of a relation itself."))
            partners = self.env["res.partner"].browse([vals.get("partner_id"), vals.get("other_partner_id")])
            partners.check_access("read")
            partner, other = partners.commercial_partner_id[:1], partners[1:].commercial_partner_id
            if not partner or not other or partner == other:
                raise ValidationError(self.env._("Both are the same customer already."))
            stamped.append(
                {
                    # Nothing is left to default_* keys of the caller's context.
                    "group_id": False,
                    "other_group_id": False,
                    "decided_by_id": False,
                    "decision_date": False,
                    "kept_owner_id": False,
                    **vals,
                    "state": "pending",
                    "partner_id": partner.id,
                    "other_partner_id": other.id,
                    "partner_name": partner.display_name,
                    "other_partner_name": other.display_name,
                }
            )
        relations = super().create(stamped)
        for relation in relations:
            relation._join_or_ask()
        return relations

    def _join_or_ask(self):
        """Join at once where nobody loses or gains a customer by it, else leave the decision to a manager."""
        groups = self.env["sales.customer.group"]._of_partners(self.partner_id | self.other_partner_id)
        group, other = groups[self.partner_id.sudo()], groups[self.other_partner_id.sudo()]
        self._evidence_write({"group_id": group.id, "other_group_id": other.id})
        if group == other:
            self._evidence_write(
                {"state": "joined", "decision_date": fields.Datetime.now(), "decided_by_id": self.env.uid}
            )
        elif self.env.su or not self.env["sales.ownership"]._is_disputed(group | other):
            self._join()

    def _join(self, keep_other=False):
        owner = self.env["sales.ownership"]._running(
            self.other_group_id if keep_other else self.group_id, self.env.company
        )
        self.group_id._absorb(self.other_group_id, self, keep_other)
        kept = next(iter(owner.values())).user_id if owner else self.env["res.users"]
        self._evidence_write(
            {
                "state": "joined",
                "decided_by_id": self.env.uid,
                "decision_date": fields.Datetime.now(),
                "kept_owner_id": kept.id,
            }
        )

    def _check_manager(self):
        if not self.env.su and not self.env.user.has_group(MANAGER):
            raise AccessError(self.env._("Only a sales manager can decide whose customer it is."))

    def _check_state(self, state):
        for relation in self:
            if relation.state != state:
                raise UserError(self.env._("This relation has been decided already."))

    def action_keep_owner(self):
        """Join; where the owners differ, the first customer's owner keeps both. For sales managers."""
        self._check_manager()
        self._check_state("pending")
        for relation in self.sudo():
            relation._join()
        return True

    def action_keep_other_owner(self):
        """Join; where the owners differ, the related customer's owner gets both. For sales managers."""
        self._check_manager()
        self._check_state("pending")
        for relation in self.sudo():
            relation._join(keep_other=True)
        return True

    def action_refuse(self):
        """Leave both customers apart. For sales managers."""
        self._check_manager()
        self._check_state("pending")
        self.sudo()._evidence_write(
            {"state": "refused", "decided_by_id": self.env.uid, "decision_date": fields.Datetime.now()}
        )
        return True

    def action_undo(self):
        """Separate customers that were joined by mistake; both former owners are protected anew. For sales managers."""
        self._check_manager()
        self._check_state("joined")
        for relation in self.sudo():
            if relation.group_id == relation.other_group_id:
                raise UserError(self.env._("These customers were one before. There is nothing to separate."))
            relation.group_id._release_absorbed(relation.other_group_id, relation)
            relation._evidence_write(
                {"state": "undone", "decided_by_id": self.env.uid, "decision_date": fields.Datetime.now()}
            )
        return True
