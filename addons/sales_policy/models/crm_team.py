# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, models
from odoo.exceptions import AccessError


class CrmTeam(models.Model):
    """Leaders read and propose cases about the people of their team (PEN-5): sales managers appoint them."""

    _inherit = "crm.team"

    @api.model_create_multi
    def create(self, vals_list):
        """Create teams.

        :raises AccessError: when anybody but a sales manager or administrator makes one with a leader
        """
        teams = super().create(vals_list)
        if teams.user_id:
            self._check_appoints()
        return teams

    def write(self, vals):
        """Change teams.

        :raises AccessError: when anybody but a sales manager or administrator makes somebody leader of one
        """
        if "user_id" in vals and any(team.user_id.id != vals["user_id"] for team in self):
            self._check_appoints()
        return super().write(vals)

    @api.model
    def _check_appoints(self):
        groups = "sales_team.group_sale_manager,base.group_system"
        if not self.env.su and not self.env.user.has_groups(groups):
            raise AccessError(self.env._("Only a sales manager can change the leader of a sales team."))
