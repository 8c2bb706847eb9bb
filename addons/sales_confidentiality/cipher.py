# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""How secret files are encrypted (CON-5). Knows nothing of records, users and rights.

A file is a header and chunks. Each file has a key of its own that encrypts this one content and never another one,
so that the number of a chunk can be its nonce. The header (identity of the file, length of a chunk, length of the
content) is authenticated with every chunk: a chunk that was changed, moved, left out, added or taken from
another file does not open. Only one chunk is in memory at a time.

The key of a file is kept in the database, wrapped by a master key. Master keys stand in a file that the server's
configuration names, one a line; the first one wraps, the others still unwrap what they wrapped before.
"""

import base64
import binascii
import hashlib
import io
import os
import secrets
import struct

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from odoo.tools import config

OPTION = "sales_confidentiality_key_file"
MAGIC = b"SECRET\x00\x01"
HEADER = struct.Struct(">8s20sIQ")
CHUNK = 256 * 1024
KEY_SIZE = 32
NONCE_SIZE = 12
TAG_SIZE = 16


class CipherError(Exception):
    """The content is not what was encrypted, or not with this key."""


class KeyFileError(Exception):
    """The file of master keys cannot be used; ``args[0]`` is ``unset``, ``unreadable``, ``malformed`` or ``empty``."""


class UnknownKeyError(Exception):
    """What has to be opened was wrapped by a master key that the file of keys does not hold."""


def new_key():
    """Return a new random key."""
    return secrets.token_bytes(KEY_SIZE)


def new_identity():
    """Return a new random identity of a file: 40 hexadecimal digits, as long as the checksum that it replaces."""
    return secrets.token_hex(20)


def sealed_size(length, chunk=CHUNK):
    """Return how many bytes a content of some length takes when it is encrypted."""
    return HEADER.size + length + TAG_SIZE * _chunks(length, chunk)


def seal(file, length, key, identity, chunk=CHUNK):
    """Encrypt a content, piece by piece.

    :param file: binary file of what has to be secret
    :param int length: how long that is
    :param bytes key: a new key, used for nothing else
    :param str identity: see ``new_identity``
    :return: iterator of bytes
    :raises CipherError: where the file ends early
    """
    header = HEADER.pack(MAGIC, bytes.fromhex(identity), chunk, length)
    yield header
    cipher = AESGCM(key)
    for number in range(_chunks(length, chunk)):
        piece = file.read(min(chunk, length - number * chunk))
        if len(piece) != min(chunk, length - number * chunk):
            raise CipherError
        yield cipher.encrypt(_nonce(number), piece, header)


def _chunks(length, chunk):
    return max(1, -(-length // chunk))


def _nonce(number):
    return number.to_bytes(NONCE_SIZE, "big")


class SealedReader(io.RawIOBase):
    """An encrypted file as a file of its plain content. What does not open raises; it is never returned.

    :param file: binary file, seekable
    :param bytes key: the key of the file
    :param str identity: which file this must be
    :raises CipherError: where it is another file, or is not as long as it should be
    """

    def __init__(self, file, key, identity):
        super().__init__()
        self._file, self._cipher = file, AESGCM(key)
        self._header = file.read(HEADER.size)
        if len(self._header) != HEADER.size:
            raise CipherError
        magic, found, self._chunk, self.length = HEADER.unpack(self._header)
        if magic != MAGIC or found.hex() != identity or not self._chunk:
            raise CipherError
        if file.seek(0, io.SEEK_END) != sealed_size(self.length, self._chunk):
            raise CipherError
        self._position, self._number, self._plain = 0, None, b""
        # Proves the header: of an empty file nothing else would ever be read.
        self._open(0)

    def readable(self):
        return True

    def seekable(self):
        return True

    def tell(self):
        return self._position

    def seek(self, offset, whence=io.SEEK_SET):
        self._position = offset + {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self.length}[whence]
        return self._position

    def readinto(self, buffer):
        if self._position >= self.length:
            return 0
        number, start = divmod(self._position, self._chunk)
        piece = memoryview(self._open(number))[start : start + len(buffer)]
        buffer[: len(piece)] = piece
        self._position += len(piece)
        return len(piece)

    def readall(self):
        # A list of pieces would be there a second time while they are joined.
        content = io.BytesIO()
        while self._position < self.length:
            number, start = divmod(self._position, self._chunk)
            self._position += content.write(memoryview(self._open(number))[start:])
        return content.getvalue()

    def close(self):
        self._file.close()
        return super().close()

    def verify(self):
        """Open every chunk once.

        :raises CipherError: where one does not open
        """
        for number in range(_chunks(self.length, self._chunk)):
            self._open(number)
        return self

    def _open(self, number):
        if number != self._number:
            self._file.seek(HEADER.size + number * (self._chunk + TAG_SIZE))
            try:
                plain = self._cipher.decrypt(_nonce(number), self._file.read(self._chunk + TAG_SIZE), self._header)
            except InvalidTag as error:
                raise CipherError from error
            self._number, self._plain = number, plain
        return self._plain


class KeyRing:
    """The master keys of this server.

    :param list keys: bytes; the first one wraps
    """

    def __init__(self, keys):
        self._keys = {self.name(key): key for key in keys}
        self.current = next(iter(self._keys))

    @classmethod
    def load(cls):
        """Read the file that the server's configuration names.

        :raises KeyFileError: where there is none, or it holds anything else than keys
        """
        path = config.get(OPTION)
        if not path:
            raise KeyFileError("unset")
        try:
            with open(path, encoding="ascii") as file:
                lines = [line.strip() for line in file]
            keys = [base64.b64decode(line, validate=True) for line in lines if line and not line.startswith("#")]
        except OSError as error:
            raise KeyFileError("unreadable") from error
        except (ValueError, binascii.Error) as error:
            raise KeyFileError("malformed") from error
        if any(len(key) != KEY_SIZE for key in keys):
            raise KeyFileError("malformed")
        if not keys:
            raise KeyFileError("empty")
        return cls(keys)

    @staticmethod
    def name(key):
        """Return what a key is called: it says nothing about the key."""
        return hashlib.sha256(b"sales_confidentiality master key" + key).hexdigest()[:16]

    @staticmethod
    def add_new(path):
        """Put a new key first in a file of keys, which is made where there is none; readable by its owner only.

        :return: str, what the key is called
        """
        try:
            with open(path, encoding="ascii") as file:
                former = file.read()
        except FileNotFoundError:
            former = ""
        key = new_key()
        # Whole or not at all: a file of keys that was half written would be the end of what they opened.
        draft = f"{path}.new"
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as file:
            file.write(f"{base64.b64encode(key).decode()}\n{former}")
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, path)
        return KeyRing.name(key)

    def __contains__(self, name):
        return name in self._keys

    def wrap(self, key, identity):
        """Encrypt the key of a file with the current master key.

        :return: tuple of the name of the master key and str
        """
        nonce = secrets.token_bytes(NONCE_SIZE)
        wrapped = AESGCM(self._keys[self.current]).encrypt(nonce, key, identity.encode())
        return self.current, base64.b64encode(nonce + wrapped).decode()

    def unwrap(self, name, wrapped, identity):
        """Return the key of a file.

        :raises UnknownKeyError: where the master key is not there any more
        :raises CipherError: where this is not the key of that file
        """
        if name not in self._keys:
            raise UnknownKeyError(name)
        try:
            data = base64.b64decode(wrapped or "", validate=True)
            return AESGCM(self._keys[name]).decrypt(data[:NONCE_SIZE], data[NONCE_SIZE:], (identity or "").encode())
        except (InvalidTag, ValueError) as error:
            raise CipherError from error
