# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models


class SalesStepMixin(models.AbstractModel):
    """The trail of something that goes through steps: which step, who took it and when; nobody can change it.

    A model that inherits it names the field of its subject in ``_step_of`` and has a selection ``step``.
    """

    _name = "sales.step.mixin"
    _description = "Step"
    _inherit = ["sales.evidence.mixin"]
    _order = "id"

    _step_of = None

    user_id = fields.Many2one("res.users", "By", required=True, readonly=True, ondelete="restrict")
    date = fields.Datetime("When", required=True, readonly=True)
    note = fields.Text(readonly=True)

    @api.model
    def _stamp(self, records, step, notes=None, user=None):
        """Record that a step was taken with some records, just now.

        :param records: subjects of the trail
        :param str step: value of ``step``
        :param dict notes: subject to text, where there is something to say
        :param user: who took it; the current user where nobody is named
        """
        now, user = fields.Datetime.now(), user or self.env.user
        rows = [
            {
                self._step_of: record.id,
                "step": step,
                "user_id": user.id,
                "date": now,
                "note": (notes or {}).get(record, False),
                **self._step_values(record, now),
            }
            for record in records.sudo()
        ]
        # Server-side only: nobody has the right to create steps.
        self.sudo().create(rows)

    @api.model
    def _step_values(self, record, now):
        """Return what else is noted about a step that is taken with a record (as superuser) now.

        :return: dict
        """
        return {}
