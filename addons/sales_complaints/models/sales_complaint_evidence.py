# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

import base64
import binascii
import hashlib

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools.mimetypes import guess_mimetype

PICTURES = ("image/jpeg", "image/png", "image/gif", "image/webp", "image/bmp")
GIVEN = {"complaint_id", "name", "file", "note"}


class SalesComplaintEvidence(models.Model):
    """A photo or document that proves a complaint: added, never changed, never removed (CMP-1)."""

    _name = "sales.complaint.evidence"
    _description = "Evidence of a Complaint"
    _inherit = ["sales.evidence.mixin"]
    _order = "id"

    complaint_id = fields.Many2one("sales.complaint", required=True, index=True, ondelete="restrict")
    name = fields.Char("File Name", required=True)
    file = fields.Binary(attachment=True, required=True)
    note = fields.Char()
    mimetype = fields.Char("File Type", required=True, readonly=True)
    is_picture = fields.Boolean("Photo", compute="_compute_is_picture", store=True)
    checksum = fields.Char(required=True, readonly=True, help="SHA-256 of the file as it was received.")
    source = fields.Selection(
        [("company", "Own Staff"), ("customer", "Customer"), ("email", "E-mail")], required=True, readonly=True
    )
    user_id = fields.Many2one("res.users", "Added By", required=True, readonly=True, ondelete="restrict")
    date = fields.Datetime("Added On", required=True, readonly=True)

    @api.depends("mimetype")
    def _compute_is_picture(self):
        for evidence in self:
            evidence.is_picture = evidence.mimetype in PICTURES

    @api.model_create_multi
    def create(self, vals_list):
        """Add evidence to complaints that the current user may read and that are not ended.

        :raises AccessError: for values that the server fills in
        :raises UserError: for a file that is empty, or larger than the company allows
        """
        if not self.env.su:
            if any(set(vals) - GIVEN for vals in vals_list):
                raise AccessError(
                    self.env._("Who added it, when, and what sort of file it is, is recorded by the server.")
                )
            complaints = self.env["sales.complaint"].browse([vals.get("complaint_id") for vals in vals_list])
            complaints.check_access("write")
            vals_list = self._stamped(vals_list, "company")
        return super().create(vals_list)

    @api.model
    def _add(self, vals_list, source):
        """Add evidence to complaints. Who may do that is for the caller to check.

        :param list vals_list: dicts with ``complaint_id``, ``name``, ``file`` (base64) and maybe ``note``
        :param str source: company, customer or email
        :return: sales.complaint.evidence
        """
        return self.sudo().create(self._stamped(vals_list, source)).sudo(self.env.su)

    @api.model
    def _stamped(self, vals_list, source):
        """Return the values of evidence with what the server records; see ``_add``."""
        complaints = self.env["sales.complaint"].sudo().browse([vals.get("complaint_id") for vals in vals_list])
        for complaint in complaints:
            if complaint.state in ("closed", "withdrawn"):
                raise UserError(
                    self.env._("%(complaint)s is ended. Open it again to add to it.", complaint=complaint.name)
                )
        now, stamped = fields.Datetime.now(), []
        for complaint, vals in zip(complaints, vals_list):
            content = self._content(vals.get("file"))
            limit = complaint.company_id.sales_complaint_file_mb
            if limit and len(content) > limit * 1024 * 1024:
                raise UserError(self.env._("%(file)s is larger than %(limit)s MB.", file=vals.get("name"), limit=limit))
            stamped.append(
                {
                    **{name: value for name, value in vals.items() if name in GIVEN},
                    "mimetype": guess_mimetype(content),
                    "checksum": hashlib.sha256(content).hexdigest(),
                    "source": source,
                    "user_id": self.env.uid,
                    "date": now,
                }
            )
        return stamped

    @api.model
    def _content(self, file):
        try:
            content = base64.b64decode(file or b"", validate=False)
        except (binascii.Error, ValueError):
            content = b""
        if not content:
            raise UserError(self.env._("The file is empty. Please choose it again."))
        return content
