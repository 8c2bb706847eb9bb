# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo.addons.mail.tools.discuss import Store

from .guard import is_shown, outside
from .mask import masked


class ToClient:
    """What the chatter, the address book of Discuss and the bus send to clients."""

    __slots__ = ()

    def _shield_value(self, name):
        """Return what the person at the other end gets of a field of one record."""
        guard, field = self._shield[name], self._fields[name]
        value = field.convert_to_read(self.sudo()[name], self, False)
        if is_shown(outside(self), name):
            return value
        return masked(value, guard.mask, field) if guard.mode == "mask" else False

    def _field_store_repr(self, field_name):
        represent = getattr(super(), "_field_store_repr", None)
        represented = represent(field_name) if represent else [field_name]
        return [self._shield_repr(field) for field in represented]

    def _shield_repr(self, field):
        name = _name(field)
        if name not in self._shield or isinstance(field, Store.Relation):
            return field
        predicate = getattr(field, "predicate", None)
        return Store.Attr(name, lambda record: record._shield_value(name), predicate=predicate)

    def _to_store_defaults(self, target):
        return self._shield_for(target, super()._to_store_defaults(target))

    def _get_store_avatar_card_fields(self, target):
        return self._shield_for(target, super()._get_store_avatar_card_fields(target))

    def _shield_for(self, target, fields):
        # What is sent to others is built with the rights of the sender.
        if target.is_current_user(self.env):
            return fields
        return [field for field in fields if _name(field) not in self._shield]


def _name(field):
    return field if isinstance(field, str) else getattr(field, "field_name", None)
