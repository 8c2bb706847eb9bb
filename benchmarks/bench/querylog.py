# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Listen to the SQL statements of this thread, and tell which ones one run has and another has not."""

import re
import threading
from collections import Counter
from contextlib import contextmanager

_LISTS = re.compile(r"\((?:\s*%s\s*,)*\s*%s\s*\)")
_ROWS = re.compile(r"\(\.\.\.\)(?:\s*,\s*\(\.\.\.\))+")
_COLUMNS = re.compile(r'^SELECT "[^ ]+, .{160,}? FROM "')
_SPACES = re.compile(r"\s+")


class QueryLog:
    """Statements in the order of execution, with the seconds that each took."""

    def __init__(self):
        self.statements = []

    def __len__(self):
        return len(self.statements)

    @property
    def seconds(self):
        """Seconds spent in all statements together."""
        return sum(seconds for _statement, seconds in self.statements)

    def hear(self, _cursor, query, _params, _start, seconds):
        """Take one statement; Odoo's cursor calls this after each."""
        self.statements.append((query if isinstance(query, str) else str(query), seconds))

    def shapes(self):
        """Return how often each statement was run, whatever the values and the length of lists in it."""
        return Counter(shape(statement) for statement, _seconds in self.statements)

    def seconds_by_shape(self):
        """Return for each shape how often it was run and the seconds it took in all, as a dict of (times, seconds)."""
        result = {}
        for statement, seconds in self.statements:
            times, spent = result.get(shape(statement), (0, 0.0))
            result[shape(statement)] = (times + 1, spent + seconds)
        return result


def shape(statement):
    """Return a statement on one line, with every list of placeholders, and a long list of columns, written as "..."."""
    flat = _COLUMNS.sub('SELECT ... FROM "', _SPACES.sub(" ", statement).strip())
    return _ROWS.sub("(...)", _LISTS.sub("(...)", flat))


def additional(log, reference):
    """Return the shapes that a log has more often than the reference, as a list of (shape, times more)."""
    return sorted((log.shapes() - reference.shapes()).items(), key=lambda item: (-item[1], item[0]))


@contextmanager
def listening():
    """Yield the QueryLog of all statements that this thread runs within the block."""
    log, thread = QueryLog(), threading.current_thread()
    hooks = getattr(thread, "query_hooks", None)
    thread.query_hooks = [*(hooks or ()), log.hear]
    try:
        yield log
    finally:
        if hooks is None:
            del thread.query_hooks
        else:
            thread.query_hooks = hooks
