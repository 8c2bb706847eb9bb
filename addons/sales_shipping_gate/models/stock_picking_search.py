# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import models
from odoo.fields import Domain
from odoo.tools import SQL


class StockPicking(models.Model):
    """Find and group deliveries by what the gate says now."""

    _inherit = "stock.picking"

    def _gate_ids_by_state(self):
        """Return the ids of the open deliveries of companies whose gate is on, by what the gate says.

        :return: dict of "held" and "released" to list of ids; for all others there is no gate
        """
        companies = self.env["res.company"].sudo().search([("shipping_gate_enabled", "=", True)])
        pickings = self.sudo()
        if companies:
            under_way = Domain("company_id", "in", companies.ids) & Domain("state", "not in", ("done", "cancel"))
            pickings = pickings.search(under_way, order="id")
        found = pickings.grouped("shipping_gate_state") if companies else {}
        return {state: list(found[state].ids) if state in found else [] for state in ("held", "released")}

    def _search_shipping_gate_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        ids = self._gate_ids_by_state()
        found = {state: Domain("id", "in", some) for state, some in ids.items()}
        found["not_applicable"] = Domain("id", "not in", ids["held"] + ids["released"])
        return Domain.OR(domain for state, domain in found.items() if state in value)

    def _field_to_sql(self, alias, field_expr, query=None):
        if field_expr != "shipping_gate_state" or query is None:
            return super()._field_to_sql(alias, field_expr, query)
        ids = self._gate_ids_by_state()
        return SQL(
            "CASE WHEN %(id)s = ANY(%(held)s) THEN 'held' WHEN %(id)s = ANY(%(released)s) THEN 'released'"
            " ELSE 'not_applicable' END",
            id=SQL.identifier(alias, "id"),
            **ids,
        )
