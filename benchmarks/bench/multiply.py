# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Insert many rows that look like one that is there, fast."""

from contextlib import contextmanager

import psycopg2
from psycopg2.extensions import quote_ident

from odoo.sql_db import connection_info_for


def multiply(cr, table, sample_id, source, values):
    """Insert a copy of one row for each row of a source.

    :param str table: where to read the row and to insert
    :param int sample_id: the row to copy
    :param str source: table or subselect with alias; a percent sign in it is written twice
    :param dict values: SQL expressions over the source for the columns that differ; the id is one of them
    """
    cr.execute(
        "SELECT column_name FROM information_schema.columns "
        "WHERE table_schema = 'public' AND table_name = %s ORDER BY ordinal_position",
        (table,),
    )
    columns = [name for [name] in cr.fetchall()]
    unknown = set(values) - set(columns)
    if unknown:
        raise ValueError(f"{table} has no {', '.join(sorted(unknown))}")
    chosen = ", ".join(values.get(name, f'sample."{name}"') for name in columns)
    names = ", ".join(f'"{name}"' for name in columns)
    cr.execute(
        f"INSERT INTO {table} ({names}) SELECT {chosen} FROM {source} "
        f"CROSS JOIN (SELECT * FROM {table} WHERE id = %s) AS sample",
        (sample_id,),
    )


@contextmanager
def without_indexes(cr, tables):
    """Take off the indexes of some tables within the block and build them again, which is faster than to fill them."""
    cr.execute(
        """
        SELECT indexname, indexdef FROM pg_indexes
         WHERE schemaname = 'public' AND tablename = ANY(%s)
           AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = indexname)
        """,
        (list(tables),),
    )
    indexes = cr.fetchall()
    for name, _definition in indexes:
        cr.execute(f"DROP INDEX {quote_ident(name, cr._obj)}")
    yield
    cr.execute("SET LOCAL maintenance_work_mem = '512MB'")
    for _name, definition in indexes:
        cr.execute(definition)


def finish_sequence(cr, table):
    """Let the next id follow the largest one."""
    cr.execute(f"SELECT setval('{table}_id_seq', (SELECT max(id) FROM {table}))")


def analyze(database, tables):
    """Bring the planner's statistics and the visibility maps of some tables up to date."""
    _name, parameters = connection_info_for(database)
    connection = psycopg2.connect(**parameters)
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            for table in tables:
                cursor.execute(f"VACUUM ANALYZE {table}")
    finally:
        connection.close()
