# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import models


class CrmTeamMember(models.Model):
    """Who is in whose team tells who needs to know."""

    _name = "crm.team.member"
    _inherit = ["crm.team.member", "sales.confidentiality.live.mixin"]
