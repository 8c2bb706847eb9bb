# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

import logging
import time
from typing import Any, NamedTuple

from psycopg2 import OperationalError

from odoo.api import SUPERUSER_ID
from odoo.fields import Datetime, Field
from odoo.http import request
from odoo.tools import SQL

_logger = logging.getLogger(__name__)

MEMO = "sales_confidentiality"
# A context key with this value lets the server itself fetch and compute. Clients send JSON, and JSON has no object.
KEY = "sales_confidentiality_inside"
INSIDE = object()


class Within(NamedTuple):
    """Another value of that key: the server works with what one rule protects, and with nothing else."""

    rule: int


class Guard(NamedTuple):
    """What a rule says about one field of one model."""

    rule: int
    model: str
    field: Field
    category: int
    rank: int
    mode: str
    mask: tuple
    need: str
    path: tuple
    owner_path: tuple
    scope: str
    audited: bool
    reveal: bool
    oracle: bool
    open_to: str  # groups that see it without clearance, for ``has_groups``

    @property
    def terms(self):
        """Return what the exceptions of the rule depend on."""
        return (self.model, self.need, self.owner_path, self.scope)

    @property
    def has_exceptions(self):
        """Tell whether somebody without clearance may see some records."""
        return self.need != "none" or self.scope != "all"

    @property
    def may_except(self):
        """Tell the same, counting that people see what is said about themselves."""
        return self.has_exceptions or (self.model == "res.partner" and not self.oracle)


class Standing(NamedTuple):
    """What holds for a user at this second, whatever is asked about."""

    rules: frozenset  # ids of the rules that are active
    granted: frozenset  # (rule id, record id) of the temporary grants
    stands_in_for: tuple  # ids of users
    partner: int | None  # id of the user's own contact


class Memo:
    """What was found out in this transaction, in this second: the clock may end a clearance at any time."""

    __slots__ = ("domains", "people", "ranks", "second", "standings", "visible")

    def __init__(self, second):
        self.second = second
        self.standings: dict[tuple, Standing] = {}
        self.ranks: dict[tuple, dict[int, int]] = {}
        self.people: dict[tuple, set] = {}
        self.domains: dict[Any, Any] = {}
        self.visible: dict[Any, dict[int, bool]] = {}


def memo_of(env):
    """Return the memo of a transaction."""
    cache, second = env.cr.cache, int(time.time())
    memo = cache.get(MEMO)
    if memo is None or memo.second != second:
        memo = cache[MEMO] = Memo(second)
    return memo


def forget(env):
    """Find out anew in this transaction."""
    env.cr.cache.pop(MEMO, None)


def once(env, slot, find, *about):
    """Return what was found out about the user of an environment; it is found out once.

    :param str slot: where the memo keeps it
    :param find: function of an environment and what is asked about
    """
    key = (env.uid, *about)
    known = getattr(memo_of(env), slot)
    if key not in known:
        found = find(env, *about)
        # To find out may have written what was pending, and made the transaction find out anew.
        known = getattr(memo_of(env), slot)
        known[key] = found
    return known[key]


def is_inside(env):
    """Tell whether the server itself is at work, for nobody's eyes."""
    return env.context.get(KEY) is INSIDE


def inside(records):
    """Return records with which the server works for nobody's eyes. They must never leave the caller."""
    return records.with_context(**{KEY: INSIDE})


def within(records, guard):
    """Return records with which the server works in spite of one rule; every other rule holds as before."""
    return records.with_context(**{KEY: Within(guard.rule)})


def reaches(scope, guard):
    """Tell whether the server itself is at work with what a guard protects.

    :param scope: what a context has under the key of this module
    """
    return scope is INSIDE or (type(scope) is Within and scope.rule == guard.rule)


def outside(records):
    """Return records as whoever is at the other end gets them."""
    return records.with_context(**{KEY: None}) if records.env.context.get(KEY) else records


def is_cleared(env, guard):
    """Tell whether the user of an environment is cleared for what a guard protects, superuser mode left aside.

    An error while this is found out means no.
    """
    # A rule that was rolled back, or ended by another process, holds no longer.
    if guard.rule not in standing_of(env).rules:
        return True
    if ranks_of(env).get(guard.category, -1) >= guard.rank:
        return True
    return bool(guard.open_to) and env.user.has_groups(guard.open_to)


def standing_of(env):
    """Return what holds for the user of an environment: found out in one query.

    :return: Standing
    """
    return once(env, "standings", _standing)


def _standing(env):
    env["sales.confidentiality.grant"].flush_model(["user_id", "rule_id", "record_ids", "date_from", "date_to"])
    env["sales.confidentiality.suspension"].flush_model(["user_id", "date_from", "date_to"])
    env["sales.ownership.cover"].flush_model(["user_id", "owner_id", "date_from", "date_to"])
    [(rules, grants, absent, partner)] = env.execute_query(
        SQL(
            """
            SELECT ARRAY(SELECT id FROM sales_confidentiality_rule WHERE active),
                   ARRAY(SELECT rule_id || ',' || record_ids FROM sales_confidentiality_grant
                          WHERE user_id = %(user)s AND date_from <= %(now)s AND date_to > %(now)s
                            AND NOT EXISTS (SELECT FROM sales_confidentiality_suspension
                                             WHERE user_id = %(user)s AND date_from <= %(now)s
                                               AND (date_to IS NULL OR date_to > %(now)s))),
                   ARRAY(SELECT owner_id FROM sales_ownership_cover
                          WHERE user_id = %(user)s AND date_from <= %(now)s AND date_to > %(now)s),
                   (SELECT partner_id FROM res_users WHERE id = %(user)s)
            """,
            user=env.uid,
            now=Datetime.now(),
        )
    )
    granted = set()
    for grant in grants:
        rule, *numbers = map(int, grant.split(","))
        granted.update((rule, number) for number in numbers)
    return Standing(frozenset(rules), frozenset(granted), tuple(absent), partner)


def ranks_of(env):
    """Return up to which rank the user of an environment is cleared now in each category: found out once.

    :return: dict of category id to int; empty where an error kept it from being found out
    """
    return once(env, "ranks", _ranks)


def _ranks(env):
    if not env.uid:
        return {}
    try:
        user = env["res.users"].sudo().browse(env.uid)
        return env["sales.confidentiality.clearance"].sudo()._ranks(user)[env.uid]
    except OperationalError:
        raise
    except Exception:
        _logger.exception("Clearance of user %s could not be found out: nothing is shown", env.uid)
        return {}


def classified_of(env):
    """Return the guards of all classified fields: dict of Field to Guard, empty while no rule is active."""
    return type(env["sales.confidentiality.rule"])._classified


def guard_of(records, name):
    """Return the guard of a field of any model, or None."""
    classified = classified_of(records.env)
    return classified.get(records._fields.get(name)) if classified else None


def is_shown(record, name):
    """Tell whether the person at the other end may get a field of a record, also where superuser mode is on.

    The server itself (scheduled actions, mail that is sent) sees everything; somebody with a link only what is free.
    """
    guard = guard_of(record, name)
    if guard is None or is_inside(record.env):
        return True
    reader = record.env.uid
    if reader == SUPERUSER_ID:
        # The customer's pages are rendered as superuser for whoever asks.
        if not (request and request.env):
            return True
        reader = request.env.uid
    return record.with_user(reader)._shield_allows(guard, "read") if reader else False
