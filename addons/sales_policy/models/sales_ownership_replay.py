# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, models


class SalesOwnership(models.Model):
    """How ownership follows from contacts of the past."""

    _inherit = "sales.ownership"

    @api.model
    def _replay(self, logs, groups_of, last, company):
        """Return the values of the periods of ownership that follow from contacts in the order of time.

        :param logs: sales.contact.log of one company, sorted by date
        :param dict groups_of: customer group of each log
        :param dict last: the period already known for a group; it is prolonged in place where contacts continue it
        """
        periods, current = [], {}
        groups = self._groups_in({groups_of[log]: None for log in logs})
        policies = {
            team: self.env["sales.ownership.policy"]._for_groups(groups, company, team)
            for team in {log.user_id.sale_team_id for log in logs}
        }
        for log in logs:
            group = groups_of[log]
            policy = policies[log.user_id.sale_team_id][group]
            period = current.get(group)
            if period is None and group in last:
                row = last[group]
                period = current[group] = {
                    "row": row,
                    "user_id": row.user_id.id,
                    "date_start": row.date_start,
                    "date_end": row.date_end,
                }
            if period and log.contact_date < period["date_start"]:
                continue
            running = period and (not period["date_end"] or log.contact_date < period["date_end"])
            if running and period["user_id"] not in (log.user_id | log.on_behalf_of_id).ids:
                continue
            start = period["date_start"] if running else log.contact_date
            ends = [end for end in (log.protects_until, policy._longest_end(company, start)) if end]
            end = min(ends) if ends else False
            if not running:
                period = current[group] = {
                    "group_id": group.id,
                    "company_id": company.id,
                    "user_id": log.user_id.id,
                    "date_start": start,
                    "date_end": end,
                    "remind_from": policy._remind_from(end),
                    "origin": "import",
                    "blind": policy.refusal == "blind",
                    "log_id": log.id,
                    "last_log_id": log.id,
                }
                periods.append(period)
            elif period["date_end"] and end and end > period["date_end"]:
                extension = {"date_end": end, "remind_from": policy._remind_from(end), "last_log_id": log.id}
                period.update(extension)
                if "row" in period:
                    period["row"]._evidence_write(extension)
        return periods
