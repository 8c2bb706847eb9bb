# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api
from odoo.fields import Domain

from .guard import is_inside
from .need import visible_domain


class Searching:
    """Conditions, orders and groups on classified fields: an answer is as good as the value."""

    __slots__ = ()

    def _search(self, domain, offset=0, limit=None, order=None, *, active_test=True, bypass_access=False):
        if not (self.env.su or is_inside(self.env)):
            domain = self._shield_domain(domain)
        return super()._search(domain, offset, limit, order, active_test=active_test, bypass_access=bypass_access)

    @api.model
    def _shield_domain(self, domain):
        """Return a domain whose conditions on classified fields hold only for records on which the user sees them.

        :raises AccessError: where the rule makes no exception
        """
        domain = Domain(domain)
        if domain.is_true() or domain.is_false():
            return domain

        def restricted(condition):
            name = condition.field_expr.split(".", 1)[0]
            guard = denied.get(name)
            if guard is None:
                return condition
            if not guard.has_exceptions:
                raise self._shield_refusal([name])
            found = self.sudo().with_context(active_test=False)
            return Domain("id", "in", found._search(visible_domain(self, guard) & condition))

        names = {condition.field_expr.split(".", 1)[0] for condition in domain.iter_conditions()}
        denied = self._shield_denied(names)
        return domain.map_conditions(restricted) if denied else domain

    def _order_to_sql(self, order, query, alias=None, reverse=False):
        return super()._order_to_sql(self._shield_order(order), query, alias, reverse)

    @api.model
    def _sorted_order_to_function(self, order):
        return super()._sorted_order_to_function(self._shield_order(order))

    @api.model
    def _shield_order(self, order):
        """Return the usual order without what the user may not see. Who asks for another one is refused."""
        if order and order != self._order:
            return order
        terms = {term: term.split()[0] for term in self._order.split(",")}
        denied = self._shield_denied(terms.values())
        return ",".join(term for term, name in terms.items() if name not in denied) or "id" if denied else order

    def _field_to_sql(self, alias, field_expr, query=None):
        # A related field is traversed as superuser, so that the host never asks about the field that was named.
        self._shield_refuse_asking(field_expr)
        return super()._field_to_sql(alias, field_expr, query)

    def _read_group_groupby(self, alias, groupby_spec, query):
        self._shield_refuse_asking(groupby_spec.split(":", 1)[0])
        return super()._read_group_groupby(alias, groupby_spec, query)

    def _shield_refuse_asking(self, field_expr):
        """Refuse conditions, orders, groups and sums of what the user may not see on all records at hand."""
        name = field_expr.split(".", 1)[0]
        if name in self._shield and not self.env.su and self._shield_refuses(self._fields[name], "read"):
            raise self._shield_refusal([name])

    @api.model
    def _search_display_name(self, operator, value):
        # Autocompletion looks into several fields at once: leave out what the user may not ask for.
        denied = self._shield_denied(self._rec_names_search or ())
        if not denied:
            return super()._search_display_name(operator, value)
        names = [name for name in self._rec_names_search if name not in denied or denied[name].has_exceptions]
        combine = Domain.AND if operator in Domain.NEGATIVE_OPERATORS else Domain.OR
        return self._shield_domain(combine(Domain(name, operator, value) for name in names or [self._rec_name]))
