# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain


class SalesShippingStart(models.TransientModel):
    """On the day of switching on: which of the deliveries that are under way the gate holds as well (SHP-3)."""

    _name = "sales.shipping.start"
    _description = "Hold Open Deliveries Too"

    @api.model
    def _default_picking_ids(self):
        return self._under_way(self.env.company)

    company_id = fields.Many2one("res.company", required=True, readonly=True, default=lambda self: self.env.company)
    picking_ids = fields.Many2many(
        "stock.picking",
        string="Open Deliveries",
        default=lambda self: self._default_picking_ids(),
        domain="[('company_id', '=', company_id), ('state', 'not in', ('done', 'cancel'))]",
        help="They were under way when the gate was switched on and leave as if there were none. "
        "Those on this list will be held like all others until their money is in.",
    )

    @api.model
    def _under_way(self, company):
        """Return the deliveries of a company that the gate spares, because they were under way."""
        spared = Domain("sale_line_id.shipping_spared_qty", ">", 0) | Domain("shipping_passed_qty", ">", 0)
        moves = self.env["stock.move"].sudo()
        open_moves = Domain("company_id", "=", company.id) & Domain("state", "not in", ("done", "cancel", "draft"))
        return moves.search(open_moves & spared, order="id").picking_id.filtered(
            lambda picking: picking.location_dest_id._gate_exits()
        )

    def action_hold(self):
        """Hold the chosen deliveries from now on.

        :raises AccessError: for everybody but an administrator
        """
        self.ensure_one()
        if not self.env.user.has_group("base.group_system") or self.company_id not in self.env.user.company_ids:
            raise AccessError(self.env._("Only an administrator can decide this."))
        self.picking_ids.sudo().filtered(lambda picking: picking.company_id == self.company_id)._gate_include()
        return {"type": "ir.actions.act_window_close"}
