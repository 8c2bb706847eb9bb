# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, models

# A context key with this value says that records come through a manager's import.
# Clients send JSON, and JSON has no such object.
_HISTORY = object()


class SalesContactLog(models.Model):
    """Contacts from before Odoo: imported by a sales manager, and the ownership that follows from them (OWN-1)."""

    _inherit = "sales.contact.log"

    @api.model
    def load(self, fields, data):
        """Import contact history. For a sales manager it may be old and name other people (see ``_derive_ownership``).

        Whoever imports is recorded as the creator, never as the one who had the contact. For anybody else
        the rules for recording a contact hold row by row.
        """
        if not self.env.user.has_group("sales_team.group_sale_manager"):
            return super().load(fields, data)
        # Earlier contacts were made by people, and with customers, who may have left since.
        history = self.with_context(sales_history=_HISTORY, active_test=False)
        result = super(SalesContactLog, history).load(fields, data)
        if result["ids"]:
            self.browse(result["ids"])._derive_ownership()
        return result

    @api.model
    def _is_history_import(self):
        return self.env.context.get("sales_history") is _HISTORY

    def _derive_ownership(self):
        """Replay earlier contacts in the order of their dates and write down who owned whom (OWN-1, OWN-2).

        Whoever had the first contact with a free customer registered it; later contacts of the
        owner prolonged the protection; after a lapse the next one took over. Customers whose ownership
        is already known from work in Odoo keep it: for them the imported contacts are evidence only.
        """
        Ownership = self.env["sales.ownership"].sudo()
        logs = self.sudo().sorted(lambda log: (log.contact_date, log.id))
        groups_of = logs._current_groups()
        for company in logs.company_id:
            of_company = logs.filtered(lambda log: log.company_id == company and log.counts and groups_of[log])
            groups = Ownership._groups_in({groups_of[log]: None for log in of_company})
            groups._lock()
            live = {
                group
                for [group] in Ownership._read_group(
                    [("group_id", "in", groups.ids), ("company_id", "=", company.id), ("origin", "!=", "import")],
                    ["group_id"],
                )
            }
            periods = Ownership._replay(
                of_company.filtered(lambda log: groups_of[log] not in live),
                groups_of,
                Ownership._last(groups, company),
                company,
            )
            Ownership.create(periods)
            self.env["sales.customer.membership"]._reach_back(groups)
