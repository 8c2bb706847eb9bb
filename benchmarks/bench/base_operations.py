# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The large customer base: what our addon does, and the bare SQL that does the same, as pairs of operations."""

import re
from datetime import timedelta
from itertools import cycle

from odoo import fields
from odoo.tools.safe_eval import safe_eval

from bench import base_sql
from bench.base_fill import RARE
from bench.operations import COUNT_LIMIT, LIST_SIZE
from bench.specification import specification

ACTION = "sales_policy.res_partner_action_open"
FILTER = ("sales_ownership_state", "=", "open")  # the action's own search filter "Open"
SUMMARY = "Visited the customer and talked about the offer."
LOOKED_UP = 50  # customers to register in turn
NEW = {"id", "group_id", "sales_customer_group_id", "log_id", "last_log_id"}  # differ from one registration to the next
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT")


def pairs(env):
    """Return what is measured, as a dict of title to operations: bare SQL, addon and, where there is one, Odoo alone.

    :param env: environment of one of the salespeople; the reminders take superuser rights themselves
    """
    return {
        "open customers: first page and count": _open_page(env),
        "open customers: the same, Odoo reads both": _open_page(env, read=True),
        "open customers: count all": _open_count(env),
        "reminders: activities and marks": _remind(digest=False),
        "reminders: whole job, with daily mails": _remind(digest=True),
        "register a customer": _register(env, RARE, ruled_out=False),
        "register a customer, namesakes ruled out": _register(env, False, ruled_out=True),
    }


def is_slow(title):
    """Tell which of the pairs takes seconds, so that fewer rounds have to do."""
    return title.startswith("reminders")


def disagreement(env):
    """Return what the addon and the bare SQL say differently about the open customers, or nothing."""
    page, counted = base_sql.open_page()
    parameters, domain = _moment(env), _open_domain(env)
    env.cr.execute(page, parameters)
    bare = [row[0] for row in env.cr.fetchall()]
    env.cr.execute(counted, parameters)
    bare.append(env.cr.fetchone()[0])
    partners = env["res.partner"]
    addon = [*partners.search(domain, limit=LIST_SIZE).ids, partners.search_count(domain, limit=COUNT_LIMIT + 1)]
    return f"SQL finds {bare}, the addon finds {addon}" if bare != addon else None


def _open_domain(env):
    return [*safe_eval(env.ref(ACTION).sudo().domain, {"uid": env.uid}), FILTER]


def _moment(env):
    return {"now": fields.Datetime.now(), "company": env.company.id, "page": LIST_SIZE, "limit": COUNT_LIMIT + 1}


def _bare(statements, values):
    """Return the operation that runs statements and fetches what they yield."""

    def operation(env):
        parameters = values(env)

        def timed():
            for statement in statements:
                env.cr.execute(statement, parameters)
                if env.cr.description:
                    env.cr.fetchall()

        return timed

    return operation


def _open_page(env, read=False):
    """Return the pair for what the list asks when it opens.

    :param bool read: let the server read and format the customers that the bare SQL found, by plain Odoo's columns
    """
    action = env.ref(ACTION).sudo()
    view = next(view_id for view_id, kind in action.views if kind == "list")
    columns = specification(env["res.partner"].get_views([(view, "list")]), "list")
    domain = _open_domain(env)

    def addon(env):
        return lambda: env["res.partner"].web_search_read(domain, columns, limit=LIST_SIZE, count_limit=COUNT_LIMIT + 1)

    plain = {name: asked for name, asked in columns.items() if not name.startswith("sales_")}
    if not read:
        # The same customers, whom nobody has to search for or count, by plain Odoo's columns.
        found = [("id", "in", env["res.partner"].search(domain, limit=LIST_SIZE).ids)]
        return (
            _bare(base_sql.open_page(), _moment),
            addon,
            lambda env: (
                lambda: env["res.partner"].web_search_read(found, plain, limit=LIST_SIZE, count_limit=COUNT_LIMIT + 1)
            ),
        )

    def bare(env):
        parameters = _moment(env)

        def timed():
            page, counted = base_sql.open_page()
            env.cr.execute(page, parameters)
            env["res.partner"].browse(row[0] for row in env.cr.fetchall()).web_read(plain)
            env.cr.execute(counted, parameters)
            env.cr.fetchall()

        return timed

    return bare, addon


def _open_count(env):
    domain = _open_domain(env)

    def addon(env):
        return lambda: env["res.partner"].search_count(domain)

    return _bare(base_sql.open_count(), _moment), addon


