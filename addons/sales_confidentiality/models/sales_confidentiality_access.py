# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import SUPERUSER_ID, api, fields, models
from odoo.http import request


class SalesConfidentialityAccess(models.Model):
    """Who got to see real confidential values: when, which records, on which way, why. Never the value (CON-2, 14).

    A request writes one row for each way and model, when it ends. Rows are sealed in batches, so that no request
    waits for another one's link of the chain; see ``sales.confidentiality.seal``.
    """

    _name = "sales.confidentiality.access"
    _description = "Access to Confidential Values"
    _inherit = ["sales.evidence.mixin"]
    _order = "id desc"
    _rec_name = "model"

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
    address = fields.Char("From", readonly=True)
    seal_id = fields.Many2one("sales.confidentiality.seal", readonly=True, index="btree_not_null", ondelete="restrict")

    _unsealed_idx = models.Index("(id) WHERE seal_id IS NULL")

    @api.model
    def _note(self, channel, model, names, ids):
        """Note that the current user got real values; it is written once, when the transaction ends."""
        cr = self.env.cr
        # Transactions that only read cannot write: theirs is written right after them.
        hook = cr.postcommit if cr.readonly else cr.precommit
        pending = hook.data.setdefault("sales_confidentiality_access", {})
        if not pending:
            hook.add(self._flush_aside if cr.readonly else self._flush_notes)
        names_ids = pending.setdefault((self.env.uid, channel, model), (set(), set()))
        names_ids[0].update(names)
        names_ids[1].update(id_ for id_ in ids if isinstance(id_, int))

    @api.model
    def _flush_notes(self):
        self._write_notes(self.env.cr.precommit.data.pop("sales_confidentiality_access", {}))

    @api.model
    def _flush_aside(self):
        pending = self.env.cr.postcommit.data.pop("sales_confidentiality_access", {})
        with self.env.registry.cursor() as cr:
            api.Environment(cr, SUPERUSER_ID, {})[self._name]._write_notes(pending)

    @api.model
    def _write_notes(self, pending):
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
                if ids and uid
            ]
        )

    @api.model
    def _record(self, vals_list):
        """Write rows of the log, as superuser, with time and address of the request.

        :param vals_list: values of rows
        :return: sales.confidentiality.access
        """
        if not vals_list:
            return self.browse()
        stamp = {
            "date": fields.Datetime.now(),
            "address": request.httprequest.remote_addr if request else False,
        }
        rows = self.with_env(self.env(su=True, context={})).create([{**vals, **stamp} for vals in vals_list])
        rows.filtered(lambda row: row.channel == "export")._alert_bulk()
        return rows

    def _alert_bulk(self):
        """Tell the confidentiality officers about exports of many records."""
        limit = int(self.env["ir.config_parameter"].sudo().get_param("sales_confidentiality.bulk_export", 500))
        for row in self:
            if row.record_count >= limit:
                row._tell_officers(
                    row.env._("Many confidential values exported"),
                    row.env._(
                        "%(person)s exported %(fields)s of %(count)s records (%(model)s).",
                        person=row.user_id.name,
                        fields=row.field_names,
                        count=row.record_count,
                        model=row.model,
                    ),
                )

    def _tell_officers(self, subject, body):
        officers = self.env.company._sales_users_of("sales_confidentiality.group_confidentiality_officer")
        if officers:
            self.env["mail.thread"].sudo().message_notify(
                partner_ids=officers.partner_id.ids, subject=subject, body=body
            )
