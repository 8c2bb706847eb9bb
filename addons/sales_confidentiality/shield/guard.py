# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

import logging
import time
from typing import Any, NamedTuple

from psycopg2 import OperationalError

from odoo.fields import Field

_logger = logging.getLogger(__name__)

MEMO = "sales_confidentiality"
# A context key with this value lets the server itself fetch and compute. Clients send JSON, and JSON has no object.
KEY = "sales_confidentiality_inside"
INSIDE = object()


class Guard(NamedTuple):
    """What a rule says about one field of one model."""

    rule: int
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

    @property
    def key(self):
        """Return what decides about one record."""
        return (self.rule, self.field.model_name, self.path, self.need, self.field.name)

    @property
    def has_exceptions(self):
        """Tell whether somebody without clearance may see some records."""
        return self.need != "none" or self.scope != "all"


class Memo:
    """What was found out in this transaction, in this second: the clock may end a clearance at any time."""

    __slots__ = ("granted", "people", "ranks", "second", "visible")

    def __init__(self, second):
        self.second = second
        self.ranks: dict[int, dict[int, int]] = {}
        self.people: dict[Any, frozenset] = {}
        self.granted: dict[int, frozenset] = {}
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


def is_inside(env):
    """Tell whether the server itself is at work, for nobody's eyes."""
    return env.context.get(KEY) is INSIDE


def inside(records):
    """Return records with which the server works for nobody's eyes. They must never leave the caller."""
    return records.with_context(**{KEY: INSIDE})


def is_cleared(env, guard):
    """Tell whether the user of an environment is cleared for what a guard protects, superuser mode left aside.

    An error while this is found out means no.
    """
    memo = memo_of(env)
    ranks = memo.ranks.get(env.uid)
    if ranks is None:
        ranks = _ranks(env)
        memo.ranks[env.uid] = ranks
    return ranks.get(guard.category, -1) >= guard.rank


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
