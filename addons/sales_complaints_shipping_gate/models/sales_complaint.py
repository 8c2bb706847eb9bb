# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import fields, models
from odoo.exceptions import UserError


class SalesComplaint(models.Model):
    """Stopping what is left of a lot that is complained about (CMP-2)."""

    _inherit = "sales.complaint"

    lot_hold_ids = fields.One2many("sales.lot.hold", "complaint_id", "Held Lots", readonly=True)
    has_lots = fields.Boolean(compute="_compute_has_lots", compute_sudo=True)

    def _compute_has_lots(self):
        for complaint in self:
            held = complaint.lot_hold_ids.filtered(lambda hold: not hold.lifted_date).lot_id
            complaint.has_lots = bool(complaint.line_ids.lot_id - held)

    def action_hold_lots(self):
        """Let the lots on these complaints leave no more. For complaint managers and technical judges.

        Holds where the shipping gate of the company is on.

        :raises UserError: for complaints without lots, or whose lots are held already
        """
        self._check_may_manage()
        self._lock()
        vals_list = []
        for complaint in self.sudo():
            company = complaint.company_id
            lots = complaint.line_ids.lot_id
            for lot in lots - self.env["sales.lot.hold"]._of(lots, company).lot_id:
                vals_list.append(
                    {
                        "company_id": company.id,
                        "lot_id": lot.id,
                        "lot_name": lot.name,
                        "product_id": lot.product_id.id,
                        "complaint_id": complaint.id,
                        "complaint_name": complaint.name,
                        "user_id": self.env.uid,
                        "date": fields.Datetime.now(),
                    }
                )
        if not vals_list:
            raise UserError(self.env._("No lot is left to hold. Enter the lot of the goods first."))
        holds = self.env["sales.lot.hold"].sudo().create(vals_list)
        for complaint, mine in holds.grouped("complaint_id").items():
            complaint._message_log(
                body=self.env._("Held, nothing of it leaves: %(lots)s", lots=", ".join(mine.mapped("lot_name")))
            )
        return True
