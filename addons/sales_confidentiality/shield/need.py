# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

"""Need to know: on which records somebody without clearance may see a classified field all the same."""

from odoo import fields
from odoo.fields import Domain

from .guard import memo_of

OWNER_FIELDS = ("user_id", "invoice_user_id")
CUSTOMER_FIELDS = ("partner_id", "order_partner_id")


def visible_ids(records, guard):
    """Return on which of these records the user sees a field without clearance: exceptions of the rule and grants.

    New records without an origin count as visible: whoever fills them in knows what is typed. Records that are being
    changed are judged as they are in the database.

    :param records: records of the model of the guard
    :return: set of ids; of new records the id of their origin
    """
    env = records.env
    company = (env.context.get("allowed_company_ids") or (None,))[0]
    seen = memo_of(env).visible.setdefault((env.uid, company, guard.key), {})
    origins = records._origin
    unknown = [id_ for id_ in origins._ids if id_ not in seen]
    if unknown:
        asked = records.browse(unknown).with_prefetch(records._prefetch_ids)
        found = _judge(asked, guard)
        # Judging may have made the transaction find out anew: keep what was judged now.
        seen = memo_of(env).visible.setdefault((env.uid, company, guard.key), {})
        for id_ in unknown:
            seen[id_] = id_ in found
    return {id_ for id_ in origins._ids if seen.get(id_)}


def _judge(records, guard):
    env, found, grants = records.env, set(), granted(records.env)
    if not (grants or guard.may_except):
        return found
    env.company.id  # noqa: B018  refuses companies that are not the user's
    people = people_of(env, guard.need)
    own = env.user.sudo().partner_id
    for record in records.sudo().with_context(active_test=False):
        source = record
        for name in guard.path:
            source = source[name]
        source = source or record
        is_granted = source._name == guard.model and (guard.rule, source.id) in grants
        if is_granted or (guard.may_except and _is_free(source, own, env.user, guard)):
            found.add(record.id)
        elif guard.need == "path":
            holders = record if not guard.path else source if source != record else env["res.users"]
            for name in guard.owner_path if holders else ():
                holders = holders[name]
            if holders._name == "res.users" and env.uid in holders.ids:
                found.add(record.id)
        elif people and not people.isdisjoint(_owners(source, source == record and not guard.path)):
            found.add(record.id)
    return found


def _is_free(partner, own, user, guard):
    """Tell whether a contact is no secret to a user: oneself, a customer's own company, or no customer at all."""
    if partner._name != "res.partner":
        return False
    family = user.share and partner.commercial_partner_id == own.commercial_partner_id
    return partner == own or family or (guard.scope == "customers" and _is_colleague(partner))


def _is_colleague(partner):
    return not partner.partner_share or bool(partner.ref_company_ids or partner.employee_ids)


def _owners(source, with_customer):
    """Return the ids of the users who own a record, as the ledger of customers and its own fields tell."""
    if source._name == "res.partner":
        return _partner_owners(source)
    owners = {source[name].id for name in OWNER_FIELDS if _is_user_field(source, name)}
    if with_customer:
        for name in CUSTOMER_FIELDS:
            if name in source._fields and source._fields[name].comodel_name == "res.partner":
                owners |= _partner_owners(source[name])
    return owners - {False}


def _partner_owners(partner):
    """Return who owns a customer: whoever the ledger names; before anybody was named, its salesperson."""
    if not partner:
        return set()
    state = partner.sales_ownership_state
    if state == "unclaimed" or not partner.env.company.sales_ownership_enabled:
        # What a contact repeats of its company is the company's.
        return {partner.commercial_partner_id.user_id.id} - {False}
    return {partner.sales_owner_id.id} - {False} if state == "protected" else set()


def _is_user_field(records, name):
    field = records._fields.get(name)
    return field is not None and field.type == "many2one" and field.comodel_name == "res.users"


def people_of(env, need):
    """Return the ids of the users whose records the user of an environment may see under a need to know."""
    known = memo_of(env).people
    found = known.get((env.uid, need))
    if found is None:
        found = known[env.uid, need] = frozenset(_people(env, need))
    return found


def _people(env, need):
    if need not in ("owner", "team", "department"):
        return set()
    now = fields.Datetime.now()
    covers = (
        env["sales.ownership.cover"]
        .sudo()
        .search([("user_id", "=", env.uid), ("date_from", "<=", now), ("date_to", ">", now)])
    )
    people = {env.uid, *covers.owner_id.ids}
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


def granted(env):
    """Return what temporary grants let the user see now, as (rule id, record id) pairs."""
    known = memo_of(env).granted
    if env.uid not in known:
        known[env.uid] = env["sales.confidentiality.rule"].sudo()._granted(env.uid) if env.uid else frozenset()
    return known[env.uid]


def visible_domain(model, guard):
    """Return the domain of the records on which the user sees a field without clearance, to be searched in sudo.

    The same as ``visible_ids``, asked of the database.
    """
    env = model.env
    env.company.id  # noqa: B018
    ids = [id_ for rule, id_ in granted(env) if rule == guard.rule]
    domain = Domain.FALSE
    people = list(people_of(env, guard.need))
    source = model
    for name in guard.path:
        source = env[source._fields[name].comodel_name]
    source_domain = Domain("id", "in", ids) if source._name == guard.model else Domain.FALSE
    if source._name == "res.partner":
        source_domain |= Domain("id", "=", env.user.sudo().partner_id.id)
        if guard.scope == "customers":
            source_domain |= Domain("partner_share", "=", False)
            source_domain |= Domain("ref_company_ids", "!=", False) | Domain("employee_ids", "!=", False)
    if people:
        source_domain |= _owned_domain(source, people, with_customer=not guard.path)
    if guard.path:
        path = ".".join(guard.path)
        found = source.sudo().with_context(active_test=False)._search(source_domain)
        domain |= Domain(path, "in", found)
        if people:
            domain |= Domain(path, "=", False) & _owned_domain(model, people, with_customer=False)
    else:
        domain |= source_domain
    if guard.need == "path":
        domain |= Domain(".".join((*guard.path, *guard.owner_path)), "=", env.uid)
    return domain


def _owned_domain(model, people, with_customer):
    if model._name == "res.partner":
        salesperson = Domain("commercial_partner_id.user_id", "in", people)
        if not model.env.company.sales_ownership_enabled:
            return salesperson
        ledger = Domain("sales_ownership_state", "=", "protected") & Domain("sales_owner_id", "in", people)
        return ledger | (Domain("sales_ownership_state", "=", "unclaimed") & salesperson)
    domain = Domain.OR(Domain(name, "in", people) for name in OWNER_FIELDS if _is_user_field(model, name))
    if with_customer:
        for name in CUSTOMER_FIELDS:
            if name in model._fields and model._fields[name].comodel_name == "res.partner":
                partners = model.env["res.partner"]
                owned = _owned_domain(partners, people, with_customer=False)
                found = partners.sudo().with_context(active_test=False)._search(owned)
                domain |= Domain(name, "in", found)
    return domain


def owner_names(model, guard):
    """Return the fields by which somebody could make a record their own."""
    names = {*OWNER_FIELDS, *CUSTOMER_FIELDS, *guard.path[:1], *guard.owner_path[:1]}
    if model._name == "res.partner":
        names |= {"parent_id", "is_company", "commercial_partner_id", "sales_customer_group_id"}
        names |= {"partner_share", "user_ids", "employee_ids", "ref_company_ids"}
    return names & set(model._fields)
