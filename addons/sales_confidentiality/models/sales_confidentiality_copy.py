# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.addons.sales_policy.tools import lock_and_reread
from odoo.exceptions import AccessError, UserError

from .sales_confidentiality_clearance import OFFICER


class SalesConfidentialityCopy(models.Model):
    """One numbered copy in the hands of an outsider, and what became of it (CON-7). Never deleted."""

    _name = "sales.confidentiality.copy"
    _description = "Numbered Copy"
    _inherit = ["sales.evidence.mixin"]
    _order = "disclosure_id desc, number"

    disclosure_id = fields.Many2one(
        "sales.confidentiality.disclosure", required=True, readonly=True, index=True, ondelete="restrict"
    )
    number = fields.Integer(required=True, readonly=True)
    name = fields.Char(required=True, readonly=True)
    partner_name = fields.Char("Given To", required=True, readonly=True)
    recipient = fields.Char("Received By", required=True, readonly=True)
    issued_date = fields.Datetime("Given On", required=True, readonly=True)
    issued_by = fields.Many2one("res.users", "Given By", required=True, readonly=True, ondelete="restrict")
    returned_date = fields.Datetime("Back On", readonly=True)
    returned_how = fields.Selection([("returned", "Returned"), ("destroyed", "Destroyed")], "Back By", readonly=True)
    returned_by = fields.Many2one("res.users", "Confirmed By", readonly=True, ondelete="restrict")
    file_count = fields.Integer("Files", compute="_compute_file_count")

    _number_once = models.Constraint("UNIQUE (disclosure_id, number)", "Each copy has a number of its own.")

    def _compute_file_count(self):
        rows = (
            self.env["ir.attachment"]
            .sudo()
            ._read_group([("res_model", "=", self._name), ("res_id", "in", self.ids)], ["res_id"], ["__count"])
        )
        counts = dict(rows)
        for one in self:
            one.file_count = counts.get(one.id, 0)

    @api.model
    def _record(self, disclosure, number, name):
        """Record that a copy is handed over now.

        :return: sales.confidentiality.copy, as superuser
        """
        return self.sudo().create(
            {
                "disclosure_id": disclosure.id,
                "number": number,
                "name": name,
                "partner_name": disclosure.partner_id.commercial_partner_id.name,
                "recipient": disclosure.recipient,
                "issued_date": fields.Datetime.now(),
                "issued_by": self.env.uid,
            }
        )

    def action_returned(self):
        """Confirm that these copies came back. For the requester and the confidentiality officers."""
        return self._back("returned")

    def action_destroyed(self):
        """Confirm that these copies were destroyed. For the requester and the confidentiality officers."""
        return self._back("destroyed")

    def action_open_files(self):
        """Open the marked files of these copies that the current user may open."""
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Files"),
            "res_model": "ir.attachment",
            "view_mode": "list",
            "views": [(self.env.ref("sales_confidentiality.ir_attachment_view_list_secret").id, "list")],
            "domain": [("res_model", "=", self._name), ("res_id", "in", self.ids)],
            "context": {"create": False},
        }

    def _back(self, how):
        self.check_access("read")
        copies = self.sudo()
        lock_and_reread(copies)
        officer = self.env.user.has_group(OFFICER)
        for one in copies:
            if not officer and one.disclosure_id.requester_id != self.env.user:
                raise AccessError(
                    self.env._("Only who has handed it over, or a confidentiality officer, confirms this.")
                )
            if one.returned_date:
                raise UserError(self.env._("%(copy)s is back already.", copy=one.name))
        copies._evidence_write(
            {"returned_date": fields.Datetime.now(), "returned_how": how, "returned_by": self.env.uid}
        )
        return True
