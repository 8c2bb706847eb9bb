# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

import io
import os
import stat
import tempfile
import tracemalloc
from pathlib import Path

from odoo.tests import BaseCase
from odoo.tools import config

from ..cipher import (
    CHUNK,
    HEADER,
    OPTION,
    TAG_SIZE,
    CipherError,
    KeyFileError,
    KeyRing,
    SealedReader,
    UnknownKeyError,
    new_identity,
    new_key,
    seal,
    sealed_size,
)

SMALL = 64


class KeyFile:
    """A file of master keys for the time of a test."""

    @classmethod
    def use(cls, test, keys=1):
        """Let the server use a new file of keys.

        :return: Path
        """
        folder = tempfile.TemporaryDirectory()
        test.addCleanup(folder.cleanup)
        path = Path(folder.name) / "keys"
        for _number in range(keys):
            KeyRing.add_new(path)
        test.addCleanup(config.options.pop, OPTION, None)
        config[OPTION] = str(path)
        return path


class TestCipher(BaseCase):
    def setUp(self):
        super().setUp()
        self.key, self.identity = new_key(), new_identity()

    def sealed(self, content, chunk=SMALL):
        return b"".join(seal(io.BytesIO(content), len(content), self.key, self.identity, chunk))

    def opened(self, data, key=None, identity=None):
        with SealedReader(io.BytesIO(data), key or self.key, identity or self.identity) as reader:
            return reader.read()

    def test_content_of_any_length_comes_back_byte_for_byte(self):
        for length in (0, 1, SMALL - 1, SMALL, SMALL + 1, 5 * SMALL, 1000):
            content = os.urandom(length)
            data = self.sealed(content)
            self.assertEqual(self.opened(data), content)
            self.assertEqual(len(data), sealed_size(length, SMALL))
            self.assertFalse(length > SMALL and content[:16] in data)

    def test_every_changed_byte_is_noticed(self):
        data = self.sealed(os.urandom(3 * SMALL + 5))
        for position in range(len(data)):
            broken = bytearray(data)
            broken[position] ^= 1
            with self.assertRaises(CipherError, msg=f"byte {position}"):
                self.opened(bytes(broken))

    def test_every_truncation_and_addition_is_noticed(self):
        data = self.sealed(os.urandom(3 * SMALL))
        for length in range(len(data)):
            with self.assertRaises(CipherError, msg=f"{length} bytes left"):
                self.opened(data[:length])
        for more in (b"\0", data[HEADER.size :], data):
            with self.assertRaises(CipherError):
                self.opened(data + more)

    def test_file_that_was_emptied_is_noticed(self):
        header = HEADER.pack(b"SECRET\x00\x01", bytes.fromhex(self.identity), SMALL, 0)
        tag = self.sealed(b"")[HEADER.size :]
        self.assertEqual(self.opened(header + tag), b"")
        for forged in (header + bytes(TAG_SIZE), header + self.sealed(b"secret")[-TAG_SIZE:]):
            with self.assertRaises(CipherError):
                self.opened(forged)

    def test_pieces_that_changed_places_are_noticed(self):
        data, size = self.sealed(os.urandom(4 * SMALL)), SMALL + TAG_SIZE
        pieces = [data[HEADER.size + number * size :][:size] for number in range(4)]
        for order in ((1, 0, 2, 3), (0, 1, 3, 2), (0, 0, 2, 3), (3, 2, 1, 0)):
            with self.assertRaises(CipherError):
                self.opened(data[: HEADER.size] + b"".join(pieces[number] for number in order))

    def test_a_piece_of_another_file_under_the_same_key_is_noticed(self):
        other = new_identity()
        mine, theirs = (
            self.sealed(b"a" * SMALL),
            b"".join(seal(io.BytesIO(b"b" * SMALL), SMALL, self.key, other, SMALL)),
        )
        with self.assertRaises(CipherError):
            self.opened(mine[: HEADER.size] + theirs[HEADER.size :])
        with self.assertRaises(CipherError):
            self.opened(theirs)

    def test_a_wrong_key_opens_nothing(self):
        with self.assertRaises(CipherError):
            self.opened(self.sealed(b"secret"), key=new_key())

    def test_any_part_can_be_read(self):
        content = os.urandom(10 * SMALL + 3)
        reader = io.BufferedReader(SealedReader(io.BytesIO(self.sealed(content)), self.key, self.identity), SMALL)
        for start, length in ((0, 10), (SMALL - 3, 6), (5 * SMALL, SMALL), (10 * SMALL, 50), (len(content), 5)):
            reader.seek(start)
            self.assertEqual(reader.read(length), content[start : start + length])

    def test_reading_takes_little_memory_however_long_the_file_is(self):
        content = os.urandom(CHUNK) * 64
        with tempfile.TemporaryFile() as file:
            file.writelines(seal(io.BytesIO(content), len(content), self.key, self.identity))
            length = len(content)
            del content
            tracemalloc.start()
            self.addCleanup(tracemalloc.stop)
            file.seek(0)
            reader, total = SealedReader(file, self.key, self.identity).verify(), 0
            buffer = bytearray(CHUNK)
            while count := reader.readinto(buffer):
                total += count
            _now, peak = tracemalloc.get_traced_memory()
        self.assertEqual(total, length)
        self.assertLess(peak, 6 * CHUNK)


class TestKeyRing(BaseCase):
    def test_a_key_of_a_file_unwraps_for_that_file_only(self):
        KeyFile.use(self)
        ring, key, identity = KeyRing.load(), new_key(), new_identity()
        name, wrapped = ring.wrap(key, identity)
        self.assertEqual(ring.unwrap(name, wrapped, identity), key)
        with self.assertRaises(CipherError):
            ring.unwrap(name, wrapped, new_identity())
        with self.assertRaises(CipherError):
            ring.unwrap(name, wrapped[:-4] + "AAAA", identity)

    def test_a_new_key_wraps_and_the_former_one_still_unwraps(self):
        path = KeyFile.use(self)
        former, key, identity = KeyRing.load(), new_key(), new_identity()
        name, wrapped = former.wrap(key, identity)
        self.assertEqual(KeyRing.add_new(path), KeyRing.load().current)
        self.assertNotEqual(KeyRing.load().current, name)
        self.assertEqual(KeyRing.load().unwrap(name, wrapped, identity), key)
        path.write_text(path.read_text().splitlines()[0])
        with self.assertRaises(UnknownKeyError):
            KeyRing.load().unwrap(name, wrapped, identity)

    def test_only_its_owner_reads_the_file_of_keys(self):
        self.assertEqual(stat.S_IMODE(KeyFile.use(self).stat().st_mode), 0o600)

    def test_what_is_no_file_of_keys_is_refused(self):
        path = KeyFile.use(self)
        for content, reason in (("# nothing\n\n", "empty"), ("no key", "malformed"), ("c2hvcnQ=", "malformed")):
            path.write_text(content)
            with self.assertRaises(KeyFileError) as refusal:
                KeyRing.load()
            self.assertEqual(refusal.exception.args, (reason,))
        path.unlink()
        with self.assertRaisesRegex(KeyFileError, "unreadable"):
            KeyRing.load()
        config[OPTION] = False
        with self.assertRaisesRegex(KeyFileError, "unset"):
            KeyRing.load()