def _remind(digest):
    def values(env):
        now = fields.Datetime.now()
        return {
            "now": now,
            "today": fields.Datetime.to_datetime(now.date()),
            "activity_type": env.ref("mail.mail_activity_data_todo").id,
            "model": env["ir.model"].sudo()._get_id("sales.ownership"),
        }

    def addon(env):
        job = env["sales.ownership"].with_user(1)
        _keep_open(env.cr)
        return job._cron_remind if digest else job._remind_owners

    return _bare(base_sql.REMIND + (base_sql.DIGEST if digest else ()), values), addon


def _keep_open(cr):
    """Let a transaction go on where the job commits a batch: all that a commit does, but the commit itself."""

    def batch():
        cr.flush()
        cr.clear()

    cr.commit = batch


def _register(env, reference, ruled_out):
    """Return the contenders for customers with or without namesakes; who has ruled them out is not asked again."""
    customers = _unclaimed(env, reference)
    bare, addon, odoo = (cycle(customers) for _contender in range(3))
    team = env.user.sudo().sale_team_id.id
    statements = base_sql.REGISTER if ruled_out else (base_sql.SIMILAR, *base_sql.REGISTER)
    return (
        _bare(statements, lambda env: _registration(env, next(bare), team)),
        lambda env: _through_wizard(env, next(addon), ruled_out),
        lambda env: _without_addon(env, next(odoo), ruled_out),
    )


def _unclaimed(env, reference):
    """Return customers that were never claimed, with or without namesakes, as a list of dict."""
    unclaimed = (
        env["res.partner"]
        .sudo()
        .search(
            [
                ("sales_customer_group_id", "=", False),
                ("is_company", "=", True),
                ("phone_sanitized", "!=", False),
                ("ref", "=", reference),
            ],
            limit=LOOKED_UP,
            order="id desc",
        )
    )
    return unclaimed.read(["name", "phone_sanitized", "email_normalized", "vat"], load=False)


def _registration(env, customer, team):
    now = fields.Datetime.now()
    return {
        "partner": customer["id"],
        "name": customer["name"],
        "phone": customer["phone_sanitized"],
        "email": customer["email_normalized"],
        "vat": customer["vat"] or None,
        "user": env.uid,
        "team": team or None,
        "company": env.company.id,
        "summary": SUMMARY,
        "now": now,
        "end": now + timedelta(days=7),
    }


def _through_wizard(env, customer, ruled_out):
    wizard = env["sales.customer.register"]
    return lambda: wizard.create(
        {
            "partner_id": customer["id"],
            "channel": "visit",
            "summary": SUMMARY,
            "is_different": ruled_out,
        }
    ).action_register()


def _without_addon(env, customer, ruled_out):
    """Return as much of Odoo's own work as a registration has: what any addon of such records would cost.

    The same things are looked up; a dialog and four records of models of Odoo are created, those with the least code
    that there are; one column of the customer is written.
    """
    now = fields.Datetime.now()
    closure = {"name": SUMMARY, "company_id": env.company.id, "date_from": now, "date_to": now + timedelta(days=7)}

    def timed():
        env["crm.lead.lost"].create({"lost_feedback": SUMMARY})
        partner = env["res.partner"].browse(customer["id"])
        partner.check_access("read")
        known = [
            "|",
            ("phone_sanitized", "=", partner.phone_sanitized),
            ("email_normalized", "=", partner.email_normalized),
        ]
        env["res.partner"].sudo().search(known)
        env["crm.lead"].sudo().search([("partner_id", "=", False), *known])
        if not ruled_out:
            env.cr.execute(base_sql.SIMILAR, {"name": partner.name})
            env.cr.fetchall()
        env.user.read(["sale_team_id"], load=False)
        env.company.resource_calendar_id.read(["tz"])
        for _record in ("group", "membership", "log", "ledger"):
            env["resource.calendar.leaves"].sudo().create(closure)
        partner.sudo().write({"color": 1})

    return timed


def registered_differently(env):
    """Return what the addon and the bare SQL leave behind differently of a registration, or nothing."""
    customer = _unclaimed(env, RARE)[0]
    bare = _bare(base_sql.REGISTER, lambda env: _registration(env, customer, env.user.sudo().sale_team_id.id))
    left = []
    for operation in (bare, lambda env: _through_wizard(env, customer, ruled_out=True)):
        with env.cr.savepoint(flush=False) as savepoint:
            operation(env)()
            env.flush_all()
            env.cr.execute(base_sql.REGISTERED, {"partner": customer["id"]})
            left.append([(kind, _comparable(facts)) for kind, facts in env.cr.fetchall()])
            savepoint.rollback()
        env.invalidate_all(flush=False)
    return f"SQL leaves {left[0]}, the addon leaves {left[1]}" if left[0] != left[1] else None


def _comparable(facts):
    """Return the columns of a row without the numbers of new rows and without moments: those only have to be there."""
    return {
        name: True if name in NEW or MOMENT.match(str(value)) else value
        for name, value in facts.items()
        if value is not None
    }
