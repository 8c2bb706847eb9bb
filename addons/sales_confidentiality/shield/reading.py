# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api

from .guard import inside, is_inside
from .mask import masked
from .need import visible_ids


class Reading:
    """What leaves the server: rows with masks, exports, descriptions of fields. Masks never enter the cache."""

    __slots__ = ()

    def _read_format(self, fnames, load="_classic_read"):
        denied = self._shield_denied(fnames)
        if not denied:
            rows = super()._read_format(fnames, load)
            self._shield_audit("read", fnames, self.ids)
            return rows
        # One pass for all: the real values are in these rows until they are masked below, and nowhere else.
        rows = super(Reading, inside(self))._read_format(fnames, load)
        for name, guard in denied.items():
            visible, field = visible_ids(self, guard), self._fields[name]
            empty = [] if field.type in ("one2many", "many2many") else False
            for row in rows:
                id_ = row["id"]
                if id_ in visible or (not id_ and id_.origin in visible | {None}):
                    continue
                row[name] = guard.mode == "mask" and masked(row[name], guard.mask, field) or empty
            self._shield_audit("read", [name], visible)
        self._shield_audit("read", [name for name in fnames if name not in denied], self.ids)
        return rows

    def _shield_audit(self, channel, names, ids):
        """Note that real values of classified fields have left; where the rule wants that, also by mere reading."""
        shield = self._shield
        names = [name for name in names if name in shield and (channel != "read" or shield[name].audited)]
        if names and ids and not (self.env.su or is_inside(self.env)):
            self.env["sales.confidentiality.access"]._note(channel, self._name, names, ids)

    def _shield_audit_print(self, name):
        """Note that a real value was printed or shown on a page."""
        if self.env.user and not is_inside(self.env):
            self.env["sales.confidentiality.access"]._note("print", self._name, [name], self.ids)

    def _export_rows(self, fields, *, _is_toplevel_call=True):
        denied = self._shield_denied({path[0] for path in fields if path})
        self._shield_audit_export(fields, denied)
        if not denied:
            return super()._export_rows(fields, _is_toplevel_call=_is_toplevel_call)
        # A classified column is exported as the id of its record, which is then exchanged for what may be seen.
        columns = {i: path[0] for i, path in enumerate(fields) if path and path[0] in denied}
        plain = [[".id"] if i in columns else path for i, path in enumerate(fields)]
        lines = super()._export_rows(plain, _is_toplevel_call=_is_toplevel_call)
        shown = {name: self._shield_shown(name, guard) for name, guard in denied.items()}
        for line in lines:
            for i, name in columns.items():
                if line[i]:
                    line[i] = shown[name].get(int(line[i]), "")
        return lines

    def _shield_shown(self, name, guard):
        """Return what the user sees of a field outside of forms: real values, masks or nothing, by record id."""
        field, visible = self._fields[name], visible_ids(self, guard)
        result = {}
        for record in inside(self):
            value = record[name]
            if record.id in visible:
                result[record.id] = field.convert_to_export(value, record) if not field.relational else ""
            elif guard.mode == "mask":
                result[record.id] = masked(value, guard.mask, field) or ""
        return result

    def _shield_audit_export(self, fields, denied):
        names = {path[0] for path in fields if path}
        self._shield_audit("export", [name for name in names if name not in denied], self.ids)
        for name in denied:
            self._shield_audit("export", [name], visible_ids(self, denied[name]))

    @api.model
    def fields_get(self, allfields=None, attributes=None):
        denied = self._shield_denied()
        if not denied:
            return super().fields_get(allfields, attributes)
        # Without a description the web client cannot draw the views, which keep the field.
        described = super(Reading, inside(self)).fields_get(allfields, attributes)
        for name, guard in denied.items():
            description = described.get(name)
            if description is None:
                continue
            if "readonly" in description and not guard.has_exceptions:
                description["readonly"] = True
            for attribute in ("sortable", "groupable"):
                if attribute in description:
                    description[attribute] = False
            if "searchable" in description and not guard.has_exceptions:
                description["searchable"] = False
            description.pop("aggregator", None)
        return described

    @api.model
    def default_get(self, fields):
        # A default for all users may repeat a classified value.
        denied = self._shield_denied(fields)
        return super().default_get([name for name in fields if name not in denied])

    def copy_data(self, default=None):
        denied = self._shield_denied()
        if not denied:
            return super().copy_data(default)
        given = set(default or {})
        hidden = {name: False for name in denied if name not in given and self._fields[name].copy}
        vals_list = super().copy_data({**hidden, **(default or {})})
        return [vals and {name: vals[name] for name in vals if name not in hidden} for vals in vals_list]

    def get_field_translations(self, field_name, langs=None):
        if self._shield_denied([field_name]):
            self._check_field_access(self._fields[field_name], "read")
        return super().get_field_translations(field_name, langs)
