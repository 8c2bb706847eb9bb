# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.fields import Domain


class SalesOwnership(models.Model):
    """What happens to ownership when customers turn out to be one, or two after all (OWN-4)."""

    _inherit = "sales.ownership"

    @api.model
    def _is_disputed(self, groups):
        """Tell whether joining groups would take a customer from somebody, or give somebody one that is open for all.

        An open customer cannot be had by declaring it a relative of one's own, or by merging it into one.
        """
        now = fields.Datetime.now()
        begun = self.sudo().search(self._begun_domain() & Domain("group_id", "in", groups.ids))
        for of_company in begun.grouped("company_id").values():
            running = of_company.filtered(lambda row: not row.date_end or row.date_end > now)
            if len(running.user_id) > 1 or (running and of_company.group_id - running.group_id):
                return True
        return False

    @api.model
    def _unite(self, group, other, relation=None, keep_other=False, note=None):
        """Carry the current owners of ``other`` over to ``group``, company by company (OWN-4)."""
        companies = self.sudo().search(self._running_domain() & Domain("group_id", "=", other.id)).company_id
        for company in companies:
            policy = self.env["sales.ownership.policy"]._standard()
            mine = self._running(group, company).get(group)
            theirs = self._running(other, company)[other]
            end, user, blind = theirs.date_end, theirs.user_id, theirs.blind
            theirs._cut("joined", note, relation)
            if mine and mine.user_id == user:
                if mine.date_end and (not end or end > mine.date_end):
                    mine._evidence_write({"date_end": end})
            elif not mine or keep_other:
                if mine:
                    mine._cut("joined", note, relation)
                self._begin(
                    group,
                    user,
                    company,
                    [
                        {
                            **self._prepare_row(group, policy, company, end),
                            "origin": "join",
                            "relation_id": relation and relation.id,
                            "last_log_id": theirs.last_log_id.id,
                            "blind": blind,
                        }
                    ],
                )
        waiting = self.env["sales.ownership.waiting"].sudo().search([("group_id", "=", other.id), ("left", "=", False)])
        waiting._move(group)

    @api.model
    def _divide(self, group, other, relation):
        """Give both customers of an undone join back to the owners they had before it (OWN-4)."""
        for row in self.sudo().search(self._running_domain() & Domain("relation_id", "=", relation.id)):
            row._cut("separated", relation=relation)
        for row in self.sudo().search([("end_relation_id", "=", relation.id), ("end_reason", "=", "joined")]):
            if not self._running(row.group_id, row.company_id):
                self._assign(row.group_id, row.user_id, row.company_id, self.env._("Join undone"))
