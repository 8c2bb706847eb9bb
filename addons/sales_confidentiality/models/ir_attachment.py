# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

import base64
import io

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ..shield.guard import ranks_of
from .sales_confidentiality_clearance import OFFICER

CLASS = ("confidentiality_category_id", "confidentiality_level_id")
# How a file could be reached without its content being opened here.
BACK_DOORS = ("public", "url", "type", "res_field", "db_datas")
# Narrows only: whoever sets it finds less.
OPEN_ONLY = "confidentiality_open_only"


class IrAttachment(models.Model):
    """Secret files (CON-5): who may see them. How they are encrypted stands in ``ir_attachment_secret.py``.

    The user is asked, not the environment: somebody who is not cleared does not become so where the server works
    with all rights in their name, and nothing is opened in the name of the server itself.
    """

    _inherit = "ir.attachment"

    confidentiality_category_id = fields.Many2one(
        "sales.confidentiality.category", "Confidential Category", ondelete="restrict", index="btree_not_null"
    )
    confidentiality_level_id = fields.Many2one(
        "sales.confidentiality.level",
        "Confidentiality",
        ondelete="restrict",
        index="btree_not_null",
        help="The file is stored encrypted, and only people cleared for this category and level can open it.",
    )
    confidentiality_key = fields.Char(copy=False, groups=fields.NO_ACCESS, prefetch=False)
    confidentiality_key_name = fields.Char(copy=False, groups=fields.NO_ACCESS, prefetch=False, index="btree_not_null")

    _confidentiality_class_whole = models.Constraint(
        "CHECK ((confidentiality_category_id IS NULL) = (confidentiality_level_id IS NULL))",
        "A secret file needs both, a category and a level.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Create attachments; those with a category and a level are encrypted before they are stored."""
        contents, stripped = {}, []
        for number, vals in enumerate(vals_list):
            vals = {**dict.fromkeys(CLASS, False), **vals}
            if any(vals[name] for name in CLASS):
                vals, contents[number] = self._confidentiality_take_content(vals)
            stripped.append(vals)
        attachments = super().create(stripped)
        secret = attachments.browse([attachments[number].id for number in contents])
        secret._confidentiality_check_class()
        for attachment, content in zip(secret, contents.values(), strict=True):
            attachment._confidentiality_seal(io.BytesIO(content), len(content))
        return attachments

    def write(self, vals):
        """Change attachments. A category and a level make them secret; without them they are secret no more.

        :raises AccessError: for people who are not cleared, and for lifting or lowering without being an officer
        :raises UserError: where a secret file would become reachable some other way
        """
        if vals.keys() & set(CLASS):
            self.check_access("write")
            self._confidentiality_classify({name: vals[name] for name in CLASS if name in vals})
            vals = {name: value for name, value in vals.items() if name not in CLASS}
        if secret := self._confidentiality_secret():
            self.check_access("write")
            secret._confidentiality_check_closed(vals)
            if "thumbnail" in vals:
                super(IrAttachment, self - secret).write({"thumbnail": vals["thumbnail"]})
                vals = {name: value for name, value in vals.items() if name != "thumbnail"}
        return super().write(vals) if vals else True

    @api.depends("confidentiality_level_id")
    @api.depends_context("uid")
    def _compute_display_name(self):
        # Where somebody may read a record that a file belongs to, the host shows the name of the file as superuser.
        hidden = self._confidentiality_secret()
        hidden -= hidden._confidentiality_open()
        hidden.display_name = self.env._("Secret file")
        return super(IrAttachment, self - hidden)._compute_display_name()

    def copy_data(self, default=None):
        # Two names for the same content; the copy becomes as secret as the original.
        default = {name: value for name, value in (default or {}).items() if name not in CLASS}
        return super().copy_data(default)

    def _check_access(self, operation):
        if self.env.su or not self:
            return super()._check_access(operation)
        # All that this and the check of the host need, in one query.
        self.sudo().fetch(["res_model", "res_id", "create_uid", "public", "res_field", *CLASS])
        result = super()._check_access(operation)
        closed = self._confidentiality_secret() - self._confidentiality_open()
        if not closed:
            return result
        closed.invalidate_recordset(CLASS)
        forbidden, error = result or (self.browse(), None)
        return forbidden | closed, error or closed._confidentiality_refusal

    @api.model
    def _search(self, domain, offset=0, limit=None, order=None, *, active_test=True, bypass_access=False):
        # Whoever may read a message may read that it has files, and the host looks for them without asking further.
        if not self.env.su or self.env.context.get(OPEN_ONLY):
            domain = Domain(domain) & self._confidentiality_domain()
        return super()._search(domain, offset, limit, order, active_test=active_test, bypass_access=bypass_access)

    def action_confidentiality_download(self):
        """Download one secret file.

        :raises AccessError: for people who are not cleared
        """
        self.ensure_one()
        self.check_access("read")
        return {"type": "ir.actions.act_url", "url": f"/web/content/{self.id}?download=1", "target": "download"}

    @api.model
    def _confidentiality_ranks(self):
        """Return up to which rank the current user is cleared now in each category; the server itself is not.

        :return: dict of category id to int
        """
        if not self.env.uid or self.env.uid == SUPERUSER_ID:
            return {}
        return ranks_of(self.env)

    @api.model
    def _confidentiality_domain(self):
        """Return what finds all files but the secret ones that the current user may not open."""
        domain = Domain("confidentiality_level_id", "=", False)
        if ranks := self._confidentiality_ranks():
            levels = self.env["sales.confidentiality.level"].sudo().search(Domain.TRUE)
            for category, rank in ranks.items():
                below = levels.filtered(lambda level, rank=rank: level.sequence <= rank)
                domain |= Domain(CLASS[0], "=", category) & Domain(CLASS[1], "in", below.ids)
        return domain

    def _confidentiality_secret(self):
        """Return those of these files that are stored as secret, whatever a form that is being edited says."""
        return self.filtered(lambda file: file._origin.sudo().confidentiality_level_id)

    def _confidentiality_open(self):
        """Return those of these secret files that the current user is cleared for now."""
        ranks = self._confidentiality_ranks()

        def is_cleared(file):
            origin = file._origin.sudo()
            return ranks.get(origin.confidentiality_category_id.id, -1) >= origin.confidentiality_level_id.sequence

        return self.filtered(is_cleared)

    def _confidentiality_refusal(self):
        # Neither the name nor the subject of a file: both may be what is secret.
        return AccessError(
            self.env._("This file is secret, and you are not cleared for it. Please ask a confidentiality officer.")
        )

    def _confidentiality_check_class(self):
        """Refuse to make something secret that cannot be, or that the current user could not open any more."""
        for attachment in self.sudo():
            if attachment.res_field or attachment.type != "binary" or attachment.url or attachment.public:
                raise UserError(
                    self.env._(
                        "%(name)s cannot be secret: only a file that is attached to a record, and not public, can.",
                        name=attachment.name,
                    )
                )
        if not self.env.su and self - self._confidentiality_open():
            raise AccessError(
                self.env._(
                    "You are not cleared for this category and level yourself, so you could not open the file any "
                    "more. Please ask a confidentiality officer."
                )
            )

    def _confidentiality_check_closed(self, vals):
        """Refuse to open a way to secret files that leads past their encryption."""
        if any(vals.get(name) and (name, vals[name]) != ("type", "binary") for name in BACK_DOORS):
            raise UserError(
                self.env._("A secret file cannot be published, linked or moved out. Lift its secrecy first.")
            )

    def _confidentiality_classify(self, vals):
        """Make files secret, more or less secret, or secret no more.

        :param dict vals: new values of ``CLASS``
        """
        secret = self._confidentiality_secret()
        former = {file: (file.confidentiality_category_id, file.confidentiality_level_id) for file in secret.sudo()}
        becomes_secret = bool(vals.get(CLASS[1], True) and vals.get(CLASS[0], True))
        contents = {}
        if not becomes_secret:
            # Whoever lifts secrecy opens the files first, while they are cleared for them.
            contents = {file: file._confidentiality_content() for file in secret}
            vals = dict.fromkeys(CLASS, False)
        super().write(vals)  # pylint: disable=super-method-mismatch
        if not self.env.su and not self.env.user.has_group(OFFICER):
            for file, (category, level) in former.items():
                now = file.confidentiality_level_id
                if file.confidentiality_category_id != category or now.sequence < level.sequence:
                    raise AccessError(
                        self.env._("Only a confidentiality officer makes a file less secret, or no secret any more.")
                    )
        if not becomes_secret:
            for attachment, content in contents.items():
                attachment._confidentiality_lift(content)
            return
        self._confidentiality_check_class()
        for attachment in self - secret:
            with attachment._confidentiality_plain() as (file, length):
                attachment._confidentiality_seal(file, length)

    @api.model
    def _confidentiality_take_content(self, vals):
        """Return the values of a new secret file without its content, and the content.

        :return: tuple of dict and bytes
        """
        if not all(vals[name] for name in CLASS):
            raise UserError(self.env._("A secret file needs both, a category and a level."))
        self._confidentiality_check_closed(vals)
        content = vals.get("raw") or base64.b64decode(vals.get("datas") or b"")
        vals = {**vals, "mimetype": self._compute_mimetype(vals)}
        vals = {name: value for name, value in vals.items() if name not in ("raw", "datas", "db_datas", "thumbnail")}
        return vals, content.encode() if isinstance(content, str) else content
