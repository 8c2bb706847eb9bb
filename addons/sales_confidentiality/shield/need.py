# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

"""Need to know: on which records somebody without clearance may see a classified field all the same."""

from itertools import islice

from odoo.fields import Domain
from odoo.tools import SQL

from .guard import memo_of, once, standing_of

PREFETCH_MAX = 1000
OWNER_FIELDS = ("user_id", "invoice_user_id")
CUSTOMER_FIELDS = ("partner_id", "order_partner_id")


def visible_ids(records, guard):
    """Return on which of these records the user sees a field without clearance: exceptions of the rule and grants.

    Records that are being changed are judged as they are in the database. What is asked about one record is found
    out for all that are read together with it, in one query.

    :param records: records of the model of the guard
    :return: set of ids; of new records the id of their origin
    """
    env = records.env
    key = _key(env, guard)
    seen = memo_of(env).visible.setdefault(key, {})
    ids = records._origin._ids
    if any(id_ not in seen for id_ in ids):
        asked = {id_ for id_ in (*ids, *islice(_real(records._prefetch_ids), PREFETCH_MAX)) if id_ and id_ not in seen}
        found = set(_search_visible(records, guard, key, asked))
        # The query may have written what was pending, and made the transaction find out anew.
        seen = memo_of(env).visible.setdefault(key, {})
        for id_ in asked:
            seen[id_] = id_ in found
    return {id_ for id_ in ids if seen.get(id_)}


def _real(ids):
    return (id_ if isinstance(id_, int) else id_.origin for id_ in ids)


def _key(env, guard):
    """Return what decides on which records a user sees a field: several fields may share it."""
    company = (env.context.get("allowed_company_ids") or (None,))[0]
    grants = guard.rule if standing_of(env).granted else None
    return (env.uid, company, guard.field.model_name, guard.path, guard.may_except and guard.terms, grants)


def _search_visible(records, guard, key, ids):
    if not (guard.may_except or standing_of(records.env).granted):
        return ()
    domains = memo_of(records.env).domains
    if key not in domains:
        domains[key] = visible_domain(records, guard)
    model = records.sudo().browse().with_context(active_test=False)
    # A list of thousands is read faster as one value.
    array = f"{{{','.join(map(str, ids))}}}"
    return model._search(
        domains[key]
        & Domain.custom(
            to_sql=lambda model, alias, query: SQL("%s = ANY(%s::int[])", SQL.identifier(alias, "id"), array)
        )
    )


def _is_user_field(records, name):
    field = records._fields.get(name)
    return field is not None and field.type == "many2one" and field.comodel_name == "res.users"


def people_of(env, need):
    """Return the ids of the users whose records the user of an environment may see under a need to know."""
    return once(env, "people", _people, need)


def _people(env, need):
    if need not in ("owner", "team", "department"):
        return set()
    # Who was in a team before is not in it now, whatever the client's context says.
    env = env(context={**env.context, "active_test": True})
    people = {env.uid, *standing_of(env).stands_in_for}
    if need == "team":
        teams = (
            env["crm.team"]
            .sudo()
            .search(["|", ("user_id", "=", env.uid), ("crm_team_member_ids.user_id", "=", env.uid)])
        )
        people |= set(teams.crm_team_member_ids.user_id.ids)
    if need == "department":
        employees = env["hr.employee"].sudo().search([("user_id", "=", env.uid)])
        departments = (
            env["hr.department"]
            .sudo()
            .search(["|", ("manager_id", "in", employees.ids), ("id", "in", employees.department_id.ids)])
        )
        people |= set(env["hr.employee"].sudo().search([("department_id", "in", departments.ids)]).user_id.ids)
    return people


