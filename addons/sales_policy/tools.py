# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

import hashlib
import json

from odoo.tools import SQL


def lock_rows(records, counter=None):
    """Let only one transaction at a time decide about these records.

    The update makes the database roll back a concurrent decision that was made on older data (Odoo repeats it);
    a mere row lock would let it go on with its old snapshot.

    :param records: records of one model; none is fine
    :param str counter: integer column that counts the decisions; without one the rows are written as they are
    """
    if not records:
        return
    column = SQL.identifier(counter or "write_date")
    records.env.execute_query(
        SQL(
            "UPDATE %(table)s SET %(column)s = %(value)s WHERE id IN "
            "(SELECT id FROM %(table)s WHERE id = ANY(%(ids)s) ORDER BY id FOR NO KEY UPDATE) RETURNING id",
            table=SQL.identifier(records._table),
            column=column,
            value=SQL("COALESCE(%s, 0) + 1", column) if counter else column,
            ids=list(records.ids),
        )
    )
    if counter:
        records.invalidate_recordset([counter])


def lock_and_reread(records):
    """Let only one transaction at a time decide about these records, and forget what was read of them before.

    :param records: records of one model; none is fine
    """
    records.env.flush_all()
    lock_rows(records)
    records.invalidate_recordset()


def tell(record, users, subject, body):
    """Notify people about a record, each in their language.

    :param users: res.users
    :param subject: function of the record in the reader's language to str
    :param body: function of the record in the reader's language to str
    """
    for lang, readers in users.grouped("lang").items():
        theirs = record.with_context(lang=lang)
        theirs.message_notify(partner_ids=readers.partner_id.ids, subject=subject(theirs), body=body(theirs))


def take_files(record, files):
    """Let files that the current user has uploaded for a record belong to it: whoever may read it has to see them.

    :param files: ir.attachment, as superuser
    :return: those of them that belong to something else
    """
    loose = files.filtered(lambda file: not file.res_id and file.create_uid == record.env.user)
    loose.write({"res_model": record._name, "res_id": record.id})
    return files.filtered(lambda file: (file.res_model, file.res_id) != (record._name, record.id))


def fingerprint(facts):
    """Return a short text that is another one as soon as any of these facts is.

    :param facts: lists of plain values
    :return: str
    """
    return hashlib.sha256(json.dumps(facts).encode()).hexdigest()
