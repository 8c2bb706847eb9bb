# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import models


class PortalShare(models.TransientModel):
    _inherit = "portal.share"

    def action_send_mail(self):
        """Share a quotation only where it may be sent (CON-3)."""
        for share in self:
            if share.res_model == "sale.order":
                self.env["sale.order"].browse(share.res_id)._confidentiality_check_sending()
        return super().action_send_mail()
