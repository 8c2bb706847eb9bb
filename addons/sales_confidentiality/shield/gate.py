# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api
from odoo.exceptions import AccessError

from .guard import KEY, inside, is_cleared, is_inside, reaches
from .need import visible_ids


class Gate:
    """The question of every access to a field: may this user see it here?

    Shields are put in front of the registry classes of classified models, and of no other.
    """

    __slots__ = ()

    # Field to Guard, of all classified models of the registry; set when a shield is put in place.
    _shield_guards: dict = {}
    # Name to Guard of this model.
    _shield: dict = {}

    # Whether behind the shield the host's own answers follow, which are yes where a field has no groups.
    _shield_plain = False

    @api.model
    def _has_field_access(self, field, operation):
        # Asked at each access to each field: the usual answer has to be quick.
        if field.name not in self._shield:
            if self._shield_plain and not field.groups:
                return True
            return super()._has_field_access(field, operation)
        guard = self._shield_guards.get(field)
        if guard is None or self.env.su:
            return super()._has_field_access(field, operation)
        return super()._has_field_access(field, operation) and self._shield_allows(guard, operation)

    def _shield_allows(self, guard, operation):
        env = self.env
        scope = env.context.get(KEY)
        if (scope and reaches(scope, guard)) or is_cleared(env, guard):
            return True
        if operation == "read" and guard.mode == "readonly":
            return True
        if self._name != guard.field.model_name:
            # ir.attachment asks about fields of other models, without saying of which record.
            return False
        if not self._ids:
            # Values of records that are being created: whoever types them in knows them.
            return operation == "write" and guard.mode != "readonly"
        real = [id_ for id_ in self._origin._ids if id_]
        if not real:
            return True
        if guard.mode == "readonly" and not guard.has_exceptions:
            return False
        return len(visible_ids(self, guard)) == len(set(real))

    def _shield_refuses(self, field, operation):
        """Tell whether the current user may not use a field on all records at hand."""
        guard = self._shield_guards.get(field)
        return guard is not None and not self._shield_allows(guard, operation)

    def _shield_denied(self, names=None):
        """Return what the current user is not cleared for, of this model or of some of its fields.

        :return: dict of name to Guard
        """
        env = self.env
        if env.su or is_inside(env):
            return {}
        shield = self._shield
        found = shield.items() if names is None else ((name, shield[name]) for name in names if name in shield)
        scope = env.context.get(KEY)
        return {
            name: guard
            for name, guard in found
            if guard.mode != "readonly" and not (scope and reaches(scope, guard)) and not is_cleared(env, guard)
        }

    def _shield_refusal(self, names):
        labels = ", ".join(sorted({self._fields[name]._description_string(self.env) for name in names}))
        return AccessError(
            self.env._(
                "%(fields)s is confidential here, and you are not cleared for it. Ask a confidentiality officer for "
                "clearance, or for a temporary grant.",
                fields=labels,
            )
        )

    def _check_field_access(self, field, operation):
        # The host's sentence sends people to the system administrator, who cannot help here.
        if field.name not in self._shield:
            if self._shield_plain and not field.groups:
                return None
        elif not self.env.su:
            if self._shield_refuses(field, operation):
                if self._ids or operation != "read":
                    raise self._shield_refusal([field.name])
                # No record has no value: what a customer who is not chosen yet is called, or where to reach nobody.
                return super(Gate, inside(self))._check_field_access(field, operation)
        return super()._check_field_access(field, operation)

    def _determine_fields_to_fetch(self, field_names=None, ignore_when_in_cache=False):
        # What is fetched lands in the cache, which nobody sees: the gate stands at the access, `_read_format` masks.
        if self.env.su or field_names is None or not self._shield_denied(field_names):
            return super()._determine_fields_to_fetch(field_names, ignore_when_in_cache)
        return super(Gate, inside(self))._determine_fields_to_fetch(field_names, ignore_when_in_cache)

    def _fetch_query(self, query, fields):
        if self.env.su or not self._shield_denied([field.name for field in fields]):
            return super()._fetch_query(query, fields)
        return super(Gate, inside(self))._fetch_query(query, fields).with_env(self.env)

    def _compute_field_value(self, field):
        # Computed fields that carry a classified value are classified too; the others may use it.
        if self.env.su or is_inside(self.env):
            return super()._compute_field_value(field)
        return super(Gate, inside(self))._compute_field_value(field)


class AttachmentGate(Gate):
    """Attachments ask about fields of other models."""

    __slots__ = ()

    @api.model
    def _has_field_access(self, field, operation):
        guard = self._shield_guards.get(field)
        allowed = super()._has_field_access(field, operation)
        return allowed and (guard is None or self.env.su or self._shield_allows(guard, operation))
