# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from datetime import timedelta

from odoo import api, fields, models
from odoo.addons.sales_policy.tools import lock_rows
from odoo.exceptions import AccessError, UserError

from ..shield.guard import guard_of, inside, is_cleared


class SalesConfidentialityAccess(models.Model):
    """A masked value is shown to one person for some seconds; that it was is on file first."""

    _inherit = "sales.confidentiality.access"

    @api.model
    def reveal(self, model, res_id, field_name, reason=""):
        """Return one masked value, for colleagues who may read the record, where the rule lets it be revealed.

        :param str model: model name
        :param int res_id: id of the record
        :param str field_name: name of the field
        :param str reason: why it is needed
        :return: dict of value and seconds for which to show it
        :raises AccessError: where nothing may be revealed
        :raises UserError: without a reason, or beyond the limit per hour
        """
        record, rule = self._revealable(model, res_id, field_name)
        reason = (reason or "").strip()
        if rule.reveal_reason and not reason:
            raise UserError(self.env._("Please say what you need it for."))
        self._check_reveal_limit(rule)
        self._record(
            [
                {
                    "user_id": self.env.uid,
                    "channel": "reveal",
                    "model": model,
                    "field_names": field_name,
                    "record_ids": str(record.id),
                    "record_count": 1,
                    "reason": reason,
                }
            ]
        )
        value = inside(record)._read_format([field_name], load=False)[0][field_name]
        return {"value": value, "seconds": rule.reveal_seconds}

    @api.model
    def reveal_terms(self, model, res_id, field_name):
        """Return whether a value can be revealed to the current user, and whether a reason is asked for.

        :return: dict of possible, reason and, where a temporary grant can be asked for instead, the id of the rule
        """
        try:
            _record, rule = self._revealable(model, res_id, field_name)
        except AccessError:
            guard = model in self.env and guard_of(self.env[model], field_name)
            # A grant names records of the document that the rule is about.
            grantable = guard and guard.model == model and not guard.path
            return {"possible": False, "reason": False, "rule": guard.rule if grantable else False}
        return {"possible": True, "reason": rule.reveal_reason}

    @api.model
    def _revealable(self, model, res_id, field_name):
        refused = AccessError(self.env._("This value cannot be revealed. Ask for a temporary grant instead."))
        if model not in self.env or not isinstance(res_id, int) or not self.env.user._is_internal():
            raise refused
        record = self.env[model].browse(res_id)
        guard = guard_of(record, field_name)
        if guard is None or guard.mode != "mask" or record._name not in self.env:
            raise refused
        rule = self.env["sales.confidentiality.rule"].sudo().browse(guard.rule)
        if not rule.exists().reveal or not rule.active:
            raise refused
        record.check_access("read")
        # Whoever needs no clearance needs no reveal either; the groups of the field hold all the same.
        if not is_cleared(self.env, guard):
            inside(record)._check_field_access(record._fields[field_name], "read")
        return record, rule

    @api.model
    def _check_reveal_limit(self, rule):
        # Of two requests at the same time the second counts the first.
        lock_rows(self.env.user.sudo())
        since = fields.Datetime.now() - timedelta(hours=1)
        taken = self.sudo().search_count(
            [("user_id", "=", self.env.uid), ("channel", "=", "reveal"), ("date", ">", since)]
        )
        if taken < rule.reveal_limit:
            return
        if taken == rule.reveal_limit:
            self._alert_reveals(rule)
        raise UserError(
            self.env._(
                "You have revealed %(count)s values within an hour. Try again later, or ask a confidentiality officer "
                "for clearance.",
                count=taken,
            )
        )

    @api.model
    def _alert_reveals(self, rule):
        """Tell the officers; the refusal that follows rolls everything else back, so this has its own transaction."""
        person, limit = self.env.user.name, rule.reveal_limit

        def tell():
            with self.env.registry.cursor() as cr:
                access = api.Environment(cr, api.SUPERUSER_ID, {})[self._name]
                access._tell_officers(
                    access.env._("Many values revealed"),
                    access.env._("%(person)s reached %(limit)s reveals in an hour.", person=person, limit=limit),
                )

        self.env.cr.postrollback.add(tell)