def visible_domain(model, guard):
    """Return the domain of the records on which the user sees a field without clearance, to be searched in sudo."""
    env = model.env
    _company = env.company  # raises for a company that is not the user's
    people = list(people_of(env, guard.need))
    # What is read here must not be asked about in turn.
    model = model.sudo()
    env = model.env
    source = model
    for name in guard.path:
        source = env[source._fields[name].comodel_name]
    free = Domain.FALSE
    if source._name == guard.model:
        free = Domain("id", "in", [id_ for rule, id_ in standing_of(env).granted if rule == guard.rule])
    if source._name == "res.partner" and guard.may_except:
        free |= _free_domain(env, guard)
    if people:
        free |= _owned_domain(source, people, with_customer=not guard.path)
    if not guard.path:
        domain = free
    else:
        path = ".".join(guard.path)
        domain = Domain(path, "in", source.sudo().with_context(active_test=False)._search(free))
        if people:
            # Without a source the value is the record's own.
            domain |= Domain(path, "=", False) & _owned_domain(model, people, with_customer=False)
    if guard.need == "path":
        domain |= Domain(".".join((*guard.path, *guard.owner_path)), "=", env.uid)
    return domain


def _free_domain(env, guard):
    """Return the domain of the contacts that are no secret: oneself, a customer's own company, no customers at all."""
    own = standing_of(env).partner
    company = env.user.partner_id.commercial_partner_id.id if env.user and env.user._is_portal() else None

    # As a domain of many conditions this would cost more than the page that is read.
    def to_sql(model, alias, query):
        def column(name):
            return model._field_to_sql(alias, name, query)

        def exists(name, inverse):
            table = SQL.identifier(model.env[name]._table)
            return SQL(
                "EXISTS (SELECT FROM %(table)s other WHERE other.%(inverse)s = %(id)s)",
                table=table,
                inverse=SQL.identifier(inverse, to_flush=model.env[name]._fields[inverse]),
                id=column("id"),
            )

        conditions = [SQL("%s = %s", column("id"), own)]
        if company:
            conditions.append(SQL("%s = %s", column("commercial_partner_id"), company))
        if guard.scope == "customers":
            conditions.append(SQL("%s IS NOT TRUE", column("partner_share")))
            conditions += [exists("res.company", "partner_id"), exists("hr.employee", "work_contact_id")]
        return SQL("(%s)", SQL(" OR ").join(conditions))

    return Domain.custom(to_sql=to_sql)


def _salesperson_domain(people):
    """Return the domain of the contacts of companies of which somebody is the salesperson."""

    def to_sql(model, alias, query):
        # Asked of each row that is left: EXISTS could be answered by reading all customers of these people.
        return SQL(
            "(SELECT company.%(user)s FROM res_partner company WHERE company.id = %(id)s) IN %(people)s",
            id=model._field_to_sql(alias, "commercial_partner_id", query),
            user=SQL.identifier("user_id", to_flush=model._fields["user_id"]),
            people=tuple(people),
        )

    return Domain.custom(to_sql=to_sql)


def _owned_domain(model, people, with_customer):
    """Return the domain of the records that some users own: by the ledger of customers, or by their own fields."""
    if model._name == "res.partner":
        # Before anybody was registered it is the salesperson; what a contact repeats of its company is the company's.
        salesperson = _salesperson_domain(people)
        if not model.env.company.sales_ownership_enabled:
            return salesperson
        return Domain("sales_owner_id", "in", people) | (
            Domain("sales_ownership_state", "=", "unclaimed") & salesperson
        )
    domain = Domain.OR(Domain(name, "in", people) for name in OWNER_FIELDS if _is_user_field(model, name))
    if with_customer:
        for name in CUSTOMER_FIELDS:
            if name in model._fields and model._fields[name].comodel_name == "res.partner":
                partners = model.env["res.partner"]
                owned = _owned_domain(partners, people, with_customer=False)
                domain |= Domain(name, "in", partners.sudo().with_context(active_test=False)._search(owned))
    return domain


def owner_names(model, guard):
    """Return the fields by which somebody could make a record their own."""
    names = {*OWNER_FIELDS, *CUSTOMER_FIELDS, *guard.path[:1], *guard.owner_path[:1]}
    if model._name == "res.partner":
        names |= {"parent_id", "is_company", "commercial_partner_id", "sales_customer_group_id"}
        names |= {"partner_share", "user_ids", "employee_ids", "ref_company_ids"}
    return names & set(model._fields)
