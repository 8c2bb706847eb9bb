# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.exceptions import UserError

TAKEN_BACK = ("returned_date", "received_by")


class SalesConfidentialityLeaverItem(models.Model):
    """A device or documents that a leaver hands back (CON-12)."""

    _name = "sales.confidentiality.leaver.item"
    _description = "Device or Documents of a Leaver"
    _order = "leaver_id, id"

    leaver_id = fields.Many2one("sales.confidentiality.leaver", required=True, index=True, ondelete="cascade")
    user_id = fields.Many2one(related="leaver_id.user_id", string="Person", store=True, index=True)
    name = fields.Char("Device or Documents", required=True)
    returned_date = fields.Datetime("Back On", readonly=True, copy=False)
    received_by = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")

    @api.model_create_multi
    def create(self, vals_list):
        items = super().create([{**vals, **dict.fromkeys(TAKEN_BACK, False)} for vals in vals_list])
        items.leaver_id._check_handler()
        return items

    def write(self, vals):
        """Change what is on the list, until it is back."""
        self.leaver_id._check_handler()
        if not self.env.su and (set(vals) - {"name"} or self.filtered("returned_date")):
            raise UserError(self.env._("What is back stays on the list as it is."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_returned(self):
        self.leaver_id._check_handler()
        if self.filtered("returned_date"):
            raise UserError(self.env._("What is back stays on the list as it is."))

    def action_received(self):
        """Confirm that these are back. For confidentiality officers and HR, not for the leaver."""
        self.leaver_id._check_handler()
        self.check_access("write")
        self.sudo().filtered(lambda item: not item.returned_date).write(
            {"returned_date": fields.Datetime.now(), "received_by": self.env.uid}
        )
        return True
