# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import float_compare

USAGE = "entitlement_split"


class SalesEntitlementSplit(models.Model):
    """How several people share the entitlement of one order, proposed by hand and decided by approval (OWN-8).

    Once approved it cannot be changed; another one may be proposed, and the last that was approved counts. Approved
    before the first money it takes effect when the money arrives; approved later it replaces the standing
    entries by counter-entries and new ones.
    """

    _name = "sales.entitlement.split"
    _inherit = ["mail.thread", "mail.activity.mixin", "sales.approval.mixin"]
    _description = "Proposed Split"
    _order = "id desc"
    _rec_name = "order_name"

    order_id = fields.Many2one("sale.order", required=True, index=True, ondelete="restrict")
    order_name = fields.Char("Order Number", compute="_compute_order", store=True, precompute=True)
    company_id = fields.Many2one("res.company", compute="_compute_order", store=True, precompute=True, index=True)
    currency_id = fields.Many2one(related="order_id.currency_id")
    amount = fields.Monetary(related="order_id.amount_untaxed", string="Order Amount (Untaxed)")
    reason = fields.Char(required=True, tracking=True)
    line_ids = fields.One2many("sales.entitlement.split.line", "split_id", "Shares", copy=True)
    entitlement_ids = fields.One2many("sales.entitlement", "split_id", "Entitlements")
    is_in_effect = fields.Boolean("In Effect", compute="_compute_is_in_effect", compute_sudo=True)

    @api.constrains("line_ids")
    def _check_shares(self):
        for split in self:
            total = sum(split.line_ids.mapped("share"))
            if float_compare(total, 100, precision_digits=2):
                raise ValidationError(
                    self.env._("The shares make up %(total)g %%. They have to make up 100 %%.", total=total)
                )
            if len(split.line_ids.user_id) < len(split.line_ids):
                raise ValidationError(self.env._("Each person has one share."))
            split.line_ids.user_id._sales_check_colleague(split.company_id)

    @api.constrains("order_id", "order_name", "company_id")
    def _check_order(self):
        # Company and name tell the deciders what is asked of whom: they are those of the order, whatever is sent.
        for split in self:
            if (split.order_name, split.company_id) != (split.order_id.name, split.order_id.company_id):
                raise ValidationError(self.env._("Number and company of a split are those of its order."))

    @api.depends("order_id")
    def _compute_order(self):
        for split in self:
            split.order_name = split.order_id.name
            split.company_id = split.order_id.company_id

    @api.depends("entitlement_ids")
    def _compute_is_in_effect(self):
        for split in self:
            split.is_in_effect = bool(split.entitlement_ids)

    @api.model_create_multi
    def create(self, vals_list):
        splits = super().create(vals_list)
        splits.order_id.check_access("read")
        splits._check_shares()
        return splits

    def write(self, vals):
        if {"order_id", "line_ids", "reason", "order_name", "company_id"} & set(vals):
            self._check_open()
        result = super().write(vals)
        if "order_id" in vals:
            self.order_id.check_access("read")
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_decided(self):
        self._check_open()

    def action_request(self):
        """Ask for a decision about these splits (OWN-8); who proposed them or may edit them may ask."""
        self.check_access("write")
        self._check_open()
        self._check_shares()
        for reason, splits in self.grouped("reason").items():
            splits._approval_request(
                USAGE, reason, amounts={split: split.order_id.sudo().amount_untaxed for split in splits}
            )

    @api.model
    def _approval_fields(self):
        return ["order_id", "amount", "reason", "line_ids.user_id", "line_ids.share"]

    def _approval_profiteers(self):
        return {split: split.line_ids.user_id for split in self}

    def _approval_decided(self, approvals):
        """Freeze the splits that were approved and let them take effect where money is in already."""
        approved = approvals.filtered(lambda approval: approval.status == "approved")
        splits = self.filtered(lambda split: split.id in approved.mapped("res_id"))
        splits._approval_use(USAGE)
        splits._replace_entitlements()

    def _is_decided(self):
        """Return those of these splits that were approved."""
        used = (
            self.env["sales.approval"]
            .sudo()
            .search(self._approval_domain() & Domain("usage", "=", USAGE) & Domain("status", "=", "used"))
        )
        return self.browse(used.mapped("res_id"))

    def _check_open(self):
        """Refuse changes of a split that was approved.

        :raises UserError: when one was
        """
        for split in self._is_decided().sudo()[:1]:
            raise UserError(
                self.env._(
                    "The split of %(order)s was approved and stays as it is. Propose another one.",
                    order=split.order_name,
                )
            )

    def _shares(self):
        """Return the shares by which an order's entitlement is divided.

        :return: list of pairs of user id and per cent, the largest first
        """
        self.ensure_one()
        return [(line.user_id.id, line.share) for line in self.line_ids.sorted(lambda line: (-line.share, line.id))]

    def _replace_entitlements(self):
        """Replace what stands for the orders of these splits: counter-entries, then entries by the split (OWN-8).

        Orders whose first money is still to come are left alone: the split takes effect when it arrives.
        """
        Entitlement = self.env["sales.entitlement"].sudo()
        self.sudo().order_id._sales_lock_money()
        for split in self.sudo():
            standing = Entitlement.search(
                [("order_id", "=", split.order_id.id), ("kind", "!=", "counter"), ("is_countered", "=", False)]
            )
            if not standing:
                continue
            standing._counter(reason=split.reason, split_id=split.id)
            first = standing.sorted("id")[:1]
            Entitlement.create(
                [
                    {
                        **values,
                        "user_id": user_id,
                        "share": share,
                        "amount": first.base_amount * share / 100,
                        "company_amount": first.company_amount * share / first.share,
                    }
                    for values in first._again("split", reason=split.reason, split_id=split.id, rule_name=False)
                    for user_id, share in split._shares()
                ]
            )
