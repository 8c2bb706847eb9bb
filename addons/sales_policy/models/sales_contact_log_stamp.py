# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import AccessError


class SalesContactLog(models.Model):
    """What the server fills in when a contact is recorded, and what it takes from nobody (OWN-1)."""

    _inherit = "sales.contact.log"

    @api.model
    def _check_unforged(self, vals):
        """Refuse values by which a client pretends to be somebody else or the server."""
        forged = [name for name in self._stamped_fields if vals.get(name)]
        if forged:
            raise AccessError(
                self.env._(
                    "The server fills in “%(field)s” itself.",
                    field=self._fields[forged[0]]._description_string(self.env),
                )
            )
        if vals.get("user_id", self.env.uid) != self.env.uid:
            raise AccessError(
                self.env._("You can only record your own contacts. Ask your colleague to record this one.")
            )

    @api.model
    def _stamp(self, vals_list, importing):
        """Return the values completed with what only the server knows, in a constant number of queries."""
        # Explicit values for every stamped field leave nothing to default_* keys of the caller's context.
        stamps = dict.fromkeys(self._stamped_fields, False) if not self.env.su else {}
        vals_list = [
            {
                "partner_id": False,
                "lead_id": False,
                "user_id": self.env.uid,
                "company_id": self.env.company.id,
                "contact_date": fields.Datetime.now(),
                "channel": "call",
                "direction": "two_way",
                "on_behalf_of_id": False,
                "corrects_id": False,
                **stamps,
                **vals,
            }
            for vals in vals_list
        ]
        partners = self._browse_all("res.partner", vals_list, "partner_id")
        if importing:
            # The terms depend on the customer group, and ownership will be derived for it.
            self.env["sales.customer.group"]._of_partners(self.env["res.partner"].union(*partners.values()))
        leads = self._browse_all("crm.lead", vals_list, "lead_id")
        users = self._browse_all("res.users", vals_list, "user_id")
        for vals in vals_list:
            partner, lead = partners.get(vals["partner_id"]), leads.get(vals["lead_id"])
            group = (partner and partner.sales_customer_group_id) or (lead and lead.sales_customer_group_id)
            user = users.get(vals["user_id"])
            vals.update(
                {
                    "contact_date": fields.Datetime.to_datetime(vals["contact_date"]),
                    "group_id": group.id if group else False,
                    "partner_name": partner.display_name if partner else lead and lead.name,
                    "team_id": user.sale_team_id.id if user else False,
                    "imported": importing,
                }
            )
        if not importing:
            self._stamp_absent_owners(vals_list)
        self._stamp_protection(vals_list)
        return vals_list

    @api.model
    def _browse_all(self, model, vals_list, name):
        """Return the records that some values refer to, as a dict by id (as superuser, sharing one prefetch)."""
        records = self.env[model].sudo().browse({vals[name] for vals in vals_list if vals[name]})
        return {record.id: record for record in records}

    @api.model
    def _stamp_absent_owners(self, vals_list):
        """Fill in for which absent owner a contact was made, where the user stands in for one (OWN-5)."""
        covers = (
            self.env["sales.ownership.cover"]
            .sudo()
            .search([("user_id", "in", [vals["user_id"] for vals in vals_list])])
        )
        if not covers:
            return
        for company in covers.company_id:
            covered = [vals for vals in vals_list if vals["company_id"] == company.id and vals["group_id"]]
            groups = self.env["sales.customer.group"].browse({vals["group_id"] for vals in covered})
            running = self.env["sales.ownership"]._running(groups, company)
            owner_of = {group.id: row.user_id for group, row in running.items()}
            for vals in covered:
                owner = owner_of.get(vals["group_id"])
                if (
                    owner
                    and not vals["on_behalf_of_id"]
                    and covers._cover(vals["user_id"], owner, company, vals["contact_date"])
                ):
                    vals["on_behalf_of_id"] = owner.id

    @api.model
    def _stamp_protection(self, vals_list):
        """Fill in which contacts count and until when they protect, by the policy of the person they count for."""
        Groups, Policies = self.env["sales.customer.group"], self.env["sales.ownership.policy"]
        by_person = defaultdict(list)
        for vals in vals_list:
            by_person[vals["company_id"], vals["on_behalf_of_id"] or vals["user_id"]].append(vals)
        batches = defaultdict(list)
        for (company_id, user_id), of_person in by_person.items():
            company = self.env["res.company"].browse(company_id)
            groups = Groups.browse({vals["group_id"] for vals in of_person if vals["group_id"]})
            policies = self.env["sales.ownership"]._policies(groups, company, self.env["res.users"].browse(user_id))
            standard = None if all(vals["group_id"] for vals in of_person) else Policies._standard()
            # A contact without a date is refused when it is stored.
            for vals in filter(lambda vals: vals["contact_date"], of_person):
                policy = policies.get(Groups.browse(vals["group_id"] or ())) or standard
                batches[company, policy, vals["channel"], vals["direction"]].append(vals)
        for (company, policy, channel, direction), batch in batches.items():
            ends = policy._protects_until(company, channel, direction, [vals["contact_date"] for vals in batch])
            for vals, until in zip(batch, ends):
                # A correction explains an earlier record; it is not a further contact.
                vals["counts"] = until is not False and not vals["corrects_id"]
                vals["protects_until"] = (vals["counts"] and until) or False
