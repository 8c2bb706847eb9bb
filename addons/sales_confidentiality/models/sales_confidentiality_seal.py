# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

import hashlib

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL

from .sales_confidentiality_clearance import OFFICER

SEALED = ("user_id", "date", "channel", "model", "field_names", "record_ids", "reason", "address")
BATCH = 10000


class SalesConfidentialitySeal(models.Model):
    """One link of the chain over the access log: a digest of some rows and of the link before (CON-2).

    Whoever changes or removes a row, or a link, breaks it visibly. The newest digest, written down elsewhere, guards
    against somebody who forges the whole chain in the database.
    """

    _name = "sales.confidentiality.seal"
    _description = "Seal of the Access Log"
    _inherit = ["sales.evidence.mixin"]
    _order = "id desc"
    _rec_name = "digest"

    date = fields.Datetime("When", required=True, readonly=True)
    row_count = fields.Integer("Rows", required=True, readonly=True)
    previous = fields.Char("Digest Before", readonly=True)
    digest = fields.Char(required=True, readonly=True)
    is_purged = fields.Boolean("Rows Removed After Their Time", readonly=True)

    @api.model
    def _rows_digest(self, previous, rows):
        digest = hashlib.sha256((previous or "").encode())
        for row in rows:
            digest.update(repr(row).encode())
        return digest.hexdigest()

    @api.model
    def _rows(self, condition):
        self.env["sales.confidentiality.access"].flush_model()
        columns = SQL(", ").join(SQL.identifier(name) for name in SEALED)
        return self.env.execute_query(
            SQL(
                "SELECT id, %s FROM sales_confidentiality_access WHERE %s ORDER BY id LIMIT %s",
                columns,
                condition,
                BATCH,
            )
        )

    @api.model
    def _seal(self):
        """Seal what is not sealed yet, a batch a link; of several processes one does it."""
        [[alone]] = self.env.execute_query(SQL("SELECT pg_try_advisory_xact_lock(%s)", 0x5EA1))
        while alone and (rows := self._rows(SQL("seal_id IS NULL"))):
            last = self.sudo().search([], limit=1)
            seal = self.sudo().create(
                {
                    "date": fields.Datetime.now(),
                    "row_count": len(rows),
                    "previous": last.digest,
                    "digest": self._rows_digest(last.digest, rows),
                }
            )
            ids = [row[0] for row in rows]
            self.env["sales.confidentiality.access"].browse(ids)._evidence_write({"seal_id": seal.id})
            if len(rows) < BATCH:
                break

    @api.model
    def _verify(self):
        """Return the links that do not fit what is in the log any more.

        :return: sales.confidentiality.seal
        """
        broken, previous = self.browse(), False
        for seal in self.sudo().search([("row_count", ">", 0)], order="id"):
            rows = [] if seal.is_purged else self._rows(SQL("seal_id = %s", seal.id))
            fits = seal.is_purged or (
                len(rows) == seal.row_count and self._rows_digest(seal.previous, rows) == seal.digest
            )
            if not fits or (seal.previous or False) != previous:
                broken |= seal
            previous = seal.digest
        return broken

    def action_verify(self):
        """Seal what is open and check the whole chain, for confidentiality officers."""
        if not self.env.user.has_group(OFFICER):
            raise AccessError(self.env._("Only a confidentiality officer can verify the access log."))
        self._seal()
        broken = self._verify()
        last = self.sudo().search([], limit=1)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "danger" if broken else "success",
                "sticky": True,
                "message": self.env._(
                    "The log does not fit its seals of %(dates)s.",
                    dates=", ".join(fields.Datetime.to_string(seal.date) for seal in broken),
                )
                if broken
                else self.env._("The log is unchanged. Newest digest: %(digest)s", digest=last.digest or ""),
            },
        }

    @api.model
    def _cron_seal(self):
        """Seal the log, and remove rows that have been kept long enough. Nothing depends on it being on time."""
        self._seal()
        months = int(self.env["ir.config_parameter"].sudo().get_param("sales_confidentiality.keep_months", 24))
        if months <= 0:
            return
        limit = fields.Datetime.now() - relativedelta(months=months)
        old = self.sudo().search([("date", "<", limit), ("is_purged", "=", False)])
        if old:
            # Evidence refuses to be deleted: after its time the whole batch goes, and its seal tells that it did.
            self.env.execute_query(
                SQL("DELETE FROM sales_confidentiality_access WHERE seal_id = ANY(%s) RETURNING id", old.ids)
            )
            old._evidence_write({"is_purged": True})
            self.env["sales.confidentiality.access"].invalidate_model()
