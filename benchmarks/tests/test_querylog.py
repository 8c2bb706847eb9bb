# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What is counted and what is shown of the SQL statements of a run."""

import threading

import pytest

from bench.querylog import QueryLog, additional, listening, shape


def run(statement, seconds=0.5):
    """Do what Odoo's cursor does after a statement."""
    for hook in getattr(threading.current_thread(), "query_hooks", ()):
        hook(None, statement, (), 0.0, seconds)


def log_of(*statements):
    log = QueryLog()
    for statement in statements:
        log.hear(None, statement, (), 0.0, 0.0)
    return log


def test_statements_of_the_block_are_heard_and_no_others():
    run("before")
    with listening() as log:
        run("within", 0.25)
        run("again", 0.5)
    run("after")
    assert [statement for statement, _seconds in log.statements] == ["within", "again"]
    assert len(log) == 2
    assert log.seconds == 0.75


def test_listening_ends_when_the_block_fails():
    with pytest.raises(KeyError), listening() as log:
        raise KeyError
    run("after")
    assert len(log) == 0
    assert not hasattr(threading.current_thread(), "query_hooks")


def test_other_listeners_go_on_hearing():
    with listening() as outer:
        with listening() as inner:
            run("both")
        run("outer only")
    assert (len(outer), len(inner)) == (2, 1)


def test_another_thread_is_not_heard():
    with listening() as log:
        other = threading.Thread(target=run, args=("elsewhere",))
        other.start()
        other.join()
    assert len(log) == 0


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("SELECT a\n  FROM t", "SELECT a FROM t"),
        ("SELECT a FROM t WHERE id IN (%s, %s,%s)", "SELECT a FROM t WHERE id IN (...)"),
        ("INSERT INTO t VALUES (%s, %s), (%s, %s)", "INSERT INTO t VALUES (...)"),
        ("SELECT count(*) FROM t", "SELECT count(*) FROM t"),
        ('SELECT "t"."id", ' + '"t"."much", ' * 30 + '"t"."x" FROM "t"', 'SELECT ... FROM "t"'),
    ],
)
def test_shape(statement, expected):
    assert shape(statement) == expected


def test_additional_statements_are_those_run_more_often():
    plain = log_of("SELECT a FROM t WHERE id IN (%s)", "SELECT b FROM t")
    addons = log_of("SELECT a FROM t WHERE id IN (%s, %s)", "SELECT b FROM t", "SELECT b FROM t", "SELECT c FROM t")
    assert additional(addons, plain) == [("SELECT b FROM t", 1), ("SELECT c FROM t", 1)]
    assert additional(plain, addons) == []


def test_seconds_are_summed_for_statements_of_one_shape():
    with listening() as log:
        run("SELECT a FROM t WHERE id IN (%s)", 0.25)
        run("SELECT a FROM t WHERE id IN (%s, %s)", 0.5)
        run("SELECT b FROM t", 1.0)
    assert log.seconds_by_shape() == {"SELECT a FROM t WHERE id IN (...)": (2, 0.75), "SELECT b FROM t": (1, 1.0)}
