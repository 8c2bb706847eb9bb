# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api
from odoo.exceptions import UserError

from .guard import forget, inside, is_cleared, is_inside
from .mask import is_masked
from .need import OWNER_FIELDS, owner_names, visible_ids


class Writing:
    """Masks are never saved, and nobody makes a record their own in order to see it."""

    __slots__ = ()

    @api.model_create_multi
    def create(self, vals_list):
        return super().create(self._shield_born(vals_list))

    def write(self, vals):
        if not self.env.su and not is_inside(self.env):
            vals = self._shield_values(vals)
            self._shield_keep_owner(vals)
        self._shield_refuse_masks([vals])
        result = super().write(vals)
        forget(self.env)
        return result

    @api.model
    def _shield_born(self, vals_list):
        """Return values for new records as they may be saved.

        :raises UserError: when a mask would be
        """
        if not self.env.su and not is_inside(self.env):
            vals_list = [self._shield_new_values(vals) for vals in vals_list]
        self._shield_refuse_masks(vals_list)
        return vals_list

    def _shield_new_values(self, vals):
        """Return values for a new record without what the user may not set: empty values and masks are left out."""
        result = dict(vals)
        for name in set(vals) & set(self._shield):
            guard = self._shield[name]
            if is_cleared(self.env, guard):
                continue
            if is_masked(vals[name]) or not vals[name]:
                # The client sends what it was not shown as empty: what is computed or set by default stays so.
                del result[name]
            elif guard.mode == "readonly":
                raise self._shield_refusal([name])
        return result

    def _shield_values(self, vals):
        """Return what a user may write of some values: masks come back from the client, and are left out."""
        denied = self._shield_denied(vals)
        dropped = {name for name in denied if is_masked(vals[name])}
        return {name: value for name, value in vals.items() if name not in dropped}

    def _shield_refuse_masks(self, vals_list):
        """Refuse masks from whoever would destroy the real value with them, for instance by an import."""
        for vals in vals_list:
            for name in vals.keys() & self._shield.keys():
                if is_masked(vals[name]):
                    raise UserError(
                        self.env._(
                            "“%(value)s” is the mask of a confidential value, not the value itself. Leave "
                            "%(field)s out, or enter the real value.",
                            value=vals[name],
                            field=self._fields[name]._description_string(self.env),
                        )
                    )

    def _shield_keep_owner(self, vals):
        """Refuse to change whose a record is, by somebody who may not see what is confidential on it."""
        for name, guard in self._shield_denied().items():
            if guard.need == "none" and guard.scope == "all":
                continue
            changed = owner_names(self, guard) & vals.keys()
            if not changed:
                continue
            visible = visible_ids(self, guard)
            for record in self.sudo():
                if record.id not in visible and any(
                    self._shield_takes(record, field_name, vals[field_name]) for field_name in changed
                ):
                    raise self._shield_refusal([name])

    def _shield_takes(self, record, name, value):
        field = record._fields[name]
        if field.type == "boolean":
            return bool(record[name]) != bool(value)
        if field.type != "many2one":
            return True
        if record[name].id == (value or False):
            return False
        free = name in OWNER_FIELDS and record._name != "res.partner" and not record[name]
        customer = "partner_id" in record._fields and record.partner_id
        return not (free and not customer)

    def _track_prepare(self, fields_iter):
        # The values before a change are noted for everybody; who may read them is decided when they are shown.
        return super(Writing, inside(self))._track_prepare(fields_iter)

    def web_save(self, vals, specification, next_id=None):
        # The client sends back the mask of a field whose widget reformats what it shows.
        return super().web_save(self._shield_values(vals), specification, next_id=next_id)

    def onchange(self, values, field_names, fields_spec):
        """Compute what a form shows; classified fields are left out, also where they come from another record."""
        if self.env.su or is_inside(self.env):
            return super().onchange(values, field_names, fields_spec)
        denied = self._shield_denied(values)
        values = {name: value for name, value in values.items() if not (name in denied and is_masked(value))}
        names = [name for name in field_names if name in values or name not in self._fields]
        return super(Writing, inside(self)).onchange(values, names, shown_spec(self, fields_spec))


def shown_spec(model, spec):
    """Return a specification of fields for the web client without what the user may not see, at any depth."""
    denied = getattr(model, "_shield_denied", dict)()
    result = {}
    for name, inner in spec.items():
        if name in denied:
            continue
        field = model._fields.get(name)
        if field is not None and isinstance(inner, dict):
            if field.type in ("reference", "many2one_reference"):
                # Whatever it points at would be read as the server.
                inner = {}
            elif field.relational:
                # An order tells what it sorts by.
                inner = {key: value for key, value in inner.items() if key != "order"}
                if inner.get("fields"):
                    inner["fields"] = shown_spec(model.env[field.comodel_name], inner["fields"])
        result[name] = inner
    return result
