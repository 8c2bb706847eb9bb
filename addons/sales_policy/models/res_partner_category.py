# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, models
from odoo.exceptions import AccessError


class ResPartnerCategory(models.Model):
    """Tags on which policies depend are given by those who decide, from whichever side (OWN-2)."""

    _inherit = "res.partner.category"

    def write(self, vals):
        # A policy whose tag is archived fits nobody.
        if {"partner_ids", "active"} & vals.keys():
            self._sales_check_giver()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_if_giver(self):
        # A policy whose tag is gone fits everybody.
        self._sales_check_giver()

    @api.model
    def _sales_givers(self):
        """Return who gives and takes the tags that policies in force name; an addon adds its own.

        :return: list of (res.partner.category as superuser, xml ids of groups, one of which is needed)
        """
        policies = self.env["sales.ownership.policy"].sudo().with_context(active_test=False)
        groups = ("sales_team.group_sale_manager", "sales_policy.group_policy_officer")
        return [(policies.search([("active", "=", True)]).category_ids, groups)]

    def _sales_withheld(self):
        """Return which of these tags the current user may neither give nor take, each with the groups that may.

        :return: list of (res.partner.category as superuser, xml ids of groups)
        """
        user = self.env.user
        if self.env.su or not self or user.has_group("base.group_system"):
            return []
        return [
            (named & self, groups)
            for named, groups in self._sales_givers()
            if named & self and not any(user.has_group(group) for group in groups)
        ]

    def _sales_check_giver(self):
        """Refuse to give or take these tags to those who may not.

        :raises AccessError: for a tag that a policy names, unless the user decides about it
        """
        for tags, groups in self._sales_withheld():
            raise AccessError(
                self.env._(
                    "A policy depends on the tag “%(tag)s”. Please ask somebody of these groups to give it or to "
                    "take it away: %(groups)s.",
                    tag=tags[:1].name,
                    groups=", ".join(self.env.ref(group).sudo().name for group in groups),
                )
            )
