# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import clean_context


class SalesEvidenceMixin(models.AbstractModel):
    """Make the records of a model evidence: they are added, never changed, never removed (OWN-1).

    The refusal holds for everybody, the superuser included, because the tools that
    quietly clean up (partner merge, privacy lookup, data recycling) work as superuser.
    A mistake is corrected by a further record that refers to the wrong one.
    """

    _name = "sales.evidence.mixin"
    _description = "Append-only record"

    @api.model_create_multi
    def create(self, vals_list):
        """Record evidence. What the caller's context gives as defaults does not count (OWN-1)."""
        clean = self.with_context(clean_context(self.env.context))
        return super(SalesEvidenceMixin, clean).create(vals_list).with_env(self.env)

    def write(self, vals):
        """Refuse every change of evidence.

        :raises UserError: always, unless there is nothing to change
        """
        if self and vals:
            raise UserError(
                self.env._(
                    "%(document)s cannot be changed after it was recorded. Add a new record that corrects it.",
                    document=self._evidence_name(),
                )
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_evidence(self):
        raise UserError(
            self.env._(
                "%(document)s cannot be deleted: it is the evidence of what happened.",
                document=self._evidence_name(),
            )
        )

    def _evidence_name(self):
        """Return what these records are called, in the user's language."""
        return self.env["ir.model"]._get(self._name).name or self._description

    def _evidence_write(self, vals):
        """Complete a record, for the server's own steps only (OWN-1).

        The few facts that become known later (when a period ended, who decided) are filled in
        through this method. It is private, so no client can reach it.

        :param dict vals: values to write
        :return: True
        """
        # Skips the refusal above by calling the next class in line: there is no switch that a caller could turn.
        # sudo: the access rights give nobody the right to write evidence.
        return super(SalesEvidenceMixin, self.sudo()).write(vals)  # pylint: disable=super-method-mismatch
