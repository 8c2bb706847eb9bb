# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, models
from odoo.exceptions import UserError

INCIDENT = "sales.shipping.incident"
# What a photo shows, and of what.
SHOWN = {"raw", "datas", "db_datas", "res_model", "res_id", "res_field", "type", "url", "name"}


class IrAttachment(models.Model):
    """Photos of an incident are neither replaced nor deleted by whoever may read it (SHP-10)."""

    _inherit = "ir.attachment"

    def write(self, vals):
        if SHOWN & vals.keys():
            self._shipping_check_photos()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_photos(self):
        self._shipping_check_photos()

    def _shipping_check_photos(self):
        if self.env.su:
            return
        # sudo: whose they are
        mine = self.sudo().filtered(lambda file: file.res_model == INCIDENT and file.res_id)
        if mine and self.env[INCIDENT].sudo().search_count([("photo_ids", "in", mine.ids)], limit=1):
            raise UserError(self.env._("Photos of an incident stay on file. You can add others."))
