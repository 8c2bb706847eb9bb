# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import models

from ..shield.guard import guard_of


class MailTrackingValue(models.Model):
    _inherit = "mail.tracking.value"

    def _filter_has_field_access(self, env):
        """Leave out changes of classified values. A mail goes to several readers: it contains none of them."""
        return super()._filter_has_field_access(env).filtered(lambda tracking: tracking._is_shown_to(env))

    def _filter_free_field_access(self):
        return super()._filter_free_field_access().filtered(lambda tracking: tracking._guard() is None)

    def _guard(self):
        field = self.sudo().field_id
        return guard_of(self.env[field.model], field.name) if field and field.model in self.env else None

    def _is_shown_to(self, env):
        guard = self._guard()
        if guard is None or guard.mode == "readonly":
            return True
        message = self.sudo().mail_message_id
        if env.su or message.model != guard.field.model_name:
            return False
        return env[message.model].browse(message.res_id)._shield_allows(guard, "read")
