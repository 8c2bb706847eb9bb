# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import models
from odoo.exceptions import AccessError


class CrmTeam(models.Model):
    _inherit = "crm.team"

    def write(self, vals):
        """Change teams.

        :raises AccessError: when anybody but a sales manager or administrator makes somebody leader of a team: leaders
            read and propose cases about its people (PEN-5)
        """
        appointed = "user_id" in vals and any(team.user_id.id != vals["user_id"] for team in self)
        groups = "sales_team.group_sale_manager,base.group_system"
        if appointed and not self.env.su and not self.env.user.has_groups(groups):
            raise AccessError(self.env._("Only a sales manager can change the leader of a sales team."))
        return super().write(vals)
