# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, models


class SalesClosedMixin(models.AbstractModel):
    """For models of the host with fields that not everybody writes: such a field takes no default of theirs.

    A default of a client's context, or one that people set for themselves, reaches records that are made on the way,
    and there nobody asks whether they may write the field.
    """

    _name = "sales.closed.mixin"
    _description = "Fields That Take No Default"

    # Fields of the host that tell what the server did or reckoned, although Odoo lets people write them.
    _sales_kept_by_server = frozenset()

    @api.model
    def default_get(self, fields):
        # Superuser mode does not matter: the server makes most of these records on behalf of somebody.
        user = self.env.user
        return super().default_get([name for name in fields if self._sales_is_open(name, user)])

    def _sales_is_open(self, name, user):
        if name in self._sales_kept_by_server:
            return False
        field = self._fields.get(name)
        return field is None or not field.groups or "sales_" not in field._module or user.has_groups(field.groups)

    @api.model
    def _sales_touches_kept(self, vals_list):
        """Return whether values say what only the server does.

        :param list vals_list: values for create or write
        """
        # A new record comes from the web client with empty lists.
        return any(
            vals[name] or not self._fields[name].type.endswith("2many")
            for vals in vals_list
            for name in self._sales_kept_by_server & vals.keys()
        )

    @api.model
    def _sales_check_kept(self, vals_list):
        """Refuse values that say what only the server does; who inherits calls it on create and write.

        :raises AccessError: for everybody but the server
        """
        self.env["res.company"]._sales_check_reckoned(self._sales_touches_kept(vals_list))
