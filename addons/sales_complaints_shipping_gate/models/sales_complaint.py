# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import fields, models
from odoo.exceptions import UserError


class SalesComplaint(models.Model):
    """Stopping what is left of a lot or colour number that is complained about (CMP-2)."""

    _inherit = "sales.complaint"

    lot_hold_ids = fields.One2many("sales.lot.hold", "complaint_id", "Held Lots and Colours", readonly=True)
    has_lots = fields.Boolean(compute="_compute_has_lots", compute_sudo=True)

    def _compute_has_lots(self):
        for complaint in self:
            complaint.has_lots = bool(complaint._lots_to_hold())

    def action_hold_lots(self):
        """Let the lots and colour numbers on these complaints leave no more (CMP-2).

        For complaint managers and technical judges. Holds where the shipping gate of the company is on.

        :raises UserError: for complaints without lots or numbers, or whose lots are held already
        """
        self._check_may_manage()
        self._lock()
        vals_list = []
        for complaint in self.sudo():
            for product, number, lot in complaint._lots_to_hold():
                vals_list.append(
                    {
                        "company_id": complaint.company_id.id,
                        "lot_id": lot.id,
                        "lot_name": number,
                        "product_id": product.id,
                        "complaint_id": complaint.id,
                        "complaint_name": complaint.name,
                        "user_id": self.env.uid,
                        "date": fields.Datetime.now(),
                    }
                )
        if not vals_list:
            raise UserError(self.env._("Nothing is left to hold. Enter the lot or colour number of the goods first."))
        holds = self.env["sales.lot.hold"].sudo().create(vals_list)
        for complaint, mine in holds.grouped("complaint_id").items():
            complaint._message_log(
                body=self.env._("Held, nothing of it leaves: %(lots)s", lots=", ".join(mine.mapped("lot_name")))
            )
        return True

    def _lots_to_hold(self):
        """Return what of this complaint can be held and is not: lots, and numbers of goods without a lot.

        A number is also held by the lots that bear it now: they may be renamed.

        :return: list of product, number and stock.lot, which is none for a number
        """
        self.ensure_one()
        holds, found = self.env["sales.lot.hold"], {}
        for line in self.line_ids.filtered("product_id"):
            numbers = [] if line.lot_id else [number.strip() for _product, number in line._repeat_keys()]
            same = self.env["stock.lot"].search([("product_id", "=", line.product_id.id), ("name", "in", numbers)])
            for lot in line.lot_id | same:
                found[holds._key(lot.product_id, lot.name, lot)] = (lot.product_id, lot.name, lot)
            for number in numbers:
                found[holds._key(line.product_id, number, same.browse())] = (line.product_id, number, same.browse())
        for hold in holds._standing(self.line_ids.product_id, self.company_id):
            found.pop(hold._key(hold.product_id, hold.lot_name, hold.lot_id), None)
        return list(found.values())
