# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

import base64
import os
import tracemalloc

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import config

from ..cipher import CHUNK, OPTION, KeyRing
from .people import WORDS, SecretFileCommon
from .test_cipher import KeyFile


@tagged("post_install", "-at_install")
class TestSecretFile(SecretFileCommon):
    def test_secret_file_is_stored_encrypted_and_comes_back_byte_for_byte(self):
        self.assertNotIn(b"lathe", self.stored(self.file))
        self.assertEqual(self.opened(self.file), WORDS)
        self.assertEqual(self.file.file_size, len(WORDS))
        self.assertEqual(base64.b64decode(self.file.datas), WORDS)

    def test_nothing_beside_the_content_tells_what_is_in_it(self):
        twin = self.secret_file()
        plain = self.env["ir.attachment"].create({"name": "Lathe.txt", "raw": WORDS})
        self.assertTrue(plain.index_content)
        self.assertFalse(self.file.sudo().index_content)
        checksums = [file.sudo().checksum for file in (self.file, twin, plain)]
        self.assertEqual(len(set(checksums)), 3)
        self.assertNotEqual(self.stored(self.file), self.stored(twin))

    def test_same_content_elsewhere_is_neither_shared_nor_lost(self):
        plain = self.env["ir.attachment"].create({"name": "Lathe.txt", "raw": WORDS})
        twin = self.secret_file()
        [found] = self.env["ir.attachment"].create_unique(
            [{"name": "x", "datas": base64.b64encode(WORDS), "mimetype": "text/plain"}]
        )
        self.assertEqual(found, plain.id)
        twin.unlink()
        plain.unlink()
        self.env["ir.attachment"]._gc_file_store_unsafe()
        self.assertEqual(self.opened(self.file), WORDS)

    def test_file_that_becomes_secret_leaves_nothing_plain_behind(self):
        file = self.env["ir.attachment"].create(
            {"name": "Lathe.txt", "raw": WORDS, "res_model": "res.partner", "res_id": self.customer.id}
        )
        file.thumbnail = base64.b64encode(b"<svg xmlns='http://www.w3.org/2000/svg'/>")
        file.generate_access_token()
        former = file._full_path(file.store_fname)
        file.with_user(self.li).write(
            {"confidentiality_category_id": self.product_data.id, "confidentiality_level_id": self.secret.id}
        )
        self.assertNotIn(b"lathe", self.stored(file))
        self.assertEqual(self.opened(file), WORDS)
        self.assertFalse(file.index_content)
        self.assertFalse(file.access_token)
        self.assertFalse(file.with_context(bin_size=True).thumbnail)
        self.env.flush_all()
        self.env["ir.attachment"]._gc_file_store_unsafe()
        self.assertFalse(os.path.exists(former))

    def test_content_that_is_missing_does_not_become_an_empty_secret(self):
        file = self.env["ir.attachment"].create(
            {"name": "Lathe.txt", "raw": b"only here", "res_model": "res.partner", "res_id": self.customer.id}
        )
        os.rename(file._full_path(file.store_fname), file._full_path(file.store_fname) + "_away")
        self.env.invalidate_all()
        values = {"confidentiality_category_id": self.product_data.id, "confidentiality_level_id": self.secret.id}
        with self.assertRaisesRegex(UserError, "missing"):
            file.with_user(self.li).write(values)

    def test_secret_file_can_be_changed_copied_and_deleted(self):
        before = self.stored(self.file)
        self.file.write({"raw": b"second"})
        self.assertEqual(self.opened(self.file), b"second")
        self.assertNotEqual(self.stored(self.file), before)
        copy = self.file.copy()
        self.assertEqual(copy.confidentiality_level_id, self.secret)
        self.assertNotIn(b"second", self.stored(copy))
        self.file.unlink()
        self.assertEqual(self.opened(copy), b"second")

    def test_secret_file_is_written_with_datas_too(self):
        file = self.secret_file(raw=False, datas=base64.b64encode(b"by datas"))
        self.assertEqual(self.opened(file), b"by datas")
        self.assertNotIn(b"by datas", self.stored(file))

    def test_empty_secret_file_is_empty(self):
        self.assertEqual(self.opened(self.secret_file(raw=b"")), b"")

    def test_database_storage_holds_it_encrypted(self):
        self.env["ir.config_parameter"].set_param("ir_attachment.location", "db")
        file = self.secret_file()
        self.assertFalse(file.sudo().store_fname)
        self.assertNotIn(b"lathe", self.stored(file))
        self.assertEqual(self.opened(file), WORDS)

    def test_moving_all_files_moves_secret_ones_without_a_key(self):
        before = self.stored(self.file)
        os.rename(self.keys, f"{self.keys}.away")
        for location in ("db", "file", "db", "file"):
            self.env["ir.config_parameter"].set_param("ir_attachment.location", location)
            self.file.with_user(self.env.ref("base.user_root"))._migrate()
            self.assertEqual(self.stored(self.file), before)
        os.rename(f"{self.keys}.away", self.keys)
        self.assertEqual(self.opened(self.file), WORDS)

    def test_officer_who_is_cleared_lifts_secrecy_and_others_do_not(self):
        lift = {"confidentiality_category_id": False, "confidentiality_level_id": False}
        lower = {"confidentiality_level_id": self.internal.id}
        for values in (lift, lower, {"confidentiality_level_id": False}):
            self.assertRefused(AccessError, self.li, "ir.attachment", "write", self.file.ids, values)
            self.assertRefused(AccessError, self.officer, "ir.attachment", "write", self.file.ids, values)
        self.assertNotIn(b"lathe", self.stored(self.file))
        self.deputy.group_ids |= self.env.ref("base.group_partner_manager")
        self.clear(self.deputy, self.product_data, self.secret)
        self.file.with_user(self.deputy).write(lift)
        self.assertEqual(self.stored(self.file), WORDS)
        self.assertEqual(self.opened(self.file, self.wang), WORDS)

    def test_it_may_become_more_secret(self):
        file = self.secret_file(confidentiality_level_id=self.internal.id)
        before = self.stored(file)
        file.confidentiality_level_id = self.secret
        self.assertEqual(self.stored(file), before)
        self.assertEqual(self.opened(file), WORDS)

    def test_nobody_stores_what_they_could_not_open(self):
        with self.assertRaisesRegex(AccessError, "cleared"):
            self.secret_file(self.wang)
        with self.assertRaisesRegex(AccessError, "cleared"):
            self.secret_file(confidentiality_category_id=self.customer_data.id)

    def test_clearance_ends_without_any_job(self):
        self.clearance.with_user(self.officer).date_to = "2026-05-05 00:00:00"
        self.assertEqual(self.opened(self.file), WORDS)
        self.pass_days(1)
        with self.assertRaises(AccessError):
            self.opened(self.file)
        self.assertFalse(self.env["ir.attachment"].with_user(self.li).search([("id", "=", self.file.id)]))

    def test_who_has_opened_it_is_in_the_log(self):
        self.env.flush_all()
        self.cr.precommit.run()
        log, before = self.env["sales.confidentiality.access"], self.env["sales.confidentiality.access"].search([])
        self.opened(self.file)
        with self.assertRaises(AccessError):
            self.opened(self.file, self.wang)
        self.cr.precommit.run()
        row = log.search([]) - before
        self.assertEqual((row.user_id, row.model, row.record_ids), (self.li, "ir.attachment", str(self.file.id)))

    def test_two_hundred_megabytes_take_little_memory_beside_themselves(self):
        piece = os.urandom(CHUNK)
        content = piece * (200 * 1024 * 1024 // CHUNK)
        tracemalloc.start()
        self.addCleanup(tracemalloc.stop)
        file = self.secret_file(raw=content, name="large.bin")
        self.env.flush_all()
        _now, peak = tracemalloc.get_traced_memory()
        self.assertLess(peak, len(content) // 4)
        tracemalloc.reset_peak()
        with file._confidentiality_verify(file._confidentiality_reader()) as reader:
            for _number in range(len(content) // CHUNK):
                self.assertEqual(reader.read(CHUNK), piece)
        _now, peak = tracemalloc.get_traced_memory()
        self.assertLess(peak, len(content) // 4)


@tagged("post_install", "-at_install")
class TestSecretKeys(SecretFileCommon):
    def setUp(self):
        super().setUp()
        # Rotation looks at every file of the database.
        self.env["ir.attachment"].search(
            [("confidentiality_key_name", "!=", False), ("id", "!=", self.file.id)]
        ).unlink()

    def test_without_a_key_nothing_is_encrypted_and_nothing_is_lost(self):
        config[OPTION] = False
        with self.assertRaisesRegex(UserError, OPTION):
            self.secret_file()
        plain = self.env["ir.attachment"].create(
            {"name": "Lathe.txt", "raw": WORDS, "res_model": "res.partner", "res_id": self.customer.id}
        )
        values = {"confidentiality_category_id": self.product_data.id, "confidentiality_level_id": self.secret.id}
        with self.assertRaisesRegex(UserError, OPTION), self.cr.savepoint():
            plain.with_user(self.li).write(values)
        self.assertEqual(self.opened(plain), WORDS)
        with self.assertRaisesRegex(UserError, "not lost"):
            self.opened(self.file)

    def test_restored_without_its_key_it_stays_closed_until_the_key_is_back(self):
        mine = self.keys.read_text()
        KeyFile.use(self)
        with self.assertRaisesRegex(UserError, "Nothing is lost"):
            self.opened(self.file)
        other = self.secret_file(raw=b"under the new key")
        self.assertEqual(self.opened(other), b"under the new key")
        with open(config[OPTION], "a", encoding="ascii") as file:
            file.write(mine)
        self.assertEqual(self.opened(self.file), WORDS)

    def test_another_key_under_the_same_name_opens_nothing(self):
        KeyFile.use(self)
        self.file.sudo().write({"confidentiality_key_name": KeyRing.load().current})
        with self.assertRaisesRegex(UserError, "damaged"):
            self.opened(self.file)

    def test_what_was_changed_on_disk_is_not_opened(self):
        data = self.stored(self.file)
        for broken in (data[:-1], data + b"\0", data[:60] + bytes([data[60] ^ 1]) + data[61:], b"", WORDS):
            self.tamper(self.file, broken)
            with self.assertRaisesRegex(UserError, "damaged"):
                self.opened(self.file)
        self.tamper(self.file, data)
        self.assertEqual(self.opened(self.file), WORDS)

    def test_files_that_changed_places_are_not_opened(self):
        other = self.secret_file(raw=b"another one")
        mine, theirs = self.stored(self.file), self.stored(other)
        self.tamper(self.file, theirs)
        self.tamper(other, mine)
        for file in (self.file, other):
            with self.assertRaisesRegex(UserError, "damaged"):
                self.opened(file)

    def test_rotation_that_was_stopped_half_way_goes_on(self):
        files = self.file | self.secret_file(raw=b"two") | self.secret_file(raw=b"three")
        stored = [self.stored(file) for file in files]
        former, current = KeyRing.load().current, KeyRing.add_new(self.keys)
        Attachment = self.env["ir.attachment"]
        self.assertEqual(len(Attachment._confidentiality_rewrap(limit=2)[0]), 2)
        self.assertEqual(Attachment._confidentiality_key_counts(), {former: 1, current: 2})
        self.assertEqual([self.opened(file) for file in files], [WORDS, b"two", b"three"])
        self.assertEqual(Attachment._confidentiality_rewrap(), (files[2].ids, []))
        self.assertEqual(Attachment._confidentiality_rewrap(), ([], []))
        self.keys.write_text(self.keys.read_text().splitlines()[0])
        self.assertEqual([self.opened(file) for file in files], [WORDS, b"two", b"three"])
        self.assertEqual([self.stored(file) for file in files], stored)

    def test_rotation_leaves_what_it_cannot_open_as_it_is(self):
        other = self.secret_file(raw=b"two")
        other.sudo().confidentiality_key = self.file.sudo().confidentiality_key
        KeyRing.add_new(self.keys)
        seen, left = self.env["ir.attachment"]._confidentiality_rewrap()
        self.assertEqual((seen, left), ((self.file | other).sorted("id").ids, other.ids))
        self.assertEqual(self.opened(self.file), WORDS)

    def test_addon_with_secret_files_cannot_be_removed(self):
        module = self.env["ir.module.module"].search([("name", "=", "sales_confidentiality")])
        with self.assertRaisesRegex(UserError, "secretkeys"):
            module.with_user(self.env.ref("base.user_admin")).button_uninstall()
        self.assertEqual(module.state, "installed")
