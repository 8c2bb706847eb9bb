# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

import logging
import os
from contextlib import suppress

from psycopg2 import Error

from odoo import SUPERUSER_ID, api, models
from odoo.tools import SQL

_logger = logging.getLogger(__name__)

FORMER = "sales_confidentiality_former_files"


class IrAttachment(models.Model):
    """What is left in the file store of a file that became secret goes at once, not with the daily clean-up (CON-5).

    The file store holds equal contents once. Whoever stores a content that is there already has to find it there when
    their transaction ends, and nobody else sees their row until then: they hold a lock on that content.
    """

    _inherit = "ir.attachment"

    @api.model
    def _file_write(self, bin_value, checksum):
        if os.path.exists(self._full_path(f"{checksum[:2]}/{checksum}")):
            self.env.cr.execute(SQL("SELECT pg_advisory_xact_lock_shared(%s)", _lock_of(f"{checksum[:2]}/{checksum}")))
        return super()._file_write(bin_value, checksum)

    @api.model
    def _confidentiality_forget(self, name):
        """Remove a stored file when the current transaction is committed, if nobody uses it then.

        :param str name: its name in the file store
        """
        postcommit, registry = self.env.cr.postcommit, self.env.registry
        names = postcommit.data.setdefault(FORMER, set())
        if not names:
            postcommit.add(lambda: _remove(registry, names))
        names.add(name)

    @api.model
    def _confidentiality_remove(self, name):
        """Remove a stored file that no attachment uses. The current transaction has to be a new one."""
        # Not by search: that leaves out files which are the values of fields.
        self.env.cr.execute(SQL("SELECT 1 FROM ir_attachment WHERE store_fname = %s LIMIT 1", name))
        if not self.env.cr.fetchone():
            with suppress(FileNotFoundError):
                os.unlink(self._full_path(name))


def _lock_of(name):
    return SQL("hashtextextended(%s, 0)", f"filestore {name}")


def _remove(registry, names):
    """Remove stored files that nobody uses, and that nobody is about to use; the daily clean-up sees to the others."""
    try:
        with registry.cursor() as lock:
            for name in sorted(names):
                lock.execute(SQL("SELECT pg_try_advisory_xact_lock(%s)", _lock_of(name)))
                if lock.fetchone()[0]:
                    # A transaction that begins now sees what was committed by whoever held the lock before.
                    with registry.cursor() as cr:
                        api.Environment(cr, SUPERUSER_ID, {})["ir.attachment"]._confidentiality_remove(name)
    except (OSError, Error):
        # What the user did is committed: it is no error of theirs.
        _logger.info("Former files are left to the daily clean-up.", exc_info=True)
