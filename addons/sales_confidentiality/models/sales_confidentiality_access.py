# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models


class SalesConfidentialityAccess(models.Model):
    """Who got to see real confidential values: when, which records, on which way, why. Never the value (CON-2, 14)."""

    _name = "sales.confidentiality.access"
    _description = "Access to Confidential Values"
    _inherit = ["sales.evidence.mixin"]
    _order = "id desc"

    user_id = fields.Many2one("res.users", "Who", required=True, index=True, readonly=True, ondelete="restrict")
    date = fields.Datetime("When", required=True, index=True, readonly=True)
    channel = fields.Selection(
        [("read", "Read"), ("export", "Export"), ("print", "Print"), ("reveal", "Reveal")],
        required=True,
        readonly=True,
    )
    model = fields.Char(required=True, readonly=True)
    field_names = fields.Char("Fields", required=True, readonly=True)
    record_ids = fields.Text("Record IDs", required=True, readonly=True)
    record_count = fields.Integer("Records", readonly=True)
    reason = fields.Text(readonly=True)
    address = fields.Char(readonly=True)

    @api.model
    def _note(self, channel, model, names, ids):
        """Note that the current user got real values; written once, when the request ends."""
        pending = self.env.cr.precommit.data.setdefault("sales_confidentiality_access", {})
        if not pending:
            self.env.cr.precommit.add(self._flush_notes)
        pending.setdefault((self.env.uid, channel, model), (set(), set()))
        known_names, known_ids = pending[self.env.uid, channel, model]
        known_names.update(names)
        known_ids.update(id_ for id_ in ids if isinstance(id_, int))

    @api.model
    def _flush_notes(self):
        pending = self.env.cr.precommit.data.pop("sales_confidentiality_access", {})
        self._record(
            [
                {
                    "user_id": uid,
                    "channel": channel,
                    "model": model,
                    "field_names": ",".join(sorted(names)),
                    "record_ids": ",".join(map(str, sorted(ids))),
                    "record_count": len(ids),
                }
                for (uid, channel, model), (names, ids) in pending.items()
                if ids
            ]
        )

    @api.model
    def _record(self, vals_list):
        now = fields.Datetime.now()
        return self.sudo().create([{**vals, "date": now} for vals in vals_list])
