# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.addons.sales_policy.models.sale_order_money import MOVED
from odoo.fields import Domain
from odoo.tools import SQL

from .sale_order import STATES

# What depends on the day, on other orders or on people changes without anything happening to order or money.
BY_THE_DAY = ("credit", "limit", "overdue")


class SaleOrder(models.Model):
    """What the gate last said, so that lists need not judge every order. The door never reads it."""

    _inherit = "sale.order"

    # "released" until something happens to the order, its money or the policies; else to be judged when asked.
    shipping_gate_mark = fields.Selection(STATES[1:], groups=fields.NO_ACCESS, copy=False, index="btree_not_null")

    def _gate_mark(self, verdicts):
        """Note what the gate says about these orders.

        :param dict verdicts: see ``_gate_verdicts``
        """

        licences = self.env["sales.licence.type"]._regulating_ids()

        def mark(order):
            verdict = verdicts.get(order)
            by_itself = verdict and (
                verdict.code in BY_THE_DAY or order.company_id.shipping_request_required or licences
            )
            if not verdict or (verdict.is_open and by_itself):
                return False
            return "released" if verdict.is_open else "held"

        for value, orders in self.grouped(mark).items():
            changed = orders.filtered(lambda order, value=value: order.shipping_gate_mark != value)
            if changed:
                changed.write({"shipping_gate_mark": value})

    def _gate_forget_marks(self, companies=None):
        """Have the released orders of some companies, or of all, judged again: their terms have changed."""
        self.flush_model(["shipping_gate_mark", "company_id"])
        self.env.execute_query(
            SQL(
                "UPDATE sale_order SET shipping_gate_mark = NULL WHERE shipping_gate_mark = 'released' AND %s"
                " RETURNING id",
                SQL("TRUE") if companies is None else SQL("company_id = ANY(%s)", list(companies.ids)),
            )
        )
        self.invalidate_model(["shipping_gate_mark"], flush=False)

    def _gate_held_now(self):
        """Return the ids of all orders that are held now, in companies whose gate is on.

        Orders are taken at the word of their mark; judged are those of which it may be out of date.
        """
        marked, doubtful = self._gate_marked_and_doubtful()
        held = {order.id for order, verdict in doubtful._gate_verdicts().items() if not verdict.is_open}
        return sorted(held.union((marked - doubtful).ids))

    @api.model
    def _gate_held_verdicts(self):
        """Return why orders are held now: verdicts, and the orders for which nobody needs to ask.

        Where no money, decision or tolerance can have opened an order that is marked as held, its policy alone tells
        what is missing; and where no policy asks for a share only, it is the whole order.

        :return: dict of sale.order to Verdict; sale.order of which all the money is missing
        """
        marked, doubtful = self._gate_marked_and_doubtful()
        sure = marked - doubtful
        active = [("requirement", "=", "deposit"), ("active", "=", True)]
        by_share = self.env["sales.shipping.policy"].sudo().search(active)
        companies = by_share.company_id if all(by_share.mapped("company_id")) else sure.company_id
        shared = sure.filtered(lambda order: by_share and order.company_id in companies)
        policies = self.env["sales.shipping.policy"]._policies_for(shared)
        verdicts, not_back = doubtful._gate_verdicts(), shared._gate_not_back()
        for order in shared:
            verdicts[order] = order._gate_verdict(policies[order], 0.0, None, not_back.get(order, 0.0))
        return {order: found for order, found in verdicts.items() if not found.is_open}, sure - shared

    @api.model
    def _gate_marked_and_doubtful(self):
        """Return the orders marked as held, and those of which the mark may be out of date, as superuser."""
        orders = self.sudo()
        gated = Domain("state", "=", "sale") & Domain("company_id.shipping_gate_enabled", "=", True)
        doubtful = orders._gate_candidates()
        moved = self.env.cr.precommit.data.get(MOVED)
        if moved:
            doubtful |= orders._gate_moved_orders(moved)
        return orders.search_fetch(gated & Domain("shipping_gate_mark", "=", "held"), ["company_id"]), doubtful

    def _search_shipping_gate_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        gated = Domain("state", "=", "sale") & Domain(
            "company_id", "in", self.env["res.company"].sudo()._search([("shipping_gate_enabled", "=", True)])
        )
        held = Domain("id", "in", self._gate_held_now())
        found = {"held": held, "released": gated & ~held, "not_applicable": ~gated}
        return Domain.OR(domain for state, domain in found.items() if state in value)

    def _field_to_sql(self, alias, field_expr, query=None):
        if field_expr != "shipping_gate_state" or query is None:
            return super()._field_to_sql(alias, field_expr, query)
        return SQL(
            "CASE WHEN %(id)s = ANY(%(held)s) THEN 'held'"
            " WHEN %(state)s = 'sale' AND %(company)s = ANY(%(gated)s) THEN 'released' ELSE 'not_applicable' END",
            id=SQL.identifier(alias, "id"),
            held=self._gate_held_now(),
            state=super()._field_to_sql(alias, "state", query),
            company=super()._field_to_sql(alias, "company_id", query),
            gated=self.env["res.company"].sudo().search([("shipping_gate_enabled", "=", True)]).ids,
        )
