# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

import base64
import io
import os
from contextlib import contextmanager

from odoo import api, models
from odoo.addons.base.models.ir_attachment import IrAttachment as HostAttachment
from odoo.addons.mail.tools.discuss import Store
from odoo.exceptions import UserError
from odoo.tools import SQL, human_size

from ..cipher import (
    CHUNK,
    OPTION,
    CipherError,
    KeyFileError,
    KeyRing,
    SealedReader,
    UnknownKeyError,
    new_identity,
    new_key,
    seal,
)
from ..stream import SecretStream
from .ir_attachment import CLASS

# Narrows only: whoever sets it gets less.
LEFT_OUT = "confidentiality_left_out"
# What a client is told of an attachment that says something of its content, or opens it.
TELLING = (
    "name",
    "checksum",
    "has_thumbnail",
    "raw_access_token",
    "thumbnail_access_token",
    "res_name",
    "url",
)


class IrAttachment(models.Model):
    """Secret files (CON-5): stored encrypted, in the file store or in the database, and opened for cleared people."""

    _inherit = "ir.attachment"

    @api.depends("confidentiality_key")
    @api.depends_context("uid", LEFT_OUT)
    def _compute_raw(self):
        secret = self._confidentiality_secret()
        for attachment in secret:
            attachment.raw = False if self.env.context.get(LEFT_OUT) else attachment._confidentiality_content()
        return super(IrAttachment, self - secret)._compute_raw()

    @api.depends_context("uid", LEFT_OUT)
    def _compute_datas(self):
        secret = self._confidentiality_secret()
        for attachment in secret:
            if self.env.context.get("bin_size"):
                attachment.datas = human_size(attachment.sudo().file_size)
            else:
                attachment.datas = attachment.raw and base64.b64encode(attachment.raw)
        return super(IrAttachment, self - secret)._compute_datas()

    def _set_attachment_data(self, asbytes):
        secret = self._confidentiality_secret()
        for attachment in secret:
            content = asbytes(attachment)
            attachment._confidentiality_seal(io.BytesIO(content), len(content))
        return super(IrAttachment, self - secret)._set_attachment_data(asbytes)

    def _migrate(self):
        """Move files between file store and database. Secret ones move as they are: nothing is decrypted."""
        secret = self._confidentiality_secret()
        for attachment in secret:
            with attachment._confidentiality_file() as file:
                attachment._confidentiality_store({}, attachment.checksum, iter(lambda: file.read(CHUNK), b""))
        return super(IrAttachment, self - secret)._migrate()

    def _to_http_stream(self):
        self.ensure_one()
        if not self._confidentiality_secret():
            return super()._to_http_stream()
        # Before the first byte leaves: a file that was tampered with is an error, not half a file.
        reader = self._confidentiality_verify(self._confidentiality_reader())
        return SecretStream(reader, mimetype=self.sudo().mimetype, download_name=self.sudo().name)

    def _to_store_defaults(self, target):
        """Tell people who may not open a secret file no more than that there is one."""
        fields = super()._to_store_defaults(target)
        hidden = self._confidentiality_secret()
        if target.is_current_user(self.env):
            hidden -= hidden._confidentiality_open()
        if not hidden:
            return fields
        values = {**dict.fromkeys(TELLING, False), "name": self.env._("Secret file")}

        def discreet(field):
            attribute = field if isinstance(field, Store.Attr) else Store.Attr(field)
            name = attribute.field_name
            if name not in values:
                return field
            return Store.Attr(name, lambda file: values[name] if file in hidden else attribute._get_value(file))

        return [discreet(field) for field in fields]

    def _confidentiality_content(self):
        """Return the plain content of one secret file.

        :raises AccessError: where the current user is not cleared
        :raises UserError: where it cannot be opened now
        """
        with self._confidentiality_reader() as reader:
            try:
                return reader.read()
            except CipherError as error:
                raise self._confidentiality_damaged() from error

    def _confidentiality_verify(self, reader):
        """Return the plain content of one secret file after every piece of it was opened once.

        :raises UserError: where one does not open
        """
        try:
            return reader.verify()
        except CipherError as error:
            raise self._confidentiality_damaged() from error

    def _confidentiality_reader(self):
        """Return one secret file as a file of its plain content. There is no other way to it.

        :raises AccessError: where the current user is not cleared
        :raises UserError: where the key is missing, or the file is not what was stored
        """
        self.ensure_one()
        if not self._confidentiality_open():
            raise self._confidentiality_refusal()
        reader = self._confidentiality_unsealed()
        self.env["sales.confidentiality.access"]._note("read", self._name, ["raw"], self.ids)
        return reader

    def _confidentiality_unsealed(self):
        attachment = self.sudo()
        ring = self._confidentiality_ring()
        try:
            key = ring.unwrap(attachment.confidentiality_key_name, attachment.confidentiality_key, attachment.checksum)
            file = attachment._confidentiality_file()
            try:
                return SealedReader(file, key, attachment.checksum)
            except CipherError:
                file.close()
                raise
        except UnknownKeyError as error:
            raise UserError(
                self.env._(
                    "This file was encrypted with the key %(key)s, which is not in the server's file of keys. "
                    "Nothing is lost: it opens again as soon as the system administrator puts the key back.",
                    key=attachment.confidentiality_key_name or "?",
                )
            ) from error
        except CipherError as error:
            raise self._confidentiality_damaged() from error

    def _confidentiality_damaged(self):
        return UserError(
            self.env._(
                "The stored file %(id)s is not what was encrypted: it is damaged, or somebody has changed it. "
                "It is not opened. Ask the system administrator to restore it from a backup.",
                id=self.id,
            )
        )

    def _confidentiality_file(self):
        """Return the encrypted content of one file as a binary file."""
        attachment = self.sudo()
        if not attachment.store_fname:
            return io.BytesIO(attachment.with_context(bin_size=False).db_datas or b"")
        try:
            return open(self._full_path(attachment.store_fname), "rb")
        except OSError as error:
            raise self._confidentiality_damaged() from error

    @api.model
    def _confidentiality_ring(self):
        """Return the master keys of this server.

        :raises UserError: without any, telling what to do
        """
        try:
            return KeyRing.load()
        except KeyFileError as error:
            reasons = {
                "unset": self.env._("The server's configuration has no option %(option)s.", option=OPTION),
                "unreadable": self.env._("The server cannot read the file that %(option)s names.", option=OPTION),
                "malformed": self.env._(
                    "The file that %(option)s names holds something else than keys.", option=OPTION
                ),
                "empty": self.env._("The file that %(option)s names holds no key.", option=OPTION),
            }
            raise UserError(
                self.env._(
                    "Secret files can neither be stored nor opened now. %(reason)s What is stored is not lost. "
                    "Please tell the system administrator.",
                    reason=reasons[error.args[0]],
                )
            ) from error

    @contextmanager
    def _confidentiality_plain(self):
        """Give the content of one file that is stored plainly, as a binary file, and its length.

        :raises UserError: where the file is not there: an empty secret file would take its place
        """
        missing = UserError(self.env._("The content of %(name)s is missing in the file store.", name=self.name))
        attachment = self.sudo()
        try:
            file = attachment._confidentiality_file()
        except UserError as error:
            raise missing from error
        with file:
            length = file.seek(0, io.SEEK_END)
            file.seek(0)
            if length != attachment.file_size:
                raise missing
            yield file, length

    def _confidentiality_seal(self, file, length):
        """Encrypt a content with a new key and store it as that of one file, piece by piece.

        :param file: binary file of what this file holds from now on
        :param int length: how long that is
        """
        self.ensure_one()
        ring = self._confidentiality_ring()
        key, identity = new_key(), new_identity()
        name, wrapped = ring.wrap(key, identity)
        vals = {
            "file_size": length,
            # The host shows it to everybody, compares files by it and names them after it. Of a secret content
            # it must tell nothing, not even that two files are the same.
            "checksum": identity,
            "index_content": False,
            "access_token": False,
            "confidentiality_key": wrapped,
            "confidentiality_key_name": name,
        }
        self._confidentiality_store(vals, identity, seal(file, length, key, identity))
        # sudo: a picture of the content that was made before it became secret
        self.sudo().search(
            [("res_model", "=", self._name), ("res_field", "=", "thumbnail"), ("res_id", "=", self.id)]
        ).unlink()
        self.invalidate_recordset(["thumbnail", "has_thumbnail"])

    def _confidentiality_lift(self, content):
        """Store the content of one file plainly again: it is secret no more."""
        self._confidentiality_write(dict.fromkeys((*CLASS, "confidentiality_key", "confidentiality_key_name"), False))
        HostAttachment._set_attachment_data(self, lambda _attachment: content)

    def _confidentiality_store(self, vals, identity, pieces):
        """Store an encrypted content and what belongs to it.

        :param dict vals: values to write
        :param str identity: the name of the file in the file store
        :param pieces: iterable of bytes
        """
        former = self.sudo().store_fname
        name = False if self._storage() == "db" else f"{identity[:2]}/{identity}"
        if not name:
            self._confidentiality_write({**vals, "store_fname": False, "db_datas": b"".join(pieces)})
        else:
            self._confidentiality_write({**vals, "store_fname": name, "db_datas": False})
            # The row comes first, so that nobody collects the file as garbage before this transaction ends.
            self.flush_recordset(["checksum", "store_fname"])
            if name != former:
                self._mark_for_gc(name)
                path = self._full_path(name)
                os.makedirs(os.path.dirname(path), exist_ok=True)
                with open(path, "wb") as file:
                    file.writelines(pieces)
        if former and former != name:
            self._file_delete(former)
            self._confidentiality_forget(former)

    def _confidentiality_write(self, vals):
        # The host keeps these fields from everybody and writes them this way itself.
        return super(HostAttachment, self.sudo()).write(vals)  # pylint: disable=super-method-mismatch

    @api.model
    def _confidentiality_rewrap(self, after=0, limit=1000):
        """Wrap keys of files with the current master key. Files stay as they are. Can stop and go on at any time.

        :param int after: id of the last file that was looked at
        :param int limit: how many at most
        :return: tuple of the ids that were looked at, and of those that were left because they do not unwrap
        :raises UserError: without master keys
        """
        ring = self._confidentiality_ring()
        self.flush_model(["confidentiality_key_name", "confidentiality_key", "checksum"])
        rows = self.env.execute_query(
            SQL(
                "SELECT id, confidentiality_key_name, confidentiality_key, checksum FROM ir_attachment "
                "WHERE confidentiality_key_name != %s AND id > %s ORDER BY id LIMIT %s FOR UPDATE",
                ring.current,
                after,
                limit,
            )
        )
        left = []
        for file_id, name, wrapped, identity in rows:
            try:
                values = ring.wrap(ring.unwrap(name, wrapped, identity), identity)
            except (CipherError, UnknownKeyError):
                left.append(file_id)
                continue
            self.env.cr.execute(
                SQL(
                    "UPDATE ir_attachment SET confidentiality_key_name = %s, confidentiality_key = %s WHERE id = %s",
                    *values,
                    file_id,
                )
            )
        self.invalidate_model(["confidentiality_key", "confidentiality_key_name"])
        return [row[0] for row in rows], left

    @api.model
    def _confidentiality_key_counts(self):
        """Return how many files each master key opens.

        :return: dict of str to int
        """
        groups = self.sudo()._read_group(
            [("confidentiality_key_name", "!=", False), ("id", "!=", False)], ["confidentiality_key_name"], ["__count"]
        )
        return dict(groups)
