# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import ormcache


class SalesEntitlementRule(models.Model):
    """How owner and closer share when a colleague closes the deal of a protected customer (OWN-3, OWN-8).

    The first rule that fits counts. Without one the owner has all of it.
    """

    _name = "sales.entitlement.rule"
    _description = "Split Rule"
    _inherit = ["sales.cached.mixin"]
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", ondelete="cascade", help="Empty: all companies.")
    team_id = fields.Many2one(
        "crm.team", "Sales Team", ondelete="cascade", check_company=True, help="Of the closer. Empty: all teams."
    )
    owner_share = fields.Float("Owner (%)", digits=(6, 2), default=70.0, required=True)
    closer_share = fields.Float("Closer (%)", digits=(6, 2), default=30.0, required=True)

    _shares_sum = models.Constraint(
        "CHECK (owner_share >= 0 AND closer_share >= 0 AND abs(owner_share + closer_share - 100) < 0.005)",
        "The shares of owner and closer make up 100 %.",
    )

    @api.onchange("owner_share")
    def _onchange_owner_share(self):
        self.closer_share = 100 - self.owner_share

    @api.model
    @ormcache("company_id", "team_id")
    def _owner_share(self, company_id, team_id):
        """Return the owner's share by the first rule that fits and that rule's name, or None twice.

        :param int company_id: of the order
        :param team_id: id of the closer's sales team, or None; the team of the order is chosen by the closer
        """
        rule = self.sudo().search(
            Domain("company_id", "in", [company_id, False])
            & Domain("team_id", "in", [team_id or False, False])
            & Domain("active", "=", True),
            limit=1,
        )
        return (rule.owner_share, rule.name) if rule else (None, None)
