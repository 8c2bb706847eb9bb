# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

import re

from odoo.tools import SQL

from .attack import REFUSED

LOG = {"id", "create_uid", "write_uid"}
UNCOMPARED = {"id", "create_date", "write_date", "access_token"}


class ForgedDefaults:
    """A client may send ``default_*`` for every field of every record that the server makes on its behalf."""

    def assertForgesNothing(self, user, records, method):
        """Check that a button leaves the same records of ours, whatever defaults the client's context carries.

        It is pressed once for each model of which it leaves records, and rolled back each time.
        """

        def press(model=None, **context):
            for name, value in (self._forged(model) if model else {}).items():
                self.env["ir.default"].with_user(user).set(model, name, value, user_id=user.id)
            self.rpc(user, records._name, method, records.ids, context=context)

        plain = self._recorded(press, may_be_refused=False)
        self.assertTrue(plain, f"{method} records nothing")
        for model in plain:
            context = {f"default_{name}": value for name, value in self._forged(model).items()}
            for forge in (lambda context=context: press(**context), lambda model=model: press(model)):
                forged = self._recorded(forge, may_be_refused=True)
                # Who sends nonsense may be refused; what is recorded is what it would be without.
                if forged is not None:
                    self.assertEqual(forged, plain, model)

    def _recorded(self, flow, may_be_refused):
        """Return what a flow records, as dict of model name to rows; None where it was refused."""
        tables = {
            name: self.env[name]
            for name in self.env.registry
            if name.startswith("sales.") and self.env[name]._auto and not self.env[name]._transient
        }
        self.env.flush_all()
        highest = {name: self._query(model, SQL("max(id)"))[0][0] or 0 for name, model in tables.items()}
        savepoint = self.cr.savepoint(flush=False)
        try:
            flow()
            self.env.flush_all()
            return {name: rows for name, model in tables.items() if (rows := self._rows(model, highest))}
        except REFUSED:
            if not may_be_refused:
                raise
            return None
        finally:
            savepoint.close(rollback=True)
            self.env.transaction.clear()
            self.env.invalidate_all(flush=False)
            self.env.registry.clear_cache()

    def _query(self, model, what, least=0):
        table = SQL.identifier(model._table)
        return self.env.execute_query(SQL("SELECT %s FROM %s WHERE id > %s ORDER BY 1", what, table, least))

    def _rows(self, model, highest):
        fields = sorted(
            (field for field in model._fields.values() if field.store and field.column_type), key=lambda one: one.name
        )
        fields = [field for field in fields if field.name not in UNCOMPARED]
        columns = SQL(", ").join([SQL.identifier("id"), *(SQL.identifier(field.name) for field in fields)])
        return [
            {field.name: self._comparable(field, value, highest) for field, value in zip(fields, row[1:], strict=True)}
            for row in self._query(model, columns, highest[model._name])
        ]

    def _comparable(self, field, value, highest):
        if field.type == "many2one" and field.comodel_name in highest and (value or 0) > highest[field.comodel_name]:
            return "new"
        if field.type == "datetime":
            return value and value.date()
        if field.type == "float":
            return value and round(value, 2)
        if field.type in ("char", "text", "html", "many2one_reference") and value:
            return re.sub(r"\d+|[0-9a-f]{32,}", "#", str(value))
        return value

    def _forged(self, model):
        """Return a value for each stored field of a model."""
        values = {
            "boolean": True, "char": "forged", "text": "forged", "html": "<p>forged</p>", "integer": 7, "float": 7.0,
            "monetary": 7.0, "date": "2030-01-01", "datetime": "2030-01-01 00:00:00",
        }  # fmt: skip
        forged = {}
        for field in self.env[model]._fields.values():
            if not field.store or field.name in LOG:
                continue
            if field.type == "many2one":
                value = self.env[field.comodel_name].search([], limit=1, order="id desc").id
            elif field.type == "selection":
                value = field.get_values(self.env)[-1]
            else:
                value = values.get(field.type)
            if value is not None:
                forged[field.name] = value
        return forged
