# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

import re
from contextlib import contextmanager

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import ormcache


class SalesLotHold(models.Model):
    """Goods of a lot, or of a colour number, that do not leave because of a complaint (CMP-2).

    The technical judge lifts the hold. Where the goods have a lot in the warehouse it is the lot that is held. A number
    without lot stops every delivery of the product that names it: on the order, or by a lot that comes later.
    """

    _name = "sales.lot.hold"
    _description = "Lot Hold"
    _inherit = ["sales.evidence.mixin", "sales.cached.mixin"]
    _order = "id desc"
    _rec_name = "lot_name"

    company_id = fields.Many2one("res.company", required=True, index=True, readonly=True)
    lot_id = fields.Many2one(
        "stock.lot", "Lot or Serial Number", index="btree_not_null", readonly=True, ondelete="restrict"
    )
    lot_name = fields.Char("Lot or Colour Number", required=True, readonly=True)
    product_id = fields.Many2one("product.product", required=True, index=True, readonly=True, ondelete="restrict")
    complaint_id = fields.Many2one("sales.complaint", required=True, index=True, readonly=True, ondelete="restrict")
    complaint_name = fields.Char("Complaint Number", required=True, readonly=True)
    user_id = fields.Many2one("res.users", "Held By", required=True, readonly=True, ondelete="restrict")
    date = fields.Datetime("Held Since", required=True, readonly=True)
    lifted_date = fields.Datetime("Lifted On", readonly=True)
    lifter_id = fields.Many2one("res.users", "Lifted By", readonly=True, ondelete="restrict")
    lift_reason = fields.Text("Lifted Because", readonly=True)

    def action_lift(self):
        """Open the form in which the technical judge says why a hold is lifted."""
        self._check_may_lift()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Lift the Hold"),
            "res_model": "sales.lot.hold.lift",
            "view_mode": "form",
            "target": "new",
            "context": {"default_hold_ids": self.ids},
        }

    def _lift(self, reason):
        """Let lots leave again. For technical judges who are no party to the complaint.

        :raises UserError: without a reason, or when a hold was lifted before
        """
        self._check_may_lift()
        if not (reason or "").strip():
            raise UserError(self.env._("Please say why the lot may leave again."))
        self._evidence_write(
            {"lifted_date": fields.Datetime.now(), "lifter_id": self.env.uid, "lift_reason": reason.strip()}
        )

    def _check_may_lift(self):
        self.check_access("read")
        judge = self.env.user.has_group("sales_policy.group_technical_judge")
        for hold in self.sudo():
            if not judge or self.env.user in hold.complaint_id._involved():
                raise AccessError(
                    self.env._("%(lot)s: a technical judge who is no party to it lifts the hold.", lot=hold.lot_name)
                )
            if hold.lifted_date:
                raise UserError(self.env._("%(lot)s is not held any more.", lot=hold.lot_name))

    @api.model
    @ormcache()
    def _held_product_ids(self):
        """Return the ids of the products of which some lot or number is held; mostly there is none."""
        return frozenset(self.sudo().search([("lifted_date", "=", False)]).product_id._ids)

    @api.model
    def _standing(self, products, companies):
        """Return the holds that stand on lots or numbers of some products in some companies, as superuser."""
        held = self._held_product_ids().intersection(products.ids)
        if not held:
            return self.sudo().browse()
        domain = [("product_id", "in", list(held)), ("company_id", "in", companies.ids), ("lifted_date", "=", False)]
        return self.sudo().search(domain)

    @api.model
    def _key(self, product, number, lot):
        """Return by what two holds are about the same goods."""
        return lot.id or (product.id, number.strip().casefold())

    @api.model
    def _on(self, moves):
        """Return the holds that stop moves.

        :return: dict of stock.move to holds, as superuser; moves that nothing stops are absent
        """
        moves = moves.sudo()
        standing = self._standing(moves.product_id | moves.move_line_ids.product_id, moves.company_id)
        found = {move: standing.filtered(lambda hold, move=move: hold._stops(move)) for move in moves if standing}
        return {move: holds for move, holds in found.items() if holds}

    @api.model
    @contextmanager
    def _kept_on(self, moves):
        """Let nothing that is done meanwhile take waiting moves from under a hold.

        :raises UserError: where a hold would stop a move no longer
        """
        waiting = moves.filtered(lambda move: move.state not in ("done", "cancel"))
        held = self._on(waiting)
        yield
        still = self._on(waiting) if held else {}
        for move, holds in held.items():
            gone = holds - still.get(move, holds.browse())
            if gone:
                raise UserError(gone._reasons()[0])

    def _stops(self, move):
        """Return whether goods of this lot, or that carry this number, are on a move."""
        self.ensure_one()
        lots = move.move_line_ids.lot_id
        if self.company_id != move.company_id:
            return False
        if self.lot_id:
            return self.lot_id in lots
        if self.product_id != move.product_id:
            return False
        texts = [move.product_id.display_name, move.sale_line_id.name, move.description_picking]
        texts += [text for lot in lots for text in (lot.name, lot.ref)]
        return self._is_in("\n".join(filter(None, texts)))

    def _is_in(self, text):
        """Return whether a text names the number, as a word of its own."""
        number = re.escape((self.lot_name or "").strip())
        return bool(number) and bool(re.search(rf"(?<!\w){number}(?!\w)", text, re.IGNORECASE))

    @api.model
    def _unknown_on(self, moves):
        """Return the holds by number of which nobody can tell whether they concern a move: nothing on it says which.

        :return: dict of stock.move to holds, as superuser
        """
        moves = moves.sudo()
        standing = self._standing(moves.product_id, moves.company_id).filtered(lambda hold: not hold.lot_id)
        result = {}
        for move in moves.filtered(lambda move: standing and not move.move_line_ids.lot_id):
            mine = standing.filtered(
                lambda hold, move=move: (
                    hold.product_id == move.product_id and hold.company_id == move.company_id and not hold._stops(move)
                )
            )
            if mine:
                result[move] = mine
        return result

    def _reasons(self):
        """Return why these goods do not leave, a sentence each."""
        return [
            self.env._(
                "Held for quality since %(date)s: lot %(lot)s of %(product)s, because of complaint %(complaint)s. A "
                "technical judge lifts the hold.",
                **hold._reason_values(),
            )
            if hold.lot_id
            else self.env._(
                "Held for quality since %(date)s: number %(lot)s of %(product)s, because of complaint %(complaint)s. A "
                "technical judge lifts the hold.",
                **hold._reason_values(),
            )
            for hold in self
        ]

    def _reason_values(self):
        return {
            "date": self.company_id._sales_format_moment(self.date),
            "lot": self.lot_name,
            "product": self.product_id.display_name,
            "complaint": self.complaint_name,
        }
