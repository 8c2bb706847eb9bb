# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import models
from odoo.exceptions import UserError


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    def _update_foreign_keys(self, src_partners, dst_partner):
        """Settle whose customer the merged partner is before its rows are re-pointed by SQL (OWN-4).

        :raises UserError: when the partners are protected for different people and the user is not a sales manager
        :raises AccessError: when the merge gives a tag that the user may not give (OWN-2)
        """
        tags = src_partners.sudo().with_context(active_test=False).category_id - dst_partner.sudo().category_id
        tags.with_env(self.env)._sales_check_giver()
        contacts = self.env["res.partner"].sudo().search([("commercial_partner_id", "in", src_partners.ids)])
        company = dst_partner.sudo().commercial_partner_id
        for source in src_partners.sudo():
            self._sales_check_may_merge(source, company)
            note = self.env._(
                "Contact %(merged)s merged into %(kept)s", merged=source.display_name, kept=company.display_name
            )
            source._sales_join(company, note)
        result = super()._update_foreign_keys(src_partners, dst_partner)
        group = self.env["res.partner"]._fields["sales_customer_group_id"]
        self.env.add_to_compute(group, (contacts - src_partners | dst_partner).sudo())
        return result

    def _sales_check_may_merge(self, source, company):
        if self.env.su or self.env.user.has_group("sales_team.group_sale_manager"):
            return
        if source._sales_is_disputed_by(company):
            raise UserError(
                self.env._(
                    "These contacts are protected for different salespeople, or one of them is open. "
                    "Ask a sales manager to merge them."
                )
            )
